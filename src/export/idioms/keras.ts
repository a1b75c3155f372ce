/** Keras 3: `layers.Dropout`, the flag `training` that fit sets and predict does not. */
import type { Loss } from '../../protocol/network';
import type { Mode } from '../../protocol/settings';
import { type CodeLine, defineProbabilities, dropMarks, evalWord, type Idiom, OPTIMIZER_MARKS } from './code';

const LOSSES: Readonly<Record<Loss, string>> = {
  binary: 'keras.losses.BinaryCrossentropy(from_logits=True)',
  softmax: 'keras.losses.SparseCategoricalCrossentropy(from_logits=True)',
  squared: 'keras.losses.MeanSquaredError()',
};
const READ: Readonly<Record<Loss, (logits: string) => string>> = {
  binary: (logits) => `ops.sigmoid(${logits})`,
  softmax: (logits) => `ops.softmax(${logits})`,
  squared: (logits) => logits,
};

/** What Keras has ready-made; GaussianDropout has no noise_shape, so it cannot share its noise among examples. */
const BUILT_IN: Partial<Readonly<Record<Mode, string>>> = {
  inverted: 'layers.Dropout',
  alpha: 'layers.AlphaDropout',
  gaussian: 'layers.GaussianDropout',
};

function layerName({ settings }: Idiom): string {
  if (settings.mode === 'dropconnect') return 'DropConnect';
  if (settings.mode === 'gaussian' && settings.maskScope === 'batch') return 'Drop';
  return BUILT_IN[settings.mode] ?? 'Drop';
}

function addDrop(idiom: Idiom): void {
  const { code, settings, symbol, isKeep, hasFullDrop } = idiom;
  const { mode, maskScope, channelSize } = settings;
  const self = `self.${symbol}`;
  const [drop, keep] = isKeep ? [`(1 - ${self})`, self] : [self, `(1 - ${self})`];
  const rows = maskScope === 'example' ? 'ops.shape(h)[0]' : '1';
  const isSpatial = mode === 'spatial';
  code
    .block(
      [
        'class Drop(layers.Layer):',
        `    def __init__(self, ${symbol}):`,
        '        super().__init__()',
        `        self.${symbol}, self.seed = ${symbol}, keras.random.SeedGenerator(${settings.seed})`,
        '',
        '    def call(self, h, training=False):',
      ],
      'mode',
    )
    .phase('eval', '        if not training:', 'mode')
    .phase('eval', `            return h${mode === 'standard' ? ` * ${keep}` : ''}`, 'mode');
  if (hasFullDrop && isSpatial) code.add(`        if ${keep} == 0: return ops.zeros_like(h)  # or 0 / 0`, 'mode', 'p');
  if (mode === 'gaussian') {
    code
      .add(`        noise = keras.random.normal((${rows}, h.shape[1]), seed=self.seed)`, 'mode', 'maskScope')
      .add(`        return h * (1 + (${drop} / ${keep}) ** 0.5 * noise)`, 'mode');
  } else {
    const columns = isSpatial ? `-(-h.shape[1] // ${channelSize})` : 'h.shape[1]';
    code.add(`        mask = keras.random.uniform((${rows}, ${columns}), seed=self.seed) < ${keep}`, 'mode', 'maskScope');
    if (isSpatial)
      code.add(`        mask = ops.repeat(mask, ${channelSize}, axis=1)[:, : h.shape[1]]  # for images: SpatialDropout2D`, 'channelSize');
    code.add(`        return h * ops.cast(mask, h.dtype)${isSpatial ? ` / ${keep}` : ''}`, 'mode');
  }
  code.blank().blank();
}

function addDropConnect({ code, settings, symbol, local }: Idiom): void {
  const isShared = settings.maskScope === 'batch';
  code
    .block(
      [
        'class DropConnect(layers.Dense):',
        `    def __init__(self, units, ${symbol}, **options):`,
        '        super().__init__(units, **options)',
        `        self.drop, self.seed = ${local.drop}, keras.random.SeedGenerator(${settings.seed})`,
        '',
        '    def call(self, h, training=False):',
      ],
      'mode',
    )
    .phase('eval', '        if not training: return super().call(h)', 'mode')
    .add(
      isShared ? '        w = self.kernel' : '        w = ops.broadcast_to(self.kernel, (ops.shape(h)[0], *self.kernel.shape))',
      'mode',
      'maskScope',
    )
    .add('        w = keras.random.dropout(w, self.drop, seed=self.seed)', 'mode')
    .add(`        z = ${isShared ? 'ops.matmul(h, w)' : 'ops.einsum("nio,ni->no", w, h)'} + self.bias`, 'mode', 'maskScope')
    .add('        return self.activation(z) if self.activation else z', 'mode')
    .blank()
    .blank();
}

