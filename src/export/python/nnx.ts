/** The Flax nnx script's own part: an `nnx.Module` whose train() and eval() switch the masks, and an optimiser of Optax. */
import type { Activation } from '../../protocol/settings';
import type { Section } from './experiment';
import { JAX_LOSSES } from './jax';
import type { Live, Plan } from './plan';
import { indent, lines } from './text';

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: 'nnx.relu(z)',
  tanh: 'nnx.tanh(z)',
  sigmoid: 'nnx.sigmoid(z)',
  selu: 'nnx.selu(z)',
  linear: 'z',
};

/** Whether nnx.Dropout alone, given its key, draws the masks of the page: the inverted mode with one scope throughout. */
export function isPlainDropout(plan: Plan): boolean {
  return plan.unitModes.length === 1 && plan.modes.length === 1 && plan.unitModes[0] === 'inverted' && plan.scopes.length === 1;
}

function ownDropout(plan: Plan): string {
  const evaluated = plan.unitModes.includes('standard') ? 'a * eval_factor(self.layer, s)' : 'a';
  return lines(
    'class Drop(nnx.Module):',
    '    """Dropout as the page has it; train() and eval() flip `deterministic`, as in nnx.Dropout."""',
    '',
    '    def __init__(self, layer):',
    '        self.layer, self.deterministic = layer, False',
    '',
    '    def __call__(self, a, s, step):',
    '        if self.deterministic:',
    `            return ${evaluated}`,
    plan.hasShift
      ? ['        factor, shift = dropout(step, self.layer, len(a), s)', '        return a * factor + shift']
      : '        return a * dropout(step, self.layer, len(a), s)',
    '',
    '',
  );
}

const DROP_CONNECT = `class DropConnect(nnx.Linear):
    """A linear layer whose weights are masked in train: one matrix per example, or one for the batch."""

    deterministic = False

    def __call__(self, h, layer, s, step):
        if self.deterministic:
            return super().__call__(h)
        factor = jnp.swapaxes(weight_dropout(step, layer, len(h), s), 1, 2)  # Flax has [inputs, outputs]
        used = self.kernel[...] * factor
        return jnp.einsum("nio,ni->no", jnp.broadcast_to(used, (len(h), *used.shape[1:])), h) + self.bias[...]


`;

function initCode(plan: Plan): string {
  const isPlain = isPlainDropout(plan);
  const shared = plan.scopes[0] === 'batch' ? ', broadcast_dims=(0,)' : '';
  return lines(
    'def __init__(self, rngs):',
    '    pairs = zip(SIZES, SIZES[1:])',
    `    self.layers = nnx.List([${plan.hasDropConnect ? 'DropConnect' : 'nnx.Linear'}(i, o, rngs=rngs) for i, o in pairs])`,
    plan.unitModes.length > 0 &&
      (isPlain
        ? `    self.drops = nnx.List([nnx.Dropout(p${shared}) for p in START.p])`
        : '    self.drops = nnx.List([Drop(layer) for layer in range(len(START.p))])'),
    '',
  );
}

function callCode(plan: Plan): string {
  const isPlain = isPlainDropout(plan);
  const drop =
    plan.unitModes.length === 0
      ? 'h = a'
      : isPlain
        ? 'h = self.drops[layer](a, rngs=fold_in(fold_in(KEY, step), layer))'
        : 'h = self.drops[layer](a, s, step)';
  return lines(
    'def __call__(self, x, s, step=0):',
    '    """Return the output before the loss. The step number says which masks."""',
    '    a = x',
    '    for layer in range(len(self.layers)):',
    indent(drop, 2),
    plan.hasDropConnect ? '        z = self.layers[layer](h, layer, s, step)' : '        z = self.layers[layer](h)',
    `        a = ${ACTIVATIONS[plan.settings.activation]}`,
    '    return z',
  );
}

/** The network of the Flax script. */
export function nnxNetwork(plan: Plan): Section {
  const { word, perExample } = JAX_LOSSES[plan.loss];
  const isPlain = isPlainDropout(plan);
  return {
    title: 'The network',
    prose: isPlain
      ? 'nnx.Dropout takes an explicit key as it is, so its masks are the ones on the page. model.train() and model.eval() switch them.'
      : 'Dropout as a module of its own. model.train() and model.eval() switch it, as they do nnx.Dropout.',
    code: lines(
      plan.unitModes.length > 0 && !isPlain && ownDropout(plan),
      plan.hasDropConnect && DROP_CONNECT,
      'class Net(nnx.Module):',
      indent(initCode(plan)),
      indent(callCode(plan)),
      '',
      '',
      'def loss_of(model, x, y, s, step=0):',
      `    """Return the mean ${word}."""`,
      '    z = model(x, s, step)',
      `    return jnp.mean(${perExample})`,
    ),
  };
}

