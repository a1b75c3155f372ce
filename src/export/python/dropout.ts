/** The dropout of a script: the masks of a step and what each mode makes of them, in NumPy or JAX notation. */
import type { Mode } from '../../protocol/settings';
import type { Section } from './experiment';
import type { Plan } from './plan';
import { indent, lines } from './text';

/** Which array library the masks are drawn with. */
type Arrays = 'np' | 'jnp';

function rowsLine(plan: Plan): string {
  if (plan.scopes.length > 1) return 'rows = size if s.mask_scope == "example" else 1';
  return plan.scopes[0] === 'example' ? 'rows = size  # every example has its own mask' : 'rows = 1  # all examples share one mask';
}

const bernoulli = (arrays: Arrays, shape: string): string =>
  arrays === 'np'
    ? `bernoulli(key, 1 - s.p[layer], ${shape})`
    : `jax.random.bernoulli(key, jnp.float32(1 - s.p[layer]), ${shape}).astype(jnp.float32)`;

function maskFunction(plan: Plan, arrays: Arrays): string {
  const isSpatial = plan.maskModes.includes('spatial');
  const isOnlySpatial = isSpatial && plan.maskModes.length === 1;
  const perUnit = `mask = ${bernoulli(arrays, '(rows, units)')}`;
  const perChannel = lines(
    'channels = -(-units // CHANNEL_SIZE)',
    `mask = ${bernoulli(arrays, '(rows, channels)')}`,
    'mask = mask.repeat(CHANNEL_SIZE, axis=1)[:, :units]',
  );
  const draw = isOnlySpatial
    ? perChannel
    : isSpatial
      ? lines('if s.mode == "spatial":', indent(perChannel), 'else:', indent(perUnit))
      : perUnit;
  const head = lines(
    'def draw_mask(step, layer, size, s):',
    '    """Return the mask of a layer in a training step, [size, units]: 1 = kept, 0 = dropped."""',
    '    key = fold_in(fold_in(KEY, step), layer)',
  );
  const isShared = plan.scopes.includes('batch');
  if (!isShared && !isSpatial) {
    return lines(head, '    # every example has its own mask', `    return ${bernoulli(arrays, '(size, SIZES[layer])')}`);
  }
  return lines(
    head,
    '    units = SIZES[layer]',
    `    ${rowsLine(plan)}`,
    indent(draw),
    isShared ? `    return ${arrays}.broadcast_to(mask, (size, units))` : '    return mask',
  );
}

function noiseFunction(plan: Plan, arrays: Arrays): string {
  const draw = `${arrays === 'np' ? 'normal' : 'jax.random.normal'}(key, (rows, SIZES[layer]))`;
  const noise = `1 + ${arrays}.float32(sigma) * ${draw}`;
  const isShared = plan.scopes.includes('batch');
  return lines(
    'def draw_noise(step, layer, size, s):',
    '    """Return the multipliers of a layer in a training step, [size, units]: mean 1, variance p / (1 - p)."""',
    `    ${rowsLine(plan)}`,
    '    key = fold_in(fold_in(KEY, step), layer)',
    '    sigma = math.sqrt(s.p[layer] / (1 - s.p[layer]))',
    isShared ? `    return ${arrays}.broadcast_to(${noise}, (size, SIZES[layer]))` : `    return ${noise}`,
  );
}

function weightMaskFunction(plan: Plan, arrays: Arrays): string {
  return lines(
    'def draw_weight_mask(step, layer, size, s):',
    '    """Return the mask of the weights out of a layer, [size or 1, outputs, inputs]: 1 = kept."""',
    `    ${rowsLine(plan)}`,
    '    key = fold_in(fold_in(KEY, step), layer + 0x100)',
    `    return ${bernoulli(arrays, '(rows, SIZES[layer + 1], SIZES[layer])')}`,
  );
}

const ALPHA_BLOCK = `dropped = -1.7580993408473766  # what SELU tends to on the left
scale = ((1 - p) * (1 + p * dropped**2)) ** -0.5  # gives mean 0 and variance 1 back
mask = draw_mask(step, layer, size, s)
return scale * mask, scale * (1 - mask) * dropped - scale * dropped * p`;