/** Adds what every dense layer is given besides: weight decay and max-norm. */
function addOptions({ code, settings: { weightDecay, maxNorm } }: Idiom): void {
  if (weightDecay === 0 && maxNorm === 0) return;
  code.add('options = dict(');
  if (weightDecay > 0) {
    code.add(`    kernel_regularizer=keras.regularizers.L2(${weightDecay} / 2),  # its gradient is ${weightDecay} * w`, 'weightDecay');
  }
  if (maxNorm > 0)
    code.add(`    kernel_constraint=keras.constraints.MaxNorm(${maxNorm}, axis=0),  # of the weights into a unit`, 'maxNorm');
  code.add(')');
}

function addModel(idiom: Idiom): void {
  const { code, settings, sizes, probabilities, dropsInput, isKeep } = idiom;
  const { mode, maskScope, activation, weightDecay, maxNorm } = settings;
  const name = layerName(idiom);
  const isWeights = mode === 'dropconnect';
  const dropsUnits = !isWeights && mode !== 'none';
  const noiseShape = name.startsWith('layers.') && maskScope === 'batch' ? ', noise_shape=(1, None)' : '';
  const drop = (layerIndex: number) => {
    const probability = probabilities[layerIndex];
    const value = name.startsWith('layers.') && isKeep ? probability?.drop : probability?.name;
    return `${name}(${value}${noiseShape})`;
  };
  const options = weightDecay > 0 || maxNorm > 0 ? ', **options' : '';
  const dense = (layerIndex: number, ending: string) => {
    const isMasked = isWeights && (layerIndex > 0 || dropsInput);
    const units = sizes[layerIndex + 1];
    return isMasked
      ? `DropConnect(${units}, ${probabilities[layerIndex]?.name}${ending}${options})`
      : `layers.Dense(${units}${ending}${options})`;
  };
  addOptions(idiom);
  code.add('model = keras.Sequential([').add(`    keras.Input((${sizes[0]},)),`, 'dataset');
  if (dropsInput && dropsUnits) code.add(`    ${drop(0)},`, ...dropMarks(idiom, 0));
  settings.hidden.forEach((_, index) => {
    const masked = isWeights ? dropMarks(idiom, index) : index === 0 ? (['inputP'] as const) : [];
    code.add(`    ${dense(index, activation === 'linear' ? '' : `, activation="${activation}"`)},`, 'hidden', 'activation', ...masked);
    if (dropsUnits) code.add(`    ${drop(index + 1)},`, ...dropMarks(idiom, index + 1));
  });
  const last = sizes.length - 2;
  code.add(`    ${dense(last, '')},`, 'dataset', ...(isWeights ? dropMarks(idiom, last) : [])).add('])');
}

function optimizer({ settings }: Idiom): string {
  if (settings.optimizer === 'adam') return `keras.optimizers.Adam(${settings.learningRate}, beta_1=${settings.momentum})`;
  const momentum = settings.optimizer === 'momentum' ? `, momentum=${settings.momentum}` : '';
  return `keras.optimizers.SGD(${settings.learningRate}${momentum})`;
}

/** Writes the lines of Keras 3. */
export function kerasIdiom(idiom: Idiom): readonly CodeLine[] {
  const { code, settings, loss } = idiom;
  const name = layerName(idiom);
  const isOwn = settings.mode !== 'none' && !name.startsWith('layers.');
  code.add('import keras').add('from keras import layers, ops').blank().add(`keras.utils.set_random_seed(${settings.seed})`, 'seed');
  defineProbabilities(idiom);
  code.blank();
  if (isOwn) code.blank();
  if (isOwn && name === 'Drop') addDrop(idiom);
  if (isOwn && name === 'DropConnect') addDropConnect(idiom);
  addModel(idiom);
  code
    .add('model.compile(')
    .add(`    optimizer=${optimizer(idiom)},`, ...OPTIMIZER_MARKS)
    .add(`    loss=${LOSSES[loss]},`, 'dataset')
    .add(')')
    .blank()
    .phase('train', `model.fit(x, y, batch_size=${settings.batchSize}, epochs=1)  # fit sets training=True: masks on`, 'batchSize')
    .blank()
    .phase('eval', `prediction = ${READ[loss]('model(x_test)')}  # training=False by default: ${evalWord(idiom)}`)
    .blank();
  if (settings.mode === 'none') code.phase('mc', '# Monte Carlo: without masks every pass is the same', 'passes');
  else {
    code
      .phase('mc', '# Monte Carlo: masks on (layers such as BatchNormalization would hear the flag too)')
      .phase('mc', `passes = ops.stack([${READ[loss]('model(x_test, training=True)')} for _ in range(${settings.passes})])`, 'passes')
      .phase('mc', 'mean, variance = ops.mean(passes, 0), ops.var(passes, 0)', 'passes');
  }
  return code.lines;
}
