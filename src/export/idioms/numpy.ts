/** NumPy from scratch: the mask, its scale, and the same mask on the way back. */
import type { Loss } from '../../protocol/network';
import type { Activation, Optimizer } from '../../protocol/settings';
import { addProbabilityList, type CodeLine, defineProbabilities, evalWord, type Idiom, OPTIMIZER_MARKS } from './code';

const ACTIVATIONS: Readonly<Record<Activation, { value: string; slope: string }>> = {
  relu: { value: 'np.maximum(0, z)', slope: 'a > 0' },
  tanh: { value: 'np.tanh(z)', slope: '1 - a**2' },
  sigmoid: { value: '1 / (1 + np.exp(-z))', slope: 'a * (1 - a)' },
  selu: { value: '1.0507 * np.where(z > 0, z, 1.67326 * np.expm1(np.minimum(z, 0)))', slope: 'np.where(a > 0, 1.0507, a + 1.75810)' },
  linear: { value: 'z', slope: '1.0' },
};
const READ: Readonly<Record<Loss, string>> = {
  binary: '1 / (1 + np.exp(-z))',
  softmax: 'np.exp(z - z.max(1, keepdims=True)) / np.exp(z - z.max(1, keepdims=True)).sum(1, keepdims=True)',
  squared: 'z',
};
const GRADIENTS: Readonly<Record<Loss, string>> = {
  binary: '(read(z) - y[rows]) / len(rows)',
  softmax: '(read(z) - np.eye(10)[y[rows]]) / len(rows)',
  squared: '2 * (z - y[rows]) / len(rows)',
};

function addDropout(idiom: Idiom): void {
  const { code, settings, symbol, local, hasFullDrop } = idiom;
  const { mode, maskScope, channelSize } = settings;
  const keep = local.keep === symbol ? symbol : `(${local.keep})`;
  const drop = local.drop === symbol ? symbol : `(${local.drop})`;
  const isWeights = mode === 'dropconnect';
  const rows = maskScope === 'example' ? 'len(h)' : '1';
  const factor = (text: string) => (mode === 'alpha' ? `return ${text}` : `return ${text}, 0.0`);
  code
    .add(`def dropout(h, ${symbol}, train):`, 'mode')
    .add('    """Return (factor, shift): h is handed on as h * factor + shift."""')
    .phase('eval', `    if not train: return ${mode === 'standard' ? keep : '1.0'}, 0.0`, 'mode');
  if (hasFullDrop && (mode === 'inverted' || mode === 'spatial' || isWeights)) {
    code.add(`    if ${keep} == 0: return 0.0, 0.0  # or 0 / 0`, 'mode', 'p');
  }
  if (mode === 'gaussian') {
    code
      .add(`    noise = rng.standard_normal((${rows}, h.shape[-1]))`, 'mode', 'maskScope')
      .add(`    return 1 + np.sqrt(${drop} / ${keep}) * noise, 0.0`, 'mode');
  } else {
    const columns = mode === 'spatial' ? `-(-h.shape[-1] // ${channelSize})` : 'h.shape[-1]';
    const shape = isWeights ? 'h.shape' : `(${rows}, ${columns})`;
    code.add(`    mask = rng.random(${shape}) < ${local.keep}`, 'mode', 'maskScope');
    if (mode === 'spatial') code.add(`    mask = mask.repeat(${channelSize}, axis=1)[:, : h.shape[-1]]`, 'channelSize', 'mode');
    if (mode === 'alpha') {
      code
        .add('    low = -1.7580993408473766', 'mode')
        .add(`    scale = (${keep} * (1 + ${drop} * low**2)) ** -0.5`, 'mode')
        .add(`    ${factor(`scale * mask, scale * (low * ~mask - low * ${drop})`)}`, 'mode');
    } else {
      const scaled = mode === 'inverted' || mode === 'spatial' || isWeights;
      code.add(`    ${factor(scaled ? `mask / ${keep}` : 'mask')}`, 'mode');
    }
  }
  code.blank().blank();
}

/** The forward pass, one line per layer: the tape keeps what backward needs. */
function addForward(idiom: Idiom): void {
  const { code, settings, item, list } = idiom;
  const isWeights = settings.mode === 'dropconnect';
  const isNone = settings.mode === 'none';
  if (!isNone) {
    addProbabilityList(idiom);
    code.blank().blank();
  }
  code
    .add(`def forward(x${isNone ? '' : ', train'}):`)
    .add('    a, tape = x, []')
    .add(isNone ? '    for w, b in layers:' : `    for (w, b), ${item} in zip(layers, ${list}):`);
  if (isWeights) {
    const isShared = settings.maskScope === 'batch';
    code
      .add(`        all_w = np.broadcast_to(w, (${isShared ? '1' : 'len(x)'}, *w.shape))  # a mask for each`, 'mode', 'maskScope')
      .add(`        factor, _ = dropout(all_w, ${item}, train)`, 'mode')
      .add('        z = (a[:, None, :] @ (all_w * factor))[:, 0] + b', 'mode')
      .add('        tape.append((a, all_w * factor, factor))', 'mode');
  } else if (isNone) {
    code.add('        z = a @ w + b', 'mode').add('        tape.append((a, a, 1.0))');
  } else {
    code
      .add(`        factor, shift = dropout(a, ${item}, train)`, 'mode')
      .add('        h = a * factor + shift', 'mode')
      .add('        z = h @ w + b')
      .add('        tape.append((a, h, factor))');
  }
  code.add(`        a = ${ACTIVATIONS[settings.activation].value}`, 'activation').add('    return z, tape').blank().blank();
}

