/**
 * The bugs of the museum: what is known of each before it runs. Text for people and its source; the run itself is a study ('bug').
 *
 * Every bug was found in somebody's code, and `source` says whose and where. The snippets are ours: they show the idea, not the file.
 */

export const BUG_IDS = [
  'evalScaledByDrop',
  'evalHalved',
  'keepDropSwapped',
  'trainScaledByDrop',
  'scaledTwice',
  'functionalAlwaysOn',
  'forgotEval',
  'forgotTrain',
  'oneMaskPerBatch',
  'sameMaskEveryStep',
  'backwardWithoutMask',
  'maskFromZeros',
  'nothingKeptNaN',
  'alphaSign',
] as const;
export type BugId = (typeof BUG_IDS)[number];

/** The figure that gives a bug away: the three loss curves, layer means in train and eval, the mask heatmap, its gradient, repeated predictions, the weights. */
export type Betrayer = 'curves' | 'layerMeans' | 'masks' | 'gradients' | 'predictions' | 'weights';

interface BugCard {
  readonly title: string;
  readonly story: string;
  readonly source: { readonly words: string; readonly link: string };
  readonly wrongCode: readonly string[];
  readonly rightCode: readonly string[];
  readonly betrayedBy: Betrayer;
  /** What to look for there. */
  readonly signature: string;
  /** Whether everything looks right at p = 0.5. */
  readonly hiddenAtHalf: boolean;
  readonly fix: string;
  /** The drop probability it is best seen at. */
  readonly p: number;
}

