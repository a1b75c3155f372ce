/** Flax nnx: `nnx.Dropout` with a stream of keys, `model.train()`, `model.eval()`. */
import type { Activation } from '../../protocol/settings';
import { type CodeLine, defineProbabilities, dropMarks, evalWord, type Idiom } from './code';
import { addDropBody, addOptax, JAX_LOSSES, JAX_READ } from './jax';

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: 'nnx.relu, ',
  tanh: 'nnx.tanh, ',
  sigmoid: 'nnx.sigmoid, ',
  selu: 'nnx.selu, ',
  linear: '',
};

function moduleName({ settings }: Idiom): string {
  if (settings.mode === 'dropconnect') return 'DropConnect';
  return settings.mode === 'inverted' ? 'nnx.Dropout' : 'Drop';
}

function selfTerms({ symbol, isKeep }: Idiom): readonly [drop: string, keep: string] {
  const self = `self.${symbol}`;
  return isKeep ? [`(1 - ${self})`, self] : [self, `(1 - ${self})`];
}

function addDrop(idiom: Idiom): void {
  const { code, settings, symbol } = idiom;
  const [drop, keep] = selfTerms(idiom);
  code
    .block(
      [
        'class Drop(nnx.Module):',
        `    def __init__(self, ${symbol}, *, rngs):`,
        `        self.${symbol}, self.rngs, self.deterministic = ${symbol}, rngs.dropout.fork(), False`,
        '',
        '    def __call__(self, h):',
      ],
      'mode',
    )
    .phase('eval', `        if self.deterministic: return h${settings.mode === 'standard' ? ` * ${keep}` : ''}`, 'mode');
  addDropBody(idiom, 'self.rngs()', drop, keep, '        ');
  code.blank().blank();
}

function addDropConnect(idiom: Idiom): void {
  const { code, settings, symbol } = idiom;
  const [drop, keep] = selfTerms(idiom);
  const isShared = settings.maskScope === 'batch';
  code.block(
    [
      'class DropConnect(nnx.Linear):',
      `    def __init__(self, inputs, outputs, ${symbol}, *, rngs):`,
      '        super().__init__(inputs, outputs, rngs=rngs)',
      `        self.${symbol}, self.rngs, self.deterministic = ${symbol}, rngs.dropout.fork(), False`,
      '',
      '    def drop(self, h):',
    ],
    'mode',
  );
  addDropBody(idiom, 'self.rngs()', drop, keep, '        ');
  code
    .blank()
    .add('    def __call__(self, h):', 'mode')
    .phase('eval', '        if self.deterministic: return super().__call__(h)', 'mode')
    .add(
      isShared
        ? '        return h @ self.drop(self.kernel[...]) + self.bias[...]'
        : '        w = self.drop(jnp.broadcast_to(self.kernel[...], (len(h), *self.kernel.shape)))',
      'mode',
      'maskScope',
    );
  if (!isShared) code.add('        return jnp.einsum("nio,ni->no", w, h) + self.bias[...]', 'mode');
  code.blank().blank();
}

function addModel(idiom: Idiom): void {
  const { code, settings, sizes, probabilities, dropsInput, isKeep } = idiom;
  const { mode, maskScope, activation } = settings;
  const name = moduleName(idiom);
  const isBuiltIn = name === 'nnx.Dropout';
  const isWeights = mode === 'dropconnect';
  const dropsUnits = !isWeights && mode !== 'none';
  const shared = isBuiltIn && maskScope === 'batch' ? ', broadcast_dims=(0,)' : '';
  const drop = (layerIndex: number) => {
    const probability = probabilities[layerIndex];
    return `${name}(${isBuiltIn && isKeep ? probability?.drop : probability?.name}${shared}, rngs=rngs)`;
  };
  const linear = (layerIndex: number) => {
    const shape = `${sizes[layerIndex]}, ${sizes[layerIndex + 1]}`;
    const isMasked = isWeights && (layerIndex > 0 || dropsInput);
    return isMasked ? `DropConnect(${shape}, ${probabilities[layerIndex]?.name}, rngs=rngs)` : `nnx.Linear(${shape}, rngs=rngs)`;
  };
  code.add('model = nnx.Sequential(');
  if (dropsInput && dropsUnits) code.add(`    ${drop(0)},`, ...dropMarks(idiom, 0));
  settings.hidden.forEach((_, index) => {
    const masked = isWeights ? dropMarks(idiom, index) : index === 0 ? (['inputP'] as const) : [];
    code.add(`    ${linear(index)}, ${ACTIVATIONS[activation]}`.trimEnd(), 'hidden', 'activation', ...masked);
    if (dropsUnits) code.add(`    ${drop(index + 1)},`, ...dropMarks(idiom, index + 1));
  });
  const last = sizes.length - 2;
  code.add(`    ${linear(last)},`, 'dataset', ...(isWeights ? dropMarks(idiom, last) : [])).add(')');
}

