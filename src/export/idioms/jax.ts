/** JAX with Optax: dropout as a function of a key, and no switch but the key. */
import type { Loss } from '../../protocol/network';
import type { Activation } from '../../protocol/settings';
import { addProbabilityList, type CodeLine, defineProbabilities, evalWord, type Idiom, OPTIMIZER_MARKS } from './code';

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: 'jax.nn.relu(z)',
  tanh: 'jnp.tanh(z)',
  sigmoid: 'jax.nn.sigmoid(z)',
  selu: 'jax.nn.selu(z)',
  linear: 'z',
};
/** Losses and readings in JAX; shared with Flax. */
export const JAX_LOSSES: Readonly<Record<Loss, string>> = {
  binary: 'optax.sigmoid_binary_cross_entropy(z, y).mean()',
  softmax: 'optax.softmax_cross_entropy_with_integer_labels(z, y).mean()',
  squared: 'optax.squared_error(z, y).mean()',
};
export const JAX_READ: Readonly<Record<Loss, (logits: string) => string>> = {
  binary: (logits) => `jax.nn.sigmoid(${logits})`,
  softmax: (logits) => `jax.nn.softmax(${logits})`,
  squared: (logits) => logits,
};

/** Returns the optimiser as an Optax expression; shared with Flax. */
function optaxOptimizer({ settings }: Idiom): string {
  const { optimizer, learningRate, momentum } = settings;
  if (optimizer === 'adam') return `optax.adam(${learningRate}, b1=${momentum})`;
  return optimizer === 'momentum' ? `optax.sgd(${learningRate}, momentum=${momentum})` : `optax.sgd(${learningRate})`;
}

/** Adds the optimiser, with weight decay before it where there is some; shared with Flax. */
export function addOptax(idiom: Idiom, name: string, wrap: (expression: string) => string): void {
  const { code, settings } = idiom;
  if (settings.weightDecay === 0) {
    code.add(`${name} = ${wrap(optaxOptimizer(idiom))}`, ...OPTIMIZER_MARKS);
    return;
  }
  code
    .add('is_weight = lambda params: jax.tree.map(lambda v: v.ndim == 2, params)  # biases do not decay', 'weightDecay')
    .add(`decay = optax.add_decayed_weights(${settings.weightDecay}, mask=is_weight)`, 'weightDecay')
    .add(`${name} = ${wrap(`optax.chain(decay, ${optaxOptimizer(idiom)})`)}`, ...OPTIMIZER_MARKS);
}

/** Adds the lines of the mask or noise and of the result, inside a function that has `h`, a key expression and drop and keep; shared with Flax. */
export function addDropBody(idiom: Idiom, key: string, drop: string, keep: string, pad: string): void {
  const { code, settings, hasFullDrop } = idiom;
  const { mode, maskScope, channelSize } = settings;
  const rows = maskScope === 'example' ? 'len(h)' : '1';
  if (hasFullDrop && (mode === 'inverted' || mode === 'spatial' || mode === 'dropconnect')) {
    code.add(`${pad}if ${keep} == 0: return jnp.zeros_like(h)  # or 0 / 0, and NaN gradients`, 'mode', 'p');
  }
  if (mode === 'gaussian') {
    code
      .add(`${pad}noise = jax.random.normal(${key}, (${rows}, h.shape[-1]))`, 'mode', 'maskScope')
      .add(`${pad}return h * (1 + (${drop} / ${keep}) ** 0.5 * noise)`, 'mode');
    return;
  }
  const columns = mode === 'spatial' ? `-(-h.shape[-1] // ${channelSize})` : 'h.shape[-1]';
  const shape = mode === 'dropconnect' ? 'h.shape' : `(${rows}, ${columns})`;
  code.add(`${pad}mask = jax.random.bernoulli(${key}, ${keep}, ${shape})`, 'mode', 'maskScope');
  if (mode === 'spatial') code.add(`${pad}mask = mask.repeat(${channelSize}, axis=1)[:, : h.shape[-1]]`, 'channelSize', 'mode');
  if (mode === 'alpha') {
    code
      .add(`${pad}low = -1.7580993408473766`, 'mode')
      .add(`${pad}scale = (${keep} * (1 + ${drop} * low**2)) ** -0.5`, 'mode')
      .add(`${pad}return scale * jnp.where(mask, h, low) - scale * low * ${drop}`, 'mode');
    return;
  }
  const divides = mode === 'inverted' || mode === 'spatial' || mode === 'dropconnect';
  code.add(`${pad}return jnp.where(mask, h${divides ? ` / ${keep}` : ''}, 0)`, 'mode');
}

function addDropout(idiom: Idiom): void {
  const { code, settings, symbol, local } = idiom;
  const paren = (text: string) => (text === symbol ? symbol : `(${text})`);
  code
    .add(`def dropout(key, h, ${symbol}):`, 'mode')
    .phase('eval', `    if key is None: return h${settings.mode === 'standard' ? ` * ${paren(local.keep)}` : ''}`, 'mode');
  addDropBody(idiom, 'key', paren(local.drop), paren(local.keep), '    ');
  code.blank().blank();
}

