/** What slow motion says at each of the six stages of one training step, with the numbers of that very step. Pure. */
import type { Settings } from '../../protocol/settings';
import { layerName } from '../../viz/columns';
import type { StageName } from '../../viz/stage';
import { compact, counted, fixed, grouped, listed, percent } from './format';
import { gaussianSd } from './modes';
import { isAtWork, type Numbers } from './numbers';
import { marked, type Phrase, say } from './phrase';

export const STAGE_NAMES: Readonly<Record<StageName, string>> = {
  data: 'Data',
  mask: 'Mask',
  forward: 'Forward',
  loss: 'Loss',
  backward: 'Backward',
  update: 'Update',
};

/** Sizes that only the gradients of the rehearsed step tell: largest |gradient| of a weight, units of the shown rows with gradient 0 and those dropped. */
export interface GradientNumbers {
  readonly largestWeightGradient: number;
  readonly blockedCells: number;
  readonly hiddenCells: number;
}

function maskWords(settings: Settings, numbers: Numbers): Phrase {
  const masked = numbers.layers.map((layer, index) => ({ layer, index })).filter(({ layer }) => isAtWork(settings.mode, layer));
  if (masked.length === 0) return say`No mask is drawn: every unit takes part.`;
  if (settings.mode === 'gaussian')
    return say`Noise of mean 1 and standard deviation ${marked('number', fixed(gaussianSd(settings.p)))} is drawn for ${grouped(masked.reduce((sum, { layer }) => sum + layer.drawn, 0))} activations.`;
  const parts = masked.map(
    ({ layer, index }) =>
      `${layerName(index, numbers.layers.length).toLowerCase()} keeps ${grouped(layer.kept)} of ${grouped(layer.drawn)} (${percent(layer.drawn === 0 ? 1 : layer.kept / layer.drawn)})`,
  );
  const what =
    settings.mode === 'dropconnect'
      ? 'weights'
      : settings.maskScope === 'batch'
        ? 'units, the same for the whole batch'
        : 'units, anew for each example';
  return say`A coin is tossed for ${what}: ${listed(parts)}.`;
}

function forwardWords(settings: Settings, numbers: Numbers): Phrase {
  const layer = numbers.layers.at(-2);
  if (!layer || numbers.layers.length < 3) return say`The inputs go straight to the output.`;
  const scale =
    isAtWork(settings.mode, layer) && layer.scale !== 1 && settings.mode !== 'alpha'
      ? ` Survivors are multiplied by ${fixed(layer.scale)}.`
      : '';
  return say`The batch runs through what is left.${scale} The last hidden layer’s mean is ${marked('train', fixed(layer.trainMean))}; the whole network would give ${marked('eval', fixed(layer.evalMean))}.`;
}

/** Returns the caption of a stage. `numbers` belong to the rehearsed step. */
export function stageCaption(stage: StageName, settings: Settings, numbers: Numbers, gradients: GradientNumbers): Phrase {
  const { header } = numbers;
  const size = counted(header.batchSize, 'example');
  switch (stage) {
    case 'data':
      return say`${size} of ${grouped(settings.trainSize + settings.points.length)} are taken for step ${grouped(header.shownStep + 1)}.`;
    case 'mask':
      return maskWords(settings, numbers);
    case 'forward':
      return forwardWords(settings, numbers);
    case 'loss':
      if (!Number.isFinite(header.loss)) return say`The loss is not a number: the run has blown up.`;
      return say`The mean loss of the batch is ${marked('train', fixed(header.loss, 3))} with masks; without, it would be ${marked('eval', fixed(header.evalLoss, 3))}.`;
    case 'backward': {
      const { blockedCells, hiddenCells } = gradients;
      if (hiddenCells === 0) return say`The error goes straight back to the weights.`;
      return say`The error flows back through the same mask, times the same scale: it stops at ${grouped(blockedCells)} of the ${counted(hiddenCells, 'hidden cell')} shown.`;
    }
    case 'update':
      return say`Each weight moves against its gradient, at rate ${marked('number', compact(settings.learningRate))}. The largest gradient of a weight shown is ${marked('number', compact(gradients.largestWeightGradient))}.`;
    default:
      return stage satisfies never;
  }
}