export const BUGS: { readonly [Id in BugId]: BugCard } = {
  evalScaledByDrop: {
    title: 'Scaled by drop at test time',
    story:
      'ConvNetJS zeroes units in training and makes up for it at prediction, as the paper does, but multiplies by the share it drops instead of the share it keeps. The correction has been waiting since January 2016.',
    source: { words: 'karpathy/convnetjs, pull request 61', link: 'https://github.com/karpathy/convnetjs/pull/61' },
    wrongCode: ['if training: h = h * (rng.random(h.shape) >= p)', 'else:        h = h * p'],
    rightCode: ['if training: h = h * (rng.random(h.shape) >= p)', 'else:        h = h * (1 - p)'],
    betrayedBy: 'layerMeans',
    signature: 'Eval mean over train mean is p / (1 − p), a quarter at p = 0.2, where it should be 1.',
    hiddenAtHalf: true,
    fix: 'Multiply by 1 − p at test time, or scale in training and leave test time alone.',
    p: 0.2,
  },
  evalHalved: {
    title: 'One half, whatever p is',
    story:
      'The default of dropout is 0.5, so the factor at test time was written as 0.5. Then someone made the rate a parameter, and the factor stayed.',
    source: { words: 'mp2893/retain, pull request 1', link: 'https://github.com/mp2893/retain/pull/1' },
    wrongCode: ['if training: h = h * (rng.random(h.shape) >= p)', 'else:        h = h * 0.5'],
    rightCode: ['if training: h = h * (rng.random(h.shape) >= p)', 'else:        h = h * (1 - p)'],
    betrayedBy: 'layerMeans',
    signature: 'Eval mean over train mean is 0.5 / (1 − p) per layer instead of 1.',
    hiddenAtHalf: true,
    fix: 'Derive the factor from p.',
    p: 0.2,
  },
  keepDropSwapped: {
    title: 'Keep handed over as drop',
    story:
      '"dropout = 0.75, probability to keep units" went to an argument called rate, which is the probability to drop. A large network still learns, and the report itself says that the results look much the same; in a similar thread the wrong value was defended because it tested well.',
    source: {
      words: 'aymericdamien/TensorFlow-Examples, issue 205',
      link: 'https://github.com/aymericdamien/TensorFlow-Examples/issues/205',
    },
    wrongCode: ['keep = 0.8', 'h = dropout(h, rate=keep)'],
    rightCode: ['keep = 0.8', 'h = dropout(h, rate=1 - keep)'],
    betrayedBy: 'masks',
    signature: 'The share of kept cells is p instead of 1 − p.',
    hiddenAtHalf: true,
    fix: 'Say which one it is in the name, and count a mask once.',
    p: 0.2,
  },
  trainScaledByDrop: {
    title: 'Divided by drop instead of keep',
    story:
      'Inverted dropout divides what is left by the share that is kept. A component of a speech toolkit divided by the share that is dropped, until a user found in 2018 that training broke down at small rates such as 0.1.',
    source: { words: 'kaldi-asr/kaldi, pull request 2815', link: 'https://github.com/kaldi-asr/kaldi/pull/2815' },
    wrongCode: ['mask = rng.random(h.shape) >= p', 'h = h * mask / p'],
    rightCode: ['mask = rng.random(h.shape) >= p', 'h = h * mask / (1 - p)'],
    betrayedBy: 'layerMeans',
    signature: 'Eval mean over train mean is p / (1 − p): training saw values four times too large at p = 0.2.',
    hiddenAtHalf: true,
    fix: 'Divide by 1 − p.',
    p: 0.2,
  },
  scaledTwice: {
    title: 'Scaled twice',
    story:
      'The library already divides by keep in training. The user, who has read the paper, multiplies by keep at test time as well. "I know I was bitten by this", wrote an author of the library himself.',
    source: { words: 'clab/dynet, issue 186', link: 'https://github.com/clab/dynet/issues/186' },
    wrongCode: ['if training: h = h * mask / (1 - p)', 'else:        h = h * (1 - p)'],
    rightCode: ['if training: h = h * mask / (1 - p)', 'else:        h = h'],
    betrayedBy: 'layerMeans',
    signature: 'Eval mean over train mean is 1 − p after one layer and falls by that factor with each further one.',
    hiddenAtHalf: false,
    fix: 'Scale once: in training, or at test time.',
    p: 0.4,
  },
  functionalAlwaysOn: {
    title: 'The function that does not listen to eval()',
    story:
      'F.dropout is a function: it knows nothing of the model it is called in, and its training flag is True unless it is told otherwise. model.eval() switches off the dropout layers, and this one stays on.',
    source: { words: 'pytorch/pytorch, issue 26338', link: 'https://github.com/pytorch/pytorch/issues/26338' },
    wrongCode: ['h = F.dropout(h, p)                      # layer 1', 'h = self.drop(h)                         # layer 2'],
    rightCode: ['h = F.dropout(h, p, training=self.training)', 'h = self.drop(h)'],
    betrayedBy: 'predictions',
    signature: 'The same input gets another answer each time, though eval() was called; only the layer with the function is masked.',
    hiddenAtHalf: false,
    fix: 'Pass training=self.training, or use the layer.',
    p: 0.4,
  },
  forgotEval: {
    title: 'Forgot eval()',
    story:
      'Nothing warns. Predictions are merely a little worse and never twice the same. In one published project no call of eval() was anywhere in the code that made the results; its authors found it in 2026.',
    source: { words: 'ipolharvard/ethos-ares, issue 20', link: 'https://github.com/ipolharvard/ethos-ares/issues/20' },
    wrongCode: ['with torch.no_grad():', '    y = model(x)'],
    rightCode: ['model.eval()', 'with torch.no_grad():', '    y = model(x)'],
    betrayedBy: 'predictions',
    signature: 'Predictions flicker between calls, in every masked layer, and the eval curve lies on the masked one.',
    hiddenAtHalf: false,
    fix: 'Call model.eval() before predicting and model.train() before training on.',
    p: 0.4,
  },
  forgotTrain: {
    title: 'Forgot train()',
    story:
      'The evaluation after the first epoch calls eval(), and nobody calls train() again. From then on there is no dropout, and the run is one without regularisation.',
    source: { words: 'shubhamagarwal92/mmd, issue 14', link: 'https://github.com/shubhamagarwal92/mmd/issues/14' },
    wrongCode: ['for epoch in range(epochs):', '    train_one_epoch(model)', '    model.eval(); validate(model)'],
    rightCode: ['for epoch in range(epochs):', '    model.train(); train_one_epoch(model)', '    model.eval(); validate(model)'],
    betrayedBy: 'curves',
    signature: 'After the first evaluation the loss with masks and without are one curve, and no cell of the mask is hatched.',
    hiddenAtHalf: false,
    fix: 'Call model.train() at the start of each epoch, not once before the loop.',
    p: 0.4,
  },
  oneMaskPerBatch: {
    title: 'One mask for the whole batch',
    story:
      'A noise shape without the batch dimension is broadcast: every example of the batch loses the same units. The layer looked broken to the reader who printed it, one column all zero, the other without any noise.',
    source: { words: 'keras-team/keras, issue 9841', link: 'https://github.com/keras-team/keras/issues/9841' },
    wrongCode: ['mask = rng.random((1, units)) >= p', 'h = h * mask / (1 - p)'],
    rightCode: ['mask = rng.random((batch, units)) >= p', 'h = h * mask / (1 - p)'],
    betrayedBy: 'masks',
    signature: 'The mask is stripes from top to bottom: one distinct row in the batch.',
    hiddenAtHalf: false,
    fix: 'Draw the mask with the shape of the activations, unless sharing is meant.',
    p: 0.4,
  },
  sameMaskEveryStep: {
    title: 'The same mask at every step',
    story:
      'A fixed seed handed to a dropout layer restarts the generator at each call, so that every step drops the same units: not dropout but a smaller network. Keys built once per model do the same. With one example a step, most weights of a small net never move.',
    source: { words: 'elixir-nx/axon, issue 423', link: 'https://github.com/elixir-nx/axon/issues/423' },
    wrongCode: ['key = jax.random.key(7)', 'mask = jax.random.bernoulli(key, 1 - p, h.shape)'],
    rightCode: ['key = jax.random.fold_in(jax.random.key(7), step)', 'mask = jax.random.bernoulli(key, 1 - p, h.shape)'],
    betrayedBy: 'weights',
    signature: 'The mask does not change from step to step, and the weights into dropped units never move.',
    hiddenAtHalf: false,
    fix: 'A new key for each step; the seed only starts the sequence.',
    p: 0.4,
  },
  backwardWithoutMask: {
    title: 'Backward without the mask',
    story:
      'The forward pass drops and scales. The backward pass scales too, but lets the gradient through to units that took no part. The hand-written layer of a well-known teaching library does so; the report has been open since 2024.',
    source: { words: 'ddbourgin/numpy-ml, issue 94', link: 'https://github.com/ddbourgin/numpy-ml/issues/94' },
    wrongCode: ['out  = h * mask / (1 - p)', 'grad = grad_out / (1 - p)'],
    rightCode: ['out  = h * mask / (1 - p)', 'grad = grad_out * mask / (1 - p)'],
    betrayedBy: 'gradients',
    signature: 'Cells that the mask dropped have a gradient.',
    hiddenAtHalf: false,
    fix: 'Keep the mask of the forward pass and multiply the gradient by the same mask and the same scale.',
    p: 0.4,
  },
  maskFromZeros: {
    title: 'The mask guessed from zeros',
    story:
      'To save memory the mask is not kept; the backward pass divides output by input to find the factor, and where the input is zero takes 1. Behind a ReLU this does no harm, as its authors say. Here the second hidden layer is tanh and starts at zero, so its first gradients reach every unit, dropped or not, and unscaled.',
    source: { words: 'kaldi-asr/kaldi, issue 3890', link: 'https://github.com/kaldi-asr/kaldi/issues/3890' },
    wrongCode: ['factor = np.where(h == 0, 1, out / h)', 'grad   = grad_out * factor'],
    rightCode: ['factor = mask / (1 - p)', 'grad   = grad_out * factor'],
    betrayedBy: 'gradients',
    signature: 'In the first step dropped cells of the layer that starts at zero have a gradient.',
    hiddenAtHalf: false,
    fix: 'Keep the mask; a bit for each value is enough.',
    p: 0.4,
  },
  nothingKeptNaN: {
    title: 'Nothing kept, zero by zero',
    story:
      'With p = 1 nothing is kept, and the scale is one by zero: 0 / 0 in every cell. One step later all weights are NaN. Libraries disagree to this day: zeros, an error, or the layer switched off.',
    source: { words: 'google/flax, pull request 2055', link: 'https://github.com/google/flax/pull/2055' },
    wrongCode: ['mask = (rng.random(h.shape) < 1 - p) / (1 - p)', 'h = h * mask'],
    rightCode: ['if p == 1: mask = np.zeros(h.shape)', 'else: mask = (rng.random(h.shape) < 1 - p) / (1 - p)', 'h = h * mask'],
    betrayedBy: 'curves',
    signature: 'The loss is NaN from the first step on.',
    hiddenAtHalf: true,
    fix: 'Treat p = 1 apart: zeros, and zero gradients.',
    p: 1,
  },
  alphaSign: {
    title: 'Alpha dropout with the sign turned',
    story:
      'Alpha dropout sets a dropped SELU unit to its lowest value, −1.758, and corrects mean and variance for that. TensorFlow.js writes kept − 1 times that value, which is +1.758: the correction then pushes the same way, and the mean of a layer drifts up instead of staying at 0.',
    source: {
      words: 'tensorflow/tfjs, tfjs-layers/src/layers/noise.ts',
      link: 'https://github.com/tensorflow/tfjs/blob/master/tfjs-layers/src/layers/noise.ts',
    },
    wrongCode: ['x = x * kept + (kept - 1) * alpha', 'return a * x + b'],
    rightCode: ['x = x * kept + (1 - kept) * alpha', 'return a * x + b'],
    betrayedBy: 'layerMeans',
    signature: 'The train mean of a SELU layer lies far above its eval mean, by 2 · 1.758 · p times the correction.',
    hiddenAtHalf: false,
    fix: 'A dropped unit takes alpha itself: (1 − kept) · alpha.',
    p: 0.4,
  },
};