function addUse(idiom: Idiom): void {
  const { code, settings, loss } = idiom;
  const read = JAX_READ[loss];
  code
    .phase('train', `model.train()  # ${settings.mode === 'none' ? 'nothing to switch on' : 'masks on'}`)
    .add('order = jax.random.permutation(rngs.order(), len(x))')
    .add(`for start in range(0, len(x), ${settings.batchSize}):`, 'batchSize')
    .add(`    rows = order[start : start + ${settings.batchSize}]`, 'batchSize')
    .add('    train_step(model, optimizer, x[rows], y[rows])')
    .blank()
    .phase('eval', `model.eval()  # ${evalWord(idiom)}`)
    .phase('eval', `prediction = ${read('model(x_test)')}`)
    .blank();
  if (settings.mode === 'none') {
    code.phase('mc', '# Monte Carlo: without masks every pass is the same', 'passes');
    return;
  }
  code
    .phase('mc', `model.set_attributes(${moduleName(idiom)}, deterministic=False)  # Monte Carlo: masks on, all else as in eval`)
    .phase('mc', `passes = jnp.stack([${read('model(x_test)')} for _ in range(${settings.passes})])`, 'passes')
    .phase('mc', 'mean, variance = passes.mean(0), passes.var(0)', 'passes');
}

/** Writes the lines of Flax nnx. */
export function nnxIdiom(idiom: Idiom): readonly CodeLine[] {
  const { code, settings, loss } = idiom;
  const name = moduleName(idiom);
  const isOwn = settings.mode !== 'none' && name !== 'nnx.Dropout';
  code
    .add('import jax')
    .add('import jax.numpy as jnp')
    .add('import optax')
    .add('from flax import nnx')
    .blank()
    .add(`rngs = nnx.Rngs(${settings.seed})  # parameters, masks and order each take keys of their own`, 'seed');
  defineProbabilities(idiom);
  code.blank();
  if (isOwn) code.blank();
  if (isOwn && name === 'Drop') addDrop(idiom);
  if (isOwn && name === 'DropConnect') addDropConnect(idiom);
  addModel(idiom);
  addOptax(idiom, 'optimizer', (expression) => `nnx.Optimizer(model, ${expression}, wrt=nnx.Param)`);
  code
    .blank()
    .blank()
    .add('def loss_of(model, x, y):')
    .add('    z = model(x)')
    .add(`    return ${JAX_LOSSES[loss]}`, 'dataset')
    .blank()
    .blank()
    .add('@nnx.jit')
    .add('def train_step(model, optimizer, x, y):')
    .add('    gradients = nnx.grad(loss_of)(model, x, y)  # through the same masks')
    .add('    optimizer.update(model, gradients)');
  if (settings.maxNorm > 0) {
    code
      .add('    for layer in model.layers:', 'maxNorm')
      .add('        if isinstance(layer, nnx.Linear):', 'maxNorm')
      .add('            norms = jnp.maximum(jnp.linalg.norm(layer.kernel[...], axis=0), 1e-12)', 'maxNorm')
      .add(`            layer.kernel[...] *= jnp.minimum(1, ${settings.maxNorm} / norms)`, 'maxNorm');
  }
  code.blank().blank();
  addUse(idiom);
  return code.lines;
}
