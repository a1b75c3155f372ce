/**
 * Every bug of the museum beside the same training without it, for export: one registry of small differences, all of them in each script.
 *
 * The registry is the Python of the page's own; whoever changes one must change the other, and the run of the exports says so.
 */
import type { StudyScript } from '../frame';
import { AFTER_DIFFERENCE, GAP, isCompared, part, trained } from '../parts/network';
import { TRACE_PART, traceChecks } from '../parts/trace';
import { TRAINING_PARTS, TRAINING_TOLERANCE } from '../parts/training';

const CONSTANTS = `DATASET, HIDDEN, OUTPUTS = "moons", (16, 12), 1
BATCH_SIZE = 1 if BUG == "sameMaskEveryStep" else 24
ACTIVATION = dict(maskFromZeros="tanh", alphaSign="selu").get(BUG, "relu")
LEARNING_RATE = dict(sameMaskEveryStep=0.02, alphaSign=0.03).get(BUG, 0.05)`;

const TECHNIQUES = `STANDARD = Technique(
    train=lambda a, kept, p: jnp.where(kept, a, 0),
    back=lambda g, kept, p, a, output: jnp.where(kept, g, 0),
    evaluate=lambda a, p: (1 - p) * a,
)
DROPPED = -1.6732632423543772 * 1.0507009873554805  # what SELU tends to on the left: a dropped unit takes it


def alpha_scale(p):
    """Return what alpha dropout multiplies by, to give the variance back."""
    return 1 / jnp.sqrt((1 - p) * (1 + p * DROPPED**2))


def alpha_train(dropped):
    """Return alpha dropout's way through train, with a value for dropped units."""
    return lambda a, kept, p: alpha_scale(p) * jnp.where(kept, a, dropped) - alpha_scale(p) * DROPPED * p


ALPHA = Technique(
    train=alpha_train(DROPPED),
    back=lambda g, kept, p, a, output: jnp.where(kept, alpha_scale(p) * g, 0),
)`;

const REGISTRY = `def divided_by_drop(a, kept, p, *_):
    """Divide by p what should be divided by 1 - p."""
    return jnp.where(kept, a / p, 0)


def times_mask(a, kept, p, *_):
    """Multiply by mask / (1 - p), which is 0 / 0 at p = 1; the barrier keeps XLA from making a choice of the product."""
    return a * (jax.lax.optimization_barrier(kept.astype(jnp.float64)) / (1 - p))


def from_zeros(g, kept, p, a, output):
    """Guess the mask back: an output that is not what went in was scaled, and a 0 was no activation at all."""
    return jnp.where(a == 0, g, g * output / a)


BUGS = dict(  # the right technique, and what replaces a part of it
    evalScaledByDrop=(STANDARD, dict(evaluate=lambda a, p: p * a)),
    evalHalved=(STANDARD, dict(evaluate=lambda a, p: 0.5 * a)),
    keepDropSwapped=(INVERTED, dict(drawn_p=lambda p: 1 - p, train=divided_by_drop, back=divided_by_drop)),
    trainScaledByDrop=(INVERTED, dict(train=divided_by_drop, back=divided_by_drop)),
    scaledTwice=(INVERTED, dict(evaluate=lambda a, p: (1 - p) * a)),
    functionalAlwaysOn=(INVERTED, dict(eval_draws=lambda layer: layer == 1)),
    forgotEval=(INVERTED, dict(eval_draws=lambda layer: True)),
    forgotTrain=(INVERTED, dict(train_draws=lambda step: step < INTERVAL)),
    oneMaskPerBatch=(INVERTED, dict(shares_rows=True)),
    sameMaskEveryStep=(INVERTED, dict(mask_step=lambda step: 0)),
    backwardWithoutMask=(INVERTED, dict(back=lambda g, kept, p, a, output: g / (1 - p))),
    maskFromZeros=(INVERTED, dict(back=from_zeros)),
    nothingKeptNaN=(INVERTED, dict(train=times_mask, back=times_mask)),
    alphaSign=(ALPHA, dict(train=alpha_train(-DROPPED))),
)`;

