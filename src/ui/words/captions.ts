/**
 * One sentence under each figure: what to look for, then what is true now, with the present numbers. Pure functions of numbers and settings;
 * every mode and phase, NaN, p = 0 and p = 1 have their own words.
 */
import { datasetShape } from '../../protocol/network';
import type { Settings } from '../../protocol/settings';
import type { Convention } from '../../store/labStore';
import { MEAN_WINDOW } from '../../viz/lossCurves';
import { bothWays } from './convention';
import { brief, counted, fixed, grouped, percent } from './format';
import { gaussianSd } from './modes';
import { isAtWork, type LayerNumbers, type Numbers } from './numbers';
import { marked, type Phrase, say } from './phrase';

/** Returns the layers at which dropout is at work, with their places. */
export function layersAtWork(settings: Settings, numbers: Numbers): { layer: LayerNumbers; layerIndex: number }[] {
  return numbers.layers.map((layer, layerIndex) => ({ layer, layerIndex })).filter(({ layer }) => isAtWork(settings.mode, layer));
}

function totals(layers: readonly { layer: LayerNumbers }[]): { kept: number; drawn: number } {
  return layers.reduce((sum, { layer }) => ({ kept: sum.kept + layer.kept, drawn: sum.drawn + layer.drawn }), { kept: 0, drawn: 0 });
}

/** Says what the network diagram shows; `row` is the example on show. */
export function networkCaption(settings: Settings, numbers: Numbers, row: number): Phrase {
  const { phase, mode } = settings;
  const links = 'Thick: a large weight. Green adds, purple takes away.';
  if (phase === 'eval')
    return say`${marked('eval', 'Eval')}: every unit works${mode === 'standard' ? ', turned down by keep' : ''}. ${links}`;
  const pass =
    numbers.header.rehearsal === 1
      ? say`${marked('strong', 'Rehearsal, not trained')}, example ${String(row + 1)}`
      : say`${phase === 'mc' ? marked('mc', 'A masked pass') : marked('train', 'This step')}, example ${String(row + 1)}`;
  const atWork = layersAtWork(settings, numbers);
  if (atWork.length === 0) return say`${pass}: no unit is dropped. ${links}`;
  if (mode === 'gaussian') return say`${pass}: no unit is dropped, each is multiplied by its own noise. ${links}`;
  if (mode === 'dropconnect') {
    const { kept, drawn } = totals(atWork);
    return say`${pass}: single links are out, ${grouped(drawn - kept)} of ${grouped(drawn)} in this batch. ${links}`;
  }
  return say`${pass}: hatched units are out, with all their links. ${links}`;
}

/**
 * Says how many mask entries of one layer are kept, against what p promises: "kept 47 % of 288, expected 50 %". `hasCount` is false while
 * batches of different sizes pass by: the count of one of them would stand under the picture of another.
 */
export function maskCaption(settings: Settings, layer: LayerNumbers, hasCount = true): Phrase {
  if (settings.phase === 'eval') return say`whole: nothing is dropped in ${marked('eval', 'eval')}`;
  if (settings.mode === 'none') return say`no mask`;
  if (settings.mode === 'gaussian') {
    return layer.p === 0 ? say`no noise at drop 0.00` : say`noise of mean 1, sd ${marked('number', fixed(gaussianSd(layer.p)))}`;
  }
  if (layer.drawn === 0) return say`nothing dropped: ${bothWays('drop', layer.p)}`;
  const observed = marked('strong', percent(layer.kept / layer.drawn));
  const drawn = marked('number', grouped(layer.drawn));
  const what = settings.mode === 'dropconnect' ? ' links' : '';
  const expected = marked('number', percent(layer.keepProb));
  return hasCount ? say`kept ${observed} of ${drawn}${what}, expected ${expected}` : say`kept ${observed}, expected ${expected}`;
}

/** Says how far the observed share of kept entries may stray: three standard deviations of a binomial share. */
export function keptBand(layer: Pick<LayerNumbers, 'keepProb' | 'drawn'>): { low: number; high: number } {
  const spread = layer.drawn === 0 ? 0 : 3 * Math.sqrt((layer.keepProb * (1 - layer.keepProb)) / layer.drawn);
  return { low: Math.max(0, layer.keepProb - spread), high: Math.min(1, layer.keepProb + spread) };
}

/** Says what the rows and columns of the mask heatmap are. */
export function maskLegend(settings: Settings, numRows: number): readonly string[] {
  const isShared = settings.maskScope === 'batch' && settings.mode !== 'none';
  if (settings.mode === 'dropconnect')
    return ['rows: units of the next layer', 'columns: units', `links ${isShared ? 'of the batch' : 'of one example'}`];
  const columns = settings.mode === 'spatial' && settings.channelSize > 1 ? `units, in channels of ${settings.channelSize}` : 'units';
  return [`rows: ${counted(numRows, 'example')}${isShared ? ', one mask for all' : ''}`, `columns: ${columns}`];
}

/** How train and eval mean of a layer stand: alike to the eye, apart only as far as one batch of masks scatters, or truly apart. */
type MeansVerdict = 'agree' | 'scatter' | 'part';

/** Compares the two means of a layer: alike within 5 %, and else apart by no more than 3 standard deviations of the masks' own noise. */
export function compareMeans(layer: Pick<LayerNumbers, 'trainMean' | 'evalMean' | 'predictedError'>): MeansVerdict {
  const gap = Math.abs(layer.trainMean - layer.evalMean);
  if (gap <= Math.max(0.05 * Math.max(Math.abs(layer.trainMean), Math.abs(layer.evalMean)), 0.005)) return 'agree';
  return gap <= 3 * layer.predictedError ? 'scatter' : 'part';
}