/** What one mode hands on, as Python statements that return. */
function modeBlock(mode: Mode, hasShift: boolean): string {
  const plain = (factor: string) => `return ${factor}${hasShift ? ', 0.0' : ''}`;
  switch (mode) {
    case 'inverted':
    case 'spatial':
      return `${plain('draw_mask(step, layer, size, s) / (1 - p)')}  # made up for at once: eval needs nothing`;
    case 'standard':
      return `${plain('draw_mask(step, layer, size, s)')}  # eval makes up for it: see eval_factor`;
    case 'unscaled':
      return `${plain('draw_mask(step, layer, size, s)')}  # and nothing makes up for it: the classic mistake`;
    case 'gaussian':
      return plain('draw_noise(step, layer, size, s)');
    case 'alpha':
      return ALPHA_BLOCK;
    case 'dropconnect':
    case 'none':
      return plain('1.0');
  }
}

function dropoutFunction(plan: Plan): string {
  const { hasShift, modes, unitModes } = plan;
  const untouched = hasShift ? 'return 1.0, 0.0' : 'return 1.0';
  const [only] = unitModes;
  const hasOthers = modes.length > unitModes.length;
  const exempt = hasOthers ? 'p == 0 or s.mode in ("none", "dropconnect")' : 'p == 0';
  const body =
    unitModes.length === 1 && only
      ? modeBlock(only, hasShift)
      : lines(...unitModes.flatMap((mode) => [`if s.mode == "${mode}":`, indent(modeBlock(mode, hasShift))]));
  return lines(
    'def dropout(step, layer, size, s):',
    hasShift
      ? '    """Return (factor, shift): in train, a layer hands on activation * factor + shift."""'
      : '    """Return the factor: in train, a layer hands on activation * factor."""',
    '    p = s.p[layer]',
    `    if ${exempt}:`,
    `        ${untouched}`,
    plan.hasFullDrop && ['    if p == 1:', `        return 0.0${hasShift ? ', 0.0' : ''}  # nothing is kept, so nothing is divided`],
    indent(body),
  );
}

function evalFunction(plan: Plan): string {
  const factor = plan.modes.length > 1 ? '1 - s.p[layer] if s.mode == "standard" else 1.0' : '1 - s.p[layer]';
  return lines(
    'def eval_factor(layer, s):',
    '    """Return the factor of the activations in eval: the share that was there in train."""',
    `    return ${factor}`,
  );
}

function weightDropoutFunction(plan: Plan, arrays: Arrays): string {
  const exempt = plan.modes.length > 1 ? 's.p[layer] == 0 or s.mode != "dropconnect"' : 's.p[layer] == 0';
  return lines(
    'def weight_dropout(step, layer, size, s):',
    '    """Return the factor of the weights out of a layer in train, [size or 1, outputs, inputs]."""',
    `    if ${exempt}:`,
    `        return ${arrays}.ones((1, 1, 1), ${arrays}.float32)`,
    plan.hasFullDrop && ['    if s.p[layer] == 1:', `        return ${arrays}.zeros((1, 1, 1), ${arrays}.float32)`],
    '    return draw_weight_mask(step, layer, size, s) / (1 - s.p[layer])',
  );
}

/** Writes `draw_mask`, `dropout` and what else the modes of the run need; `hasLayer`: the framework's own layer drops, given the key. */
export function dropoutSection(plan: Plan, arrays: Arrays, hasLayer: boolean): Section {
  const functions = [
    plan.maskModes.length > 0 && maskFunction(plan, arrays),
    plan.unitModes.includes('gaussian') && noiseFunction(plan, arrays),
    plan.hasDropConnect && weightMaskFunction(plan, arrays),
    plan.unitModes.length > 0 && !hasLayer && dropoutFunction(plan),
    plan.unitModes.includes('standard') && evalFunction(plan),
    plan.hasDropConnect && weightDropoutFunction(plan, arrays),
  ].filter((text) => text !== false);
  return {
    title: 'Dropout',
    prose:
      functions.length === 0
        ? 'None in this run: the mode is "none", or every p is 0.'
        : `The mask of training step s in layer l (0 = input) has the key fold_in(fold_in(key(SEED), s), l). ${
            hasLayer
              ? 'The network leaves it to nnx.Dropout to draw it; this is how to look at it.'
              : 'Backward uses the very mask and factor of forward.'
          }`,
    code: functions.join('\n\n\n'),
  };
}

/** Returns the Python lines that pass `a` through dropout in both phases into `h`; `step is None` means eval. */
export function dropoutCall(plan: Plan): string {
  if (plan.unitModes.length === 0) return 'h = a';
  const evaluated = plan.unitModes.includes('standard') ? 'eval_factor(layer, s)' : '1.0';
  if (!plan.hasShift) {
    return lines(`factor = ${evaluated} if step is None else dropout(step, layer, len(x), s)`, 'h = a * factor');
  }
  return lines(`factor, shift = (${evaluated}, 0.0) if step is None else dropout(step, layer, len(x), s)`, 'h = a * factor + shift');
}
