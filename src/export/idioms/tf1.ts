/**
 * TensorFlow 1, as much teaching code still has it: a graph, and a placeholder `kp` that holds keep_prob. It is fed in train and 1.0
 * otherwise, so that no flag is needed, except where eval has to scale.
 */
import { type CodeLine, defineProbabilities, type Idiom, OPTIMIZER_MARKS } from './code';
import { addForward, addParameters, optimizerArguments, TF_LOSSES, TF_READ } from './tensorflow';

/** The name of a layer's keep_prob in the graph. */
function keepName({ settings }: Idiom, layerIndex: number): string {
  if (layerIndex === 0) return 'kp_input';
  return (settings.layerP[layerIndex - 1] ?? null) === null ? 'kp' : `kp_${layerIndex}`;
}

/** Adds the tensors of keep_prob and returns what is fed for them in train: `kp: 1 - p`. */
function addKeeps(idiom: Idiom): string[] {
  const { code, settings, dropsInput, probabilities } = idiom;
  const fed = new Map<string, string>();
  const names = probabilities.map((probability, layerIndex) => {
    if (layerIndex === 0 && !dropsInput) return '1.0';
    const name = keepName(idiom, layerIndex);
    const isNew = !fed.has(name);
    fed.set(name, probability.keep);
    const tensor = settings.mode === 'standard' ? `tf.constant(${probability.keep})` : 'tf.placeholder_with_default(1.0, [])  # keep_prob';
    const mark = layerIndex === 0 ? 'inputP' : name === 'kp' ? 'p' : 'layerP';
    if (isNew) code.add(`${name} = ${tensor}`, mark, 'mode');
    return name;
  });
  code.add(`keeps = [${names.join(', ')}]  # of the input and each hidden layer`, 'p', 'layerP', 'inputP');
  if (settings.mode !== 'standard') return [...fed].map(([name, keep]) => `${name}: ${keep}`);
  code.add('training = tf.placeholder_with_default(False, [])', 'mode');
  return ['training: True'];
}

function addDropout(idiom: Idiom): void {
  const { code, settings, hasFullDrop } = idiom;
  const { mode, maskScope, channelSize } = settings;
  const rows = maskScope === 'example' ? 'tf.shape(h)[0]' : '1';
  const shared = maskScope === 'batch' ? ', noise_shape=[1, h.shape[1]]' : '';
  const dropped = `tf.nn.dropout(h, keep_prob=keep${shared})`;
  code.add('def dropout(h, keep):', 'mode');
  if (hasFullDrop && mode !== 'alpha' && mode !== 'gaussian') {
    code.add('    h, keep = h * tf.sign(keep), keep + 1 - tf.sign(keep)  # keep 0: all 0, no 0 / 0', 'p', 'mode');
  }
  switch (mode) {
    case 'standard':
      code.add(`    masked = ${dropped} * keep  # takes back the / keep`, 'mode', 'maskScope');
      code.phase('eval', '    return tf.cond(training, lambda: masked, lambda: h * keep)', 'mode');
      break;
    case 'unscaled':
      code.add(`    return ${dropped} * keep  # unscaled`, 'mode', 'maskScope');
      break;
    case 'gaussian':
      code
        .add(`    noise = tf.random_normal([${rows}, h.shape[1]])`, 'mode', 'maskScope')
        .add('    return h * (1 + tf.sqrt((1 - keep) / keep) * noise)', 'mode');
      break;
    case 'alpha':
      code
        .add(`    mask = tf.floor(tf.random_uniform([${rows}, h.shape[1]]) + keep)`, 'mode', 'maskScope')
        .add('    low = -1.7580993408473766', 'mode')
        .add('    scale = (keep * (1 + (1 - keep) * low**2)) ** -0.5', 'mode')
        .add('    return scale * (h * mask + low * (1 - mask)) - scale * low * (1 - keep)', 'mode');
      break;
    case 'spatial':
      code
        .add(`    noise = tf.nn.dropout(tf.ones([${rows}, -(-int(h.shape[1]) // ${channelSize})]), keep_prob=keep)`, 'mode', 'maskScope')
        .add(`    return h * tf.repeat(noise, ${channelSize}, axis=1)[:, : h.shape[1]]`, 'channelSize', 'mode');
      break;
    case 'dropconnect':
      code.add('    return tf.nn.dropout(h, keep_prob=keep)  # "* keep" here would call for W * keep in eval', 'mode');
      break;
    default:
      code.add(`    return ${dropped}`, 'mode', 'maskScope');
  }
  code.blank().blank();
}

