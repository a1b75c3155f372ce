/** What the code for TensorFlow 1 and 2 has in common: a network from variables, its losses, its optimisers. */
import type { Loss } from '../../protocol/network';
import type { Activation } from '../../protocol/settings';
import type { Idiom } from './code';

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: 'tf.nn.relu(z)',
  tanh: 'tf.tanh(z)',
  sigmoid: 'tf.sigmoid(z)',
  selu: 'tf.nn.selu(z)',
  linear: 'z',
};
/** The mean loss of logits `z` against `y`. */
export const TF_LOSSES: Readonly<Record<Loss, string>> = {
  binary: 'tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z))',
  softmax: 'tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=z))',
  squared: 'tf.reduce_mean((z - y) ** 2)',
};
/** The prediction read off logits. */
export const TF_READ: Readonly<Record<Loss, (logits: string) => string>> = {
  binary: (logits) => `tf.sigmoid(${logits})`,
  softmax: (logits) => `tf.nn.softmax(${logits})`,
  squared: (logits) => logits,
};

/** Adds sizes, weights and biases. */
export function addParameters({ code, sizes, settings }: Idiom): void {
  code
    .add(`sizes = [${sizes.join(', ')}]`, 'hidden', 'dataset')
    .add('weights = [tf.Variable(tf.random.normal([i, o]) * (1 / i) ** 0.5) for i, o in zip(sizes, sizes[1:])]', 'hidden')
    .add('biases = [tf.Variable(tf.zeros([o])) for o in sizes[1:]]');
  if (settings.hidden.length === 0) code.add('# no hidden layer', 'hidden');
}

/** Returns the optimiser as TF 1 names it, and its arguments. */
export function optimizerArguments({ settings }: Idiom): { name: string; options: string } {
  const { optimizer, learningRate, momentum } = settings;
  if (optimizer === 'adam') return { name: 'Adam', options: `${learningRate}, ${momentum}` };
  return optimizer === 'momentum'
    ? { name: 'Momentum', options: `${learningRate}, ${momentum}` }
    : { name: 'GradientDescent', options: `${learningRate}` };
}

/** How the loop over layers names a layer's probability, the list of them, and what else `dropout` is given. */
interface LayerWords {
  readonly item: string;
  readonly list: string;
  readonly flag: string;
}

/** Adds the function `forward`. */
export function addForward({ code, settings }: Idiom, parameters: string, { item, list, flag }: LayerWords): void {
  const isNone = settings.mode === 'none';
  const isWeights = settings.mode === 'dropconnect';
  const isShared = settings.maskScope === 'batch';
  code
    .add(`def forward(${parameters}):`)
    .add('    a = x')
    .add(`    for w, b${isNone ? '' : `, ${item}`} in zip(weights, biases${isNone ? '' : `, ${list}`}):`);
  if (isNone) code.add('        z = a @ w + b', 'mode');
  else if (!isWeights) code.add(`        z = dropout(a, ${item}${flag}) @ w + b`, 'mode');
  else if (isShared) code.add(`        z = a @ dropout(w, ${item}${flag}) + b`, 'mode', 'maskScope');
  else {
    code
      .add('        w = tf.broadcast_to(w, tf.concat([[tf.shape(x)[0]], w.shape], 0))  # a mask for each example', 'mode', 'maskScope')
      .add(`        z = tf.einsum("nio,ni->no", dropout(w, ${item}${flag}), a) + b`, 'mode');
  }
  code.add(`        a = ${ACTIVATIONS[settings.activation]}`, 'activation').add('    return z').blank().blank();
}