/** Says the numbers of one layer's histogram in short lines: means, spreads and zeros, and, where there is room, what theory predicts. */
export function activationLines(settings: Settings, layer: LayerNumbers, hasRoom = true): readonly Phrase[] {
  if (!Number.isFinite(layer.trainMean) || !Number.isFinite(layer.evalMean)) return [say`The activations are no longer numbers.`];
  const means = say`mean ${marked('train', brief(layer.trainMean))} vs ${marked('eval', brief(layer.evalMean))}`;
  const sds = say`sd ${marked('train', brief(layer.trainSd))} vs ${marked('eval', brief(layer.evalSd))}`;
  const zeros = say`zeros ${marked('train', percent(layer.trainZeros))} vs ${marked('eval', percent(layer.evalZeros))}`;
  const theory =
    !hasRoom || settings.mode === 'dropconnect' || !isAtWork(settings.mode, layer)
      ? say``
      : say`, theory ${marked('number', `${brief(layer.predictedMean)}\u202f±\u202f${brief(layer.predictedError)}`)}`;
  return [say`${means}${theory}`, say`${sds}, ${zeros}`];
}

/** Says what to look for in the histograms, and whether what was drawn lies where theory expects it. */
export function activationCaption(settings: Settings, numbers: Numbers): Phrase {
  const atWork = layersAtWork(settings, numbers).filter(({ layerIndex }) => layerIndex < numbers.layers.length - 1);
  if (atWork.length === 0) return say`Without dropout, ${marked('train', 'train')} and ${marked('eval', 'eval')} are one and the same.`;
  if (settings.mode === 'dropconnect')
    return say`Cut links shift the sums before the nonlinearity, so ${marked('train', 'train')} spreads around ${marked('eval', 'eval')}.`;
  const outside = atWork.filter(({ layer }) => Math.abs(layer.trainMean - layer.predictedMean) > 3 * layer.predictedError + 1e-6).length;
  const verdict =
    outside === 0
      ? `${atWork.length === 1 ? 'The train mean lies' : 'All train means lie'} within three standard deviations of what theory expects.`
      : `${outside === 1 ? 'One train mean lies' : `${outside} train means lie`} further than three standard deviations from what theory expects.`;
  return say`${marked('train', 'Train')} with masks, ${marked('eval', 'eval')} without. ${verdict}`;
}

function readShare(accuracy: number): string {
  return Number.isNaN(accuracy) ? '' : percent(accuracy);
}

/** Says what the decision surface, the regression curve or the digits show, and how well. */
export function surfaceCaption(settings: Settings, numbers: Numbers): Phrase {
  const { header } = numbers;
  const { loss } = datasetShape(settings.dataset);
  // Digits are read in eval in every phase.
  const inMc = settings.phase === 'mc' && loss !== 'softmax';
  const passes = Math.min(header.surfacePasses, settings.passes);
  const shown = inMc
    ? say`${marked('mc', `Mean of ${counted(passes, 'masked pass', 'masked passes')}`)}; the ${loss === 'squared' ? 'band is one and two standard deviations' : 'ochre veil is their spread'}.`
    : say`${marked('eval', 'Eval mode')}, the whole network.`;
  if (loss === 'squared') return say`${shown} Squared error on the test points: ${marked('number', fixed(header.testLoss, 3))}.`;
  const wrong = Math.round((1 - header.testAccuracy) * settings.testSize);
  const right = readShare(header.testAccuracy);
  if (right === '') return say`${shown}`;
  return say`${shown} ${wrong === 0 ? 'No test point is misread' : wrong === 1 ? '1 test point is misread (ringed)' : `${grouped(wrong)} test points are misread (ringed)`}: ${marked('number', right)} right.`;
}

/** Says what the loss curves show now and why the order of the curves is no mistake. */
export function lossCaption(settings: Settings, numbers: Numbers): Phrase {
  const { header, recentLoss } = numbers;
  if (!Number.isFinite(header.trainLoss) || !Number.isFinite(header.testLoss)) return say`The loss is no longer a number.`;
  if (header.step === 0)
    return say`Before the first step: loss ${marked('eval', fixed(header.trainLoss))} on the training points, ${marked('number', fixed(header.testLoss))} on the test points.`;
  const masked = Number.isFinite(recentLoss) ? fixed(recentLoss) : 'none';
  const noisy = settings.mode !== 'none' && (settings.p > 0 || settings.inputP > 0);
  const gap = recentLoss - header.trainLoss;
  const why = !noisy
    ? 'Without dropout there is no mask to tell them apart.'
    : gap > 0.005
      ? 'Masks make the task harder.'
      : 'Batches scatter around the whole set.';
  return say`Train ${marked('train', masked)} with masks (mean of the last ${String(MEAN_WINDOW)} points), ${marked('eval', fixed(header.trainLoss))} in eval, test ${marked('number', fixed(header.testLoss))}. ${why}`;
}

/** Sums up the whole lab in plain text for the live region. */
export function labSummary(settings: Settings, convention: Convention, numbers: Numbers): string {
  const { header } = numbers;
  const parts = [`Step ${grouped(header.step)}`, bothWays(convention, settings.p)];
  if (Number.isFinite(header.trainLoss)) parts.push(`train loss ${fixed(header.trainLoss)}`, `test loss ${fixed(header.testLoss)}`);
  else parts.push('the loss is not a number');
  if (!Number.isNaN(header.testAccuracy)) parts.push(`test accuracy ${percent(header.testAccuracy)}`);
  return `${parts.join(', ')}.`;
}
