/** Words of "Train is not eval": the signature of each forgotten call, and the loop as code. Pure. */
import { DEFAULT_SETTINGS } from '../../../protocol/settings';
import type { TracedTraining, TrainEvalResult } from '../../../protocol/studyResults';
import { fixed, percent, portion } from '../../words/format';
import type { ShownLine } from '../shell/CodeBox';

export interface Forgotten {
  readonly forgotEval: boolean;
  readonly forgotTrain: boolean;
}

/** Returns the newest value of a curve that is a number. */
export function newest(values: readonly number[]): number {
  return values.findLast((value) => Number.isFinite(value)) ?? Number.NaN;
}

/** Returns the training loop with the forgotten calls struck out. */
export function loopCode({ forgotEval, forgotTrain }: Forgotten): readonly (string | ShownLine)[] {
  return [
    'for epoch in range(epochs):',
    { text: '    model.train()', kind: forgotTrain ? 'missing' : 'marked' },
    '    for x, y in batches:',
    '        step(model, x, y)  # masks on',
    { text: '    model.eval()', kind: forgotEval ? 'missing' : 'marked' },
    '    with torch.no_grad():',
    '        validate(model)  # masks off',
  ];
}

function meanKept(training: TracedTraining, of: 'keptShare' | 'evalKeptShare'): number {
  const shares = training.layers.map((layer) => layer[of]).filter(Number.isFinite);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Says what there is to be explained. */
function belowText(belowShare: number): string {
  return `Nothing is wrong: the test loss lies below the training loss at ${percent(belowShare)} of the points.`;
}

/** Says what gives the switches away, in the numbers of the run. */
export function signature({ switched, belowShare }: TrainEvalResult, { forgotEval, forgotTrain }: Forgotten): string {
  const flicker = fixed(switched.flicker);
  const both = forgotEval && forgotTrain;
  if (both)
    return `Neither call: the masks of training stay on for good, and validation wears them too: the same input gets answers ${flicker} apart.`;
  if (forgotEval)
    return `Without eval() the masks stay on: the same input gets answers ${flicker} apart on average, and ${percent(meanKept(switched, 'evalKeptShare'))} of the units judge instead of all.`;
  if (forgotTrain)
    return `Without train() the first validation switches the masks off for good: in the last quarter ${percent(meanKept(switched, 'keptShare'))} of the units are kept, and the loss with masks and without are one curve.`;
  const [masked, bare, test] = [switched.curves.trainMasked, switched.curves.trainEval, switched.curves.test].map(newest);
  return `${belowText(belowShare)} Take the masks off, and the same weights have a training loss of ${fixed(bare ?? Number.NaN)} instead of ${fixed(masked ?? Number.NaN)}: that part of the gap is the masks’. The rest, down to ${fixed(test ?? Number.NaN)}, is the data’s: ${portion(DEFAULT_SETTINGS.labelNoise)} of the training labels are wrong here, and no test label is.`;
}

/** Says what the training showed; why it did only if `isExplained`. */
export function trainEvalText(result: TrainEvalResult, forgotten: Forgotten, isExplained: boolean): string {
  return isExplained || forgotten.forgotEval || forgotten.forgotTrain ? signature(result, forgotten) : belowText(result.belowShare);
}