function addForward(idiom: Idiom): void {
  const { code, settings, item, list } = idiom;
  const isNone = settings.mode === 'none';
  const isWeights = settings.mode === 'dropconnect';
  const isShared = settings.maskScope === 'batch';
  if (!isNone) {
    addProbabilityList(idiom);
    code.blank().blank();
  }
  code.add(`def forward(params, x${isNone ? '' : ', key=None'}):`).add('    a = x');
  if (isNone) code.add('    for w, b in params:').add('        z = a @ w + b', 'mode');
  else {
    code
      .add(`    for i, ((w, b), ${item}) in enumerate(zip(params, ${list})):`)
      .add('        k = None if key is None else jax.random.fold_in(key, i)  # a fresh key for each layer', 'mode');
    if (isWeights && isShared) code.add(`        z = a @ dropout(k, w, ${item}) + b`, 'mode', 'maskScope');
    else if (isWeights) {
      code
        .add(`        w = dropout(k, jnp.broadcast_to(w, (len(x), *w.shape)), ${item})  # a mask for each example`, 'mode', 'maskScope')
        .add('        z = jnp.einsum("nio,ni->no", w, a) + b', 'mode');
    } else code.add(`        z = dropout(k, a, ${item}) @ w + b`, 'mode');
  }
  code.add(`        a = ${ACTIVATIONS[settings.activation]}`, 'activation').add('    return z').blank().blank();
}

function addStep(idiom: Idiom): void {
  const { code, settings, loss } = idiom;
  const key = settings.mode === 'none' ? '' : ', key';
  code
    .add(`def loss_of(params, x, y${key}):`)
    .add(`    z = forward(params, x${key})`)
    .add(`    return ${JAX_LOSSES[loss]}`, 'dataset')
    .blank()
    .blank();
  addOptax(idiom, 'optimizer', (expression) => expression);
  code
    .add('state = optimizer.init(params)')
    .blank()
    .blank()
    .add('@jax.jit')
    .phase('train', `def train_step(params, state, x, y${key}):${settings.mode === 'none' ? '' : '  # a key: masks on'}`)
    .add(`    gradients = jax.grad(loss_of)(params, x, y${key})  # through the same masks`)
    .add('    updates, state = optimizer.update(gradients, state, params)')
    .add('    params = optax.apply_updates(params, updates)');
  if (settings.maxNorm > 0) {
    code
      .add(`    shrink = lambda w: jnp.minimum(1, ${settings.maxNorm} / jnp.maximum(jnp.linalg.norm(w, axis=0), 1e-12))`, 'maxNorm')
      .add('    params = [(w * shrink(w), b) for w, b in params]', 'maxNorm');
  }
  code.add('    return params, state').blank().blank();
}

function addUse(idiom: Idiom): void {
  const { code, settings, loss } = idiom;
  const isNone = settings.mode === 'none';
  const read = JAX_READ[loss];
  const key = isNone ? '' : ', jax.random.fold_in(key, start)';
  code
    .add('order = jax.random.permutation(jax.random.fold_in(key, len(x)), len(x))')
    .add(`for start in range(0, len(x), ${settings.batchSize}):`, 'batchSize')
    .add(`    rows = order[start : start + ${settings.batchSize}]`, 'batchSize')
    .phase('train', `    params, state = train_step(params, state, x[rows], y[rows]${key})`)
    .blank()
    .phase('eval', `prediction = ${read('forward(params, x_test)')}  # ${isNone ? '' : 'no key: '}${evalWord(idiom)}`)
    .blank();
  if (isNone) {
    code.phase('mc', '# Monte Carlo: without masks every pass is the same', 'passes');
    return;
  }
  code
    .phase('mc', `keys = jax.random.split(jax.random.key(1), ${settings.passes})  # Monte Carlo: keys at prediction`, 'passes')
    .phase('mc', `passes = jax.vmap(lambda k: ${read('forward(params, x_test, k)')})(keys)`, 'passes')
    .phase('mc', 'mean, variance = passes.mean(0), passes.var(0)', 'passes');
}

/** Writes the lines of JAX. */
export function jaxIdiom(idiom: Idiom): readonly CodeLine[] {
  const { code, settings, sizes } = idiom;
  code.add('import jax').add('import jax.numpy as jnp').add('import optax').blank().add(`key = jax.random.key(${settings.seed})`, 'seed');
  defineProbabilities(idiom);
  code
    .add(`sizes = [${sizes.join(', ')}]`, 'hidden', 'dataset')
    .add('init = jax.nn.initializers.glorot_uniform()')
    .add('shapes = enumerate(zip(sizes, sizes[1:]))')
    .add('params = [(init(jax.random.fold_in(key, i), shape), jnp.zeros(shape[1])) for i, shape in shapes]')
    .blank()
    .blank();
  if (settings.mode !== 'none') addDropout(idiom);
  addForward(idiom);
  addStep(idiom);
  addUse(idiom);
  return code.lines;
}