function changes(plan: Plan, ...names: (keyof Live)[]): boolean {
  return plan.changes.some(({ patch }) => names.some((name) => patch[name] !== undefined));
}

function transform(plan: Plan): string {
  const { optimizer } = plan.settings;
  const update = plan.changesAdam
    ? 'optax.chain(scale_by_adam(s.momentum), optax.scale(-s.learning_rate))'
    : optimizer === 'adam'
      ? 'optax.adam(s.learning_rate, b1=s.momentum, b2=0.999, eps=1e-8)'
      : optimizer === 'momentum'
        ? 'optax.sgd(s.learning_rate, momentum=s.momentum)'
        : 'optax.sgd(s.learning_rate)';
  if (!plan.decays) return `return ${update}`;
  return lines(
    'is_weight = lambda params: jax.tree.map(lambda value: value.ndim == 2, params)  # biases do not decay',
    'decay = optax.add_decayed_weights(s.weight_decay, mask=is_weight)',
    `return optax.chain(decay, ${update})`,
  );
}

const OWN_ADAM = `def scale_by_adam(momentum):
    """Return Adam with a first decay that may change: the bias is the product of all decays so far."""

    def init(params):
        zeros = jax.tree.map(jnp.zeros_like, params)
        return zeros, zeros, jnp.float32(1), jnp.float32(1)

    def update(gradients, state, params=None):
        m = jax.tree.map(lambda m, g: momentum * m + (1 - momentum) * g, state[0], gradients)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, state[1], gradients)
        lag_m, lag_v = state[2] * momentum, state[3] * 0.999
        updates = jax.tree.map(lambda m, v: m / (1 - lag_m) / (jnp.sqrt(v / (1 - lag_v)) + 1e-8), m, v)
        return updates, (m, v, lag_m, lag_v)

    return optax.GradientTransformation(init, update)`;

/** The training step of the Flax script. */
export function nnxTraining(plan: Plan): Section {
  const hasNewRates = isPlainDropout(plan) && changes(plan, 'p');
  const hasNewUpdate = changes(plan, 'learningRate', 'momentum', 'weightDecay');
  return {
    title: 'Training',
    prose: 'An ordinary training loop. train() puts the masks on, eval() takes them off; a change by hand compiles the step anew.',
    code: lines(
      plan.changesAdam && [OWN_ADAM, '', ''],
      hasNewUpdate && '@functools.cache  # the same settings, the same object: nothing is compiled twice',
      'def optimiser(s):',
      indent(transform(plan)),
      '',
      '',
      'MODEL = Net(nnx.Rngs(0))',
      'for layer, w, b in zip(MODEL.layers, WEIGHTS, BIASES):',
      '    layer.kernel[...], layer.bias[...] = jnp.asarray(w.T), jnp.asarray(b)',
      'OPTIMIZER = nnx.Optimizer(MODEL, optimiser(START), wrt=nnx.Param)',
      '',
      '',
      '@functools.partial(nnx.jit, static_argnames="s")',
      'def update(model, optimizer, x, y, s, step):',
      '    """Train the model in place and return the loss of the batch, masks on."""',
      '    loss, gradients = nnx.value_and_grad(loss_of)(model, x, y, s, step)',
      '    optimizer.update(model, gradients)',
      plan.clips && [
        '    if s.max_norm > 0:',
        '        for layer in model.layers:',
        '            norms = jnp.linalg.norm(layer.kernel[...], axis=0, keepdims=True)',
        '            layer.kernel[...] *= jnp.where(norms > s.max_norm, s.max_norm / jnp.maximum(norms, 1e-30), 1)',
      ],
      '    return loss',
      '',
      '',
      'def train_step(step):',
      '    """Train one step and return the mean loss of its batch, masks on."""',
      '    s, examples = settings_at(step), batch(step)',
      hasNewRates && ['    for drop, p in zip(MODEL.drops, s.p):', '        drop.rate = p'],
      hasNewUpdate && '    OPTIMIZER.tx = optimiser(s)',
      '    MODEL.train()',
      '    return float(update(MODEL, OPTIMIZER, TRAIN_X[examples], TRAIN_Y[examples], s, step))',
      '',
      '',
      'def evaluate(x, y, s):',
      '    """Return the mean loss with all masks off."""',
      '    MODEL.eval()',
      '    return float(loss_of(MODEL, x, y, s))',
    ),
  };
}