function addBackward({ code, settings }: Idiom): void {
  const isWeights = settings.mode === 'dropconnect';
  const { slope } = ACTIVATIONS[settings.activation];
  code.add('def backward(g, tape):').add('    for i in reversed(range(len(layers))):');
  if (isWeights) {
    code
      .add('        a, used, factor = tape[i]')
      .add('        gradients = i, (a[:, :, None] * g[:, None, :] * factor).sum(0), g.sum(0)  # the same mask', 'mode')
      .add('        g = (used @ g[:, :, None])[:, :, 0]', 'mode');
  } else {
    code
      .add('        a, h, factor = tape[i]')
      .add('        gradients = i, h.T @ g, g.sum(0)')
      .add(`        g = (g @ layers[i][0].T)${settings.mode === 'none' ? '' : ' * factor  # the same mask, the same scale'}`, 'mode');
  }
  code.add(`        g = g * (${slope})`, 'activation').add('        yield gradients').blank().blank();
}

const UPDATES: Readonly<Record<Optimizer, (rate: number, momentum: number) => readonly string[]>> = {
  sgd: (rate) => [`v -= ${rate} * g`],
  momentum: (rate, momentum) => [`velocity[i][k] = ${momentum} * velocity[i][k] + g`, `v -= ${rate} * velocity[i][k]`],
  adam: (rate, momentum) => [
    `m[i][k] = ${momentum} * m[i][k] + ${tidyRest(momentum)} * g`,
    's[i][k] = 0.999 * s[i][k] + 0.001 * g**2',
    `v -= ${rate} * (m[i][k] / (1 - ${momentum}**t)) / (np.sqrt(s[i][k] / (1 - 0.999**t)) + 1e-8)`,
  ],
};
const STATES: Readonly<Record<Optimizer, string | false>> = {
  sgd: false,
  momentum: 'velocity = [[0.0, 0.0] for _ in layers]',
  adam: 'm, s = [[0.0, 0.0] for _ in layers], [[0.0, 0.0] for _ in layers]',
};

function tidyRest(momentum: number): string {
  return String(Math.round((1 - momentum) * 1e10) / 1e10);
}

function addTraining({ code, settings, loss }: Idiom): void {
  const { optimizer, learningRate, momentum, weightDecay, maxNorm, batchSize } = settings;
  const state = STATES[optimizer];
  if (state) code.add(state, 'optimizer');
  code
    .add('order = rng.permutation(len(x))')
    .add(`for t, start in enumerate(range(0, len(x), ${batchSize}), 1):`, 'batchSize')
    .add(`    rows = order[start : start + ${batchSize}]`, 'batchSize')
    .phase('train', settings.mode === 'none' ? '    z, tape = forward(x[rows])' : '    z, tape = forward(x[rows], train=True)  # masks on')
    .add(`    for i, gw, gb in backward(${GRADIENTS[loss]}, tape):`, 'dataset')
    .add('        w, b = layers[i]');
  if (weightDecay > 0) code.add(`        gw = gw + ${weightDecay} * w  # weight decay; not for biases`, 'weightDecay');
  code.add('        for k, (v, g) in enumerate([(w, gw), (b, gb)]):');
  for (const text of UPDATES[optimizer](learningRate, momentum)) code.add(`            ${text}`, ...OPTIMIZER_MARKS);
  if (maxNorm > 0) {
    code.add(`        w *= np.minimum(1, ${maxNorm} / np.maximum(np.linalg.norm(w, axis=0), 1e-12))  # max-norm`, 'maxNorm');
  }
  code.blank();
}

/** Writes the lines of NumPy. */
export function numpyIdiom(idiom: Idiom): readonly CodeLine[] {
  const { code, settings, sizes, loss } = idiom;
  code.add('import numpy as np').blank().add(`rng = np.random.default_rng(${settings.seed})`, 'seed');
  defineProbabilities(idiom);
  code
    .add(`sizes = [${sizes.join(', ')}]`, 'hidden', 'dataset')
    .add('layers = [[rng.uniform(-1, 1, (i, o)) * np.sqrt(6 / (i + o)), np.zeros(o)] for i, o in zip(sizes, sizes[1:])]', 'hidden')
    .blank()
    .blank();
  if (settings.mode !== 'none') addDropout(idiom);
  addForward(idiom);
  addBackward(idiom);
  code.add('def read(z):').add(`    return ${READ[loss]}`, 'dataset').blank().blank();
  addTraining(idiom);
  code
    .phase('eval', `prediction = read(forward(x_test${settings.mode === 'none' ? '' : ', train=False'})[0])  # ${evalWord(idiom)}`)
    .blank();
  if (settings.mode === 'none') code.phase('mc', '# Monte Carlo: without masks every pass is the same', 'passes');
  else {
    code
      .phase('mc', '# Monte Carlo: masks on at prediction')
      .phase('mc', `passes = np.stack([read(forward(x_test, train=True)[0]) for _ in range(${settings.passes})])`, 'passes')
      .phase('mc', 'mean, variance = passes.mean(0), passes.var(0)', 'passes');
  }
  return code.lines;
}