const SIGNATURES = `def layer_1(name):
    """Return a measure: a number of the first hidden layer."""
    return lambda run, p: run[name][0]


def named(name):
    """Return a measure: a number of the run."""
    return lambda run, p: run[name]


def distinct_share(run, p):
    """Return the different rows of one mask, as a share of all rows."""
    return run["distinct_rows"] / min(BATCH_SIZE, MASK_ROWS)


def mean_beyond_alpha(run, p):
    """Return the mean of layer 1 in train, beyond what alpha dropout makes of the mean in eval."""
    return run["train_mean"][0] - alpha_scale(p) * (1 - p) * run["eval_mean"][0]


SIGNATURES = dict(  # a number that tells a bug, and what theory expects of it with the bug; nan where it names none
    evalScaledByDrop=(layer_1("ratio"), lambda p: p / (1 - p)),
    evalHalved=(layer_1("ratio"), lambda p: 0.5 / (1 - p)),
    keepDropSwapped=(layer_1("kept_share"), lambda p: p),
    trainScaledByDrop=(layer_1("ratio"), lambda p: p / (1 - p)),
    scaledTwice=(layer_1("ratio"), lambda p: 1 - p),
    functionalAlwaysOn=(named("flicker"), lambda p: jnp.nan * p),
    forgotEval=(named("flicker"), lambda p: jnp.nan * p),
    forgotTrain=(layer_1("kept_share"), lambda p: 1.0 + 0 * p),
    oneMaskPerBatch=(distinct_share, lambda p: 0 * p),
    sameMaskEveryStep=(named("mask_change"), lambda p: 0 * p),
    backwardWithoutMask=(named("dropped_gradient_share"), lambda p: 1.0 + 0 * p),
    maskFromZeros=(named("dropped_gradient_share"), lambda p: 1.0 + 0 * p),
    nothingKeptNaN=(lambda run, p: 1.0 - run["is_finite"], lambda p: jnp.where(p == 1, 1.0, 0.0)),
    alphaSign=(mean_beyond_alpha, lambda p: -2 * p * alpha_scale(p) * DROPPED),
)`;

const STUDY = `def start_net(seed):
    """Draw the initial weights; a mask is guessed wrong where activations are 0, so there a layer starts at zero."""
    params = create_net(stream_key(seed, "weights"), (2, *HIDDEN, OUTPUTS), ACTIVATION)
    if BUG == "maskFromZeros":
        params[1] = jax.tree.map(jnp.zeros_like, params[1])
    return params


def study(seed, p):
    """Train without the bug and with it, on the same data, start, order and masks; return what tells them apart."""
    right, change = BUGS[BUG]
    measure, expected = SIGNATURES[BUG]
    prepared = prepare(seed)
    sides = dict(correct=trace(seed, p, right, prepared), wrong=trace(seed, p, right._replace(**change), prepared))
    signatures = {f"{side}_signature": measure(run, p) for side, run in sides.items()}
    numbers = {f"{side}_{name}": value for side, run in sides.items() for name, value in run.items()}
    return dict(signatures, expected_wrong=expected(p), **numbers)`;

export const bugScript: StudyScript<'bug', 'p'> = {
  title: 'a training with a bug in its dropout, beside the same training without it',
  axis: 'p',
  axisWords: 'drop probabilities of the hidden layers, as they are meant',
  words: {
    bug: 'any key of BUGS, below; that of the page is the one that is checked',
    steps: 'batches trained on',
  },
  prose:
    'BUGS holds all bugs of the museum, each as a right technique and the part of it that is wrong; SIGNATURES the number that gives each away. ' +
    'Data, too, are drawn again from each seed. At p = 0 nothing is dropped, and no technique is wrong.',
  code: () =>
    [
      CONSTANTS,
      ...TRAINING_PARTS,
      part('The bugs', TECHNIQUES, REGISTRY),
      TRACE_PART,
      part('What gives a bug away', SIGNATURES),
      part('Both sides', STUDY),
    ].join(GAP),
  checks: ({ steps }, { correct, wrong, signature }) => [
    ...(signature === null || !isCompared(steps)
      ? []
      : [
          trained('correct_signature', signature.correct),
          trained('wrong_signature', signature.wrong),
          trained('expected_wrong', signature.expectedWrong),
        ]),
    ...traceChecks('correct_', correct, steps),
    ...traceChecks('wrong_', wrong, steps),
  ],
  tolerance: TRAINING_TOLERANCE,
  afterDifference: AFTER_DIFFERENCE,
  columns: ['correct_signature', 'wrong_signature', 'expected_wrong', 'correct_test_accuracy', 'wrong_test_accuracy'],
};
