/**
 * The three loss curves of a training, beside those of the same training with eval() or train() forgotten.
 *
 * Both sides share data, start, order and masks, so that what differs is the forgetting. With nothing forgotten one training is run.
 */
import type { TrainEvalParams } from '../protocol/studyParams';
import type { TracedTraining, TrainEvalResult } from '../protocol/studyResults';
import type { Study } from './study';
import { INVERTED, type Technique } from './technique';
import { traceTraining, untrainedTrace } from './trace';
import type { TrainingConfig } from './training';

function configOf({ dataset, hidden, p, learningRate, steps, seed }: TrainEvalParams): TrainingConfig {
  return {
    dataset,
    hidden,
    p,
    learningRate,
    steps,
    seed,
    activation: 'relu',
    batchSize: 24,
    momentum: 0.9,
    numOutputs: 1,
    zeroLayer: null,
  };
}

/** Where eval() is never called nothing switches the masks off, and train() is not missed: with both forgotten they stay on for good. */
function switchedTechnique({ forgotEval }: TrainEvalParams): Technique {
  return forgotEval
    ? { ...INVERTED, evalDraws: () => true }
    : { ...INVERTED, trainDraws: (step, firstEvaluation) => step < firstEvaluation };
}

function isSwitched({ forgotEval, forgotTrain }: TrainEvalParams): boolean {
  return forgotEval || forgotTrain;
}

/** Share of points, but the first, at which the test loss lies below the masked training loss. */
function shareBelow({ curves }: TracedTraining): number {
  const below = curves.test.filter((loss, index) => index > 0 && loss < (curves.trainMasked[index] as number));
  return curves.test.length > 1 ? below.length / (curves.test.length - 1) : Number.NaN;
}

export const trainEvalStudy: Study<'trainEval', TracedTraining> = {
  name: 'trainEval',
  jobs: (params) => (isSwitched(params) ? [1, 1] : [1]),
  run: (params, jobIndex) => traceTraining(configOf(params), jobIndex === 0 ? INVERTED : switchedTechnique(params)),
  reduce(params, partials): TrainEvalResult {
    const sides = partials.map((partial) => partial ?? untrainedTrace(configOf(params), INVERTED));
    const [correct, switched] = sides as [TracedTraining, TracedTraining?];
    return { totalSteps: params.steps, correct, switched: switched ?? correct, belowShare: shareBelow(correct) };
  },
};
