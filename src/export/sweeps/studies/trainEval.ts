/** The three loss curves, with eval() or train() forgotten beside them, for export. */
import type { TrainEvalParams } from '../../../protocol/studyParams';
import type { StudyScript } from '../frame';
import { AFTER_DIFFERENCE, GAP, isCompared, part, trained } from '../parts/network';
import { TRACE_PART, traceChecks } from '../parts/trace';
import { TRAINING_PARTS, TRAINING_TOLERANCE } from '../parts/training';

const CONSTANTS = `OUTPUTS, ACTIVATION, BATCH_SIZE = 1, "relu", 24`;

const STUDY = `def start_net(seed):
    """Draw the initial weights."""
    return create_net(stream_key(seed, "weights"), (2, *HIDDEN, OUTPUTS), ACTIVATION)


def switched_technique():
    """Return what the switches make of inverted dropout. Where eval() is forgotten, nothing switches masks off for good either."""
    if FORGOT_EVAL:
        return INVERTED._replace(eval_draws=lambda layer: True)
    return INVERTED._replace(train_draws=lambda step: step < INTERVAL)


def study(seed, p):
    """Train as it should be; with a switch forgotten, train once more without it."""
    prepared = prepare(seed)
    sides = dict(correct=trace(seed, p, INVERTED, prepared))
    if FORGOT_EVAL or FORGOT_TRAIN:
        sides["switched"] = trace(seed, p, switched_technique(), prepared)
    correct = sides["correct"]
    below = jnp.mean(correct["test"][1:] < correct["train_masked"][1:], dtype=jnp.float64)
    numbers = {f"{side}_{name}": value for side, run in sides.items() for name, value in run.items()}
    return dict(below_share=below, **numbers)`;

function isSwitched({ forgotEval, forgotTrain }: TrainEvalParams): boolean {
  return forgotEval || forgotTrain;
}

export const trainEvalScript: StudyScript<'trainEval', 'p'> = {
  title: 'the three loss curves of a training, and what forgetting eval() or train() makes of them',
  axis: 'p',
  axisWords: 'drop probabilities of the hidden layers',
  words: {
    forgotEval: 'losses are measured with the masks on',
    forgotTrain: 'after the first evaluation the masks stay off',
    dataset: 'moons, circles, xor, spiral or gaussians',
    hidden: 'units of the hidden layers',
    learningRate: 'of SGD with momentum 0.9',
    steps: 'batches trained on',
  },
  prose:
    'Losses are those of the batches with their masks on, of the training set and of the test set as the code evaluates them, at every ' +
    'INTERVAL steps. Data, too, are drawn again from each seed. With a switch forgotten, the same training is run beside it.',
  code: () => [CONSTANTS, ...TRAINING_PARTS, TRACE_PART, part('Both sides', STUDY)].join(GAP),
  checks: (params, { correct, switched, belowShare }) => [
    ...(isCompared(params.steps) && correct.nonFiniteStep === null ? [trained('below_share', belowShare)] : []),
    ...traceChecks('correct_', correct, params.steps),
    ...(isSwitched(params) ? traceChecks('switched_', switched, params.steps) : []),
  ],
  tolerance: TRAINING_TOLERANCE,
  afterDifference: AFTER_DIFFERENCE,
  columns: ['below_share', 'correct_train_accuracy', 'correct_test_accuracy', 'correct_flicker'],
};
