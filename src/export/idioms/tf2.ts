/** TensorFlow 2: `tf.nn.dropout` takes a rate and always drops, so a training flag guards it. */
import { addProbabilityList, type CodeLine, defineProbabilities, evalWord, type Idiom, OPTIMIZER_MARKS } from './code';
import { addForward, addParameters, optimizerArguments, TF_LOSSES, TF_READ } from './tensorflow';

/** Adds what a kept value becomes in train, as lines of a function body that returns; `call` is the built-in for the inverted mode. */
function addTrainBody(idiom: Idiom, drop: string, keep: string, builtIn: (noiseShape: string) => string): void {
  const { code, settings } = idiom;
  const { mode, maskScope, channelSize } = settings;
  const rows = maskScope === 'example' ? 'tf.shape(h)[0]' : '1';
  if (mode === 'inverted') {
    code.add(`    return ${builtIn(maskScope === 'batch' ? ', noise_shape=[1, h.shape[1]]' : '')}`, 'mode', 'maskScope');
    return;
  }
  if (mode === 'dropconnect') {
    code.add(`    return ${builtIn('')}`, 'mode', 'maskScope');
    return;
  }
  if (mode === 'gaussian') {
    code
      .add(`    noise = tf.random.normal([${rows}, h.shape[1]])`, 'mode', 'maskScope')
      .add(`    return h * (1 + tf.sqrt(${drop} / ${keep}) * noise)`, 'mode');
    return;
  }
  const isSpatial = mode === 'spatial';
  const columns = isSpatial ? `-(-h.shape[1] // ${channelSize})` : 'h.shape[1]';
  code.add(`    mask = tf.floor(tf.random.uniform([${rows}, ${columns}]) + ${keep})`, 'mode', 'maskScope');
  if (isSpatial) code.add(`    mask = tf.repeat(mask, ${channelSize}, axis=1)[:, : h.shape[1]]`, 'channelSize', 'mode');
  if (mode === 'alpha') {
    code
      .add('    low = -1.7580993408473766', 'mode')
      .add(`    scale = (${keep} * (1 + ${drop} * low**2)) ** -0.5`, 'mode')
      .add(`    return scale * (h * mask + low * (1 - mask)) - scale * low * ${drop}`, 'mode');
  } else code.add(`    return h * mask${isSpatial ? ` / ${keep}` : ''}`, 'mode');
}

/** Writes the lines of TensorFlow 2. */
export function tf2Idiom(idiom: Idiom): readonly CodeLine[] {
  const { code, settings, loss, symbol, local, hasFullDrop } = idiom;
  const isNone = settings.mode === 'none';
  const paren = (text: string) => (text === symbol ? symbol : `(${text})`);
  const read = TF_READ[loss];
  code.add('import tensorflow as tf').blank().add(`tf.random.set_seed(${settings.seed})`, 'seed');
  defineProbabilities(idiom);
  if (!isNone) addProbabilityList(idiom);
  addParameters(idiom);
  code.blank().blank();
  if (!isNone) {
    code
      .add(`def dropout(h, ${symbol}, training):`, 'mode')
      .phase('eval', `    if not training: return h${settings.mode === 'standard' ? ` * ${paren(local.keep)}` : ''}`, 'mode');
    if (hasFullDrop) code.add(`    if ${paren(local.keep)} == 0: return tf.zeros_like(h)  # tf.nn.dropout refuses rate=1`, 'mode', 'p');
    addTrainBody(
      idiom,
      paren(local.drop),
      paren(local.keep),
      (noise) => `tf.nn.dropout(h, rate=${local.drop}${noise})  # always drops: guard it`,
    );
    code.blank().blank();
  }
  addForward(idiom, isNone ? 'x' : 'x, training', { item: idiom.item, list: idiom.list, flag: ', training' });

  const { name, options } = optimizerArguments(idiom);
  const keras = name === 'Adam' ? `Adam(${options})` : `SGD(${options})`;
  code
    .add(`optimizer = tf.keras.optimizers.${keras}`, ...OPTIMIZER_MARKS)
    .blank()
    .blank();
  code
    .add('@tf.function')
    .add('def train_step(x, y):')
    .add('    with tf.GradientTape() as tape:')
    .phase('train', `        z = forward(x${isNone ? '' : ', training=True'})${isNone ? '' : '  # masks on'}`)
    .add(`        loss = ${TF_LOSSES[loss]}`, 'dataset');
  if (settings.weightDecay > 0) {
    code.add(`        loss += ${settings.weightDecay} * tf.add_n([tf.nn.l2_loss(w) for w in weights])`, 'weightDecay');
  }
  code
    .add('    gradients = tape.gradient(loss, weights + biases)  # through the same masks')
    .add('    optimizer.apply_gradients(zip(gradients, weights + biases))');
  if (settings.maxNorm > 0) {
    code.add(`    for w in weights: w.assign(tf.clip_by_norm(w, ${settings.maxNorm}, axes=[0]))`, 'maxNorm');
  }
  code
    .blank()
    .blank()
    .add(`for xb, yb in tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(${settings.batchSize}):`, 'batchSize')
    .add('    train_step(xb, yb)')
    .blank()
    .phase('eval', `prediction = ${read(`forward(x_test${isNone ? '' : ', training=False'})`)}  # ${evalWord(idiom)}`)
    .blank();
  if (isNone) code.phase('mc', '# Monte Carlo: without masks every pass is the same', 'passes');
  else {
    code
      .phase(
        'mc',
        `passes = tf.stack([${read('forward(x_test, training=True)')} for _ in range(${settings.passes})])  # Monte Carlo`,
        'passes',
      )
      .phase('mc', 'mean, variance = tf.reduce_mean(passes, 0), tf.math.reduce_variance(passes, 0)', 'passes');
  }
  return code.lines;
}