function addTraining(idiom: Idiom): void {
  const { code, settings, loss } = idiom;
  const { name, options } = optimizerArguments(idiom);
  code.add('z = forward(inputs)').add(`loss = ${TF_LOSSES[loss].replace(/\by\b/, 'targets')}`, 'dataset');
  if (settings.weightDecay > 0) {
    code.add(`loss += ${settings.weightDecay} * tf.add_n([tf.nn.l2_loss(w) for w in weights])`, 'weightDecay');
  }
  code.add(`train_op = tf.train.${name}Optimizer(${options}).minimize(loss)`, ...OPTIMIZER_MARKS);
  if (settings.maxNorm > 0) code.add(`clip_op = [w.assign(tf.clip_by_norm(w, ${settings.maxNorm}, axes=[0])) for w in weights]`, 'maxNorm');
  code.add(`read = ${TF_READ[loss]('z')}`, 'dataset').blank();
}

function addSession({ code, settings }: Idiom, feeds: readonly string[]): void {
  const isNone = settings.mode === 'none';
  const fed = isNone ? '' : ', **masks';
  const evalWord = settings.mode === 'standard' ? 'training is False: times keep' : isNone ? 'no dropout' : 'kp is 1.0: masks off';
  if (!isNone) code.phase('train', `masks = {${feeds.join(', ')}}  # fed: masks on`, 'mode', 'p').blank();
  code
    .add('with tf.Session() as session:')
    .add('    session.run(tf.global_variables_initializer())')
    .add('    order = np.random.permutation(len(x))')
    .add(`    for start in range(0, len(x), ${settings.batchSize}):`, 'batchSize')
    .add(`        rows = order[start : start + ${settings.batchSize}]`, 'batchSize')
    .phase('train', `        session.run(train_op, {inputs: x[rows], targets: y[rows]${fed}})`);
  if (settings.maxNorm > 0) code.add('        session.run(clip_op)', 'maxNorm');
  code.phase('eval', `    prediction = session.run(read, {inputs: x_test})  # ${evalWord}`);
  if (isNone) code.phase('mc', '    # Monte Carlo: without masks every pass is the same', 'passes');
  else {
    code
      .phase('mc', '    feed = {inputs: x_test, **masks}  # Monte Carlo: masks on at prediction')
      .phase('mc', `    passes = np.stack([session.run(read, feed) for _ in range(${settings.passes})])`, 'passes')
      .phase('mc', '    mean, variance = passes.mean(0), passes.var(0)', 'passes');
  }
}

/** Writes the lines of TensorFlow 1, by way of `tensorflow.compat.v1`. */
export function tf1Idiom(idiom: Idiom): readonly CodeLine[] {
  const { code, settings, loss, sizes } = idiom;
  const isNone = settings.mode === 'none';
  code
    .add('import numpy as np')
    .add('import tensorflow.compat.v1 as tf')
    .blank()
    .add('tf.disable_v2_behavior()')
    .add(`tf.set_random_seed(${settings.seed})`, 'seed');
  defineProbabilities(idiom);
  code
    .add(`inputs = tf.placeholder(tf.float32, [None, ${sizes[0]}])`, 'dataset')
    .add(loss === 'softmax' ? 'targets = tf.placeholder(tf.int32, [None])' : 'targets = tf.placeholder(tf.float32, [None, 1])', 'dataset');
  const feeds = isNone ? [] : addKeeps(idiom);
  addParameters(idiom);
  code.blank().blank();
  if (!isNone) addDropout(idiom);
  addForward(idiom, 'x', { item: 'keep', list: 'keeps', flag: '' });
  addTraining(idiom);
  addSession(idiom, feeds);
  return code.lines;
}
