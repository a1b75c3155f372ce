/**
 * One sentence under each figure: what to look for, then what is true now, with the present numbers. Pure functions of numbers and settings;
 * every mode and phase, NaN, p = 0 and p = 1 have their own words.
 */
import { datasetShape } from '../../protocol/network';
import type { Settings } from '../../protocol/settings';
import type { Convention } from '../../store/labStore';
import { layerName } from '../../viz/columns';
import { bothWays } from './convention';
import { counted, fixed, grouped, listed, percent, portion } from './format';
import { gaussianSd, scalingClause } from './modes';
import type { LayerNumbers, Numbers } from './numbers';
import { marked, type Phrase, plain, say } from './phrase';

function maskedLayers(numbers: Numbers): { layer: LayerNumbers; layerIndex: number }[] {
  return numbers.layers.map((layer, layerIndex) => ({ layer, layerIndex })).filter(({ layer }) => layer.masked === 1);
}

function totals(layers: readonly { layer: LayerNumbers }[]): { kept: number; drawn: number } {
  return layers.reduce((sum, { layer }) => ({ kept: sum.kept + layer.kept, drawn: sum.drawn + layer.drawn }), { kept: 0, drawn: 0 });
}

/** Says what the network diagram shows. */
export function networkCaption(settings: Settings, numbers: Numbers): Phrase {
  const { phase, mode } = settings;
  const links = 'A thick link is a large weight; green adds, purple takes away.';
  if (phase === 'eval')
    return say`${marked('eval', 'Eval')}: every unit works${mode === 'standard' ? ', turned down by keep' : ''}. ${links}`;
  const masked = maskedLayers(numbers);
  if (mode === 'none' || (masked.length === 0 && mode !== 'dropconnect')) return say`No unit is dropped. ${links}`;
  if (mode === 'gaussian') return say`No unit is dropped: each is multiplied by its own noise. ${links}`;
  const { kept, drawn } = totals(masked);
  if (mode === 'dropconnect')
    return say`DropConnect takes out single links: ${kept === drawn ? 'all are kept' : `${grouped(drawn - kept)} of ${grouped(drawn)} are out in this batch`}. ${links}`;
  const pass = phase === 'mc' ? marked('mc', 'One masked pass') : marked('train', 'This step');
  return say`${pass}: hatched units are out, with all their links. ${links}`;
}

/** Says how many mask entries of one layer are kept, against what p promises: "kept 47 % of 288, expected 50 %". */
export function maskCaption(settings: Settings, layer: LayerNumbers): Phrase {
  if (settings.phase === 'eval') return say`whole: nothing is dropped in ${marked('eval', 'eval')}`;
  if (settings.mode === 'none') return say`no mask`;
  if (layer.masked !== 1 || layer.drawn === 0)
    return settings.mode === 'gaussian' ? say`no noise at p = 0` : say`nothing dropped: ${bothWays('drop', layer.p)}`;
  if (settings.mode === 'gaussian') return say`noise sd ${marked('number', fixed(gaussianSd(layer.p)))} on ${grouped(layer.drawn)} values`;
  const share = layer.kept / layer.drawn;
  const what = settings.mode === 'dropconnect' ? ' weights' : '';
  return say`kept ${marked('strong', percent(share))} of ${marked('number', grouped(layer.drawn))}${what}, expected ${marked('number', percent(layer.keepProb))}`;
}

/** Says how far the observed share of kept entries may stray: three standard deviations of a binomial share. */
export function keptBand(layer: Pick<LayerNumbers, 'keepProb' | 'drawn'>): { low: number; high: number } {
  const spread = layer.drawn === 0 ? 0 : 3 * Math.sqrt((layer.keepProb * (1 - layer.keepProb)) / layer.drawn);
  return { low: Math.max(0, layer.keepProb - spread), high: Math.min(1, layer.keepProb + spread) };
}

/** Says what the rows and columns of the mask heatmap are. */
export function maskLegend(settings: Settings, numRows: number): readonly string[] {
  const columns = settings.mode === 'spatial' && settings.channelSize > 1 ? `units, in channels of ${settings.channelSize}` : 'units';
  const rows =
    settings.maskScope === 'batch' && settings.mode !== 'none'
      ? `${counted(numRows, 'example')}, one mask for all`
      : counted(numRows, 'example');
  return [`rows: ${rows}`, `columns: ${columns}`];
}

/** Compares the two means of a layer; "≈" when they differ by less than three standard errors of the mask's own noise, or 2 %. */
export function meansAgree(layer: LayerNumbers): boolean {
  const gap = Math.abs(layer.trainMean - layer.evalMean);
  const allowed = Math.max(3 * layer.predictedError, 0.02 * Math.max(Math.abs(layer.trainMean), Math.abs(layer.evalMean)), 0.005);
  return gap <= allowed;
}

/** Says what the histogram of one layer shows: both means, spread, zeros, and what theory predicts. */
export function activationCaption(layer: LayerNumbers): Phrase {
  if (!Number.isFinite(layer.trainMean) || !Number.isFinite(layer.evalMean)) return say`The activations are no longer numbers.`;
  const predicted =
    layer.masked === 1
      ? say` Theory expects a train mean of ${marked('number', fixed(layer.predictedMean))} ± ${marked('number', fixed(layer.predictedError))}.`
      : say``;
  return say`mean ${marked('train', fixed(layer.trainMean))} against ${marked('eval', fixed(layer.evalMean))}, sd ${marked('train', fixed(layer.trainSd))} against ${marked('eval', fixed(layer.evalSd))}, zeros ${marked('train', percent(layer.trainZeros))} against ${marked('eval', percent(layer.evalZeros))}.${predicted}`;
}

function readShare(accuracy: number): string {
  return Number.isNaN(accuracy) ? '' : percent(accuracy);
}

/** Says what the decision surface, the regression curve or the digits show, and how well. */
export function surfaceCaption(settings: Settings, numbers: Numbers): Phrase {
  const { header } = numbers;
  const { loss } = datasetShape(settings.dataset);
  const inMc = settings.phase === 'mc';
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
  const { header } = numbers;
  if (!Number.isFinite(header.trainLoss) || !Number.isFinite(header.testLoss)) return say`The loss is no longer a number.`;
  if (header.step === 0)
    return say`Before the first step: loss ${marked('eval', fixed(header.trainLoss))} on the training points, ${marked('number', fixed(header.testLoss))} on the test points.`;
  const masked = Number.isFinite(header.loss) ? fixed(header.loss) : 'none';
  const noisy = settings.mode !== 'none' && (settings.p > 0 || settings.inputP > 0);
  const gap = header.loss - header.trainLoss;
  const why = !noisy
    ? 'Without dropout, training with and without masks is the same thing.'
    : gap > 0.005
      ? 'Masks make the task harder, so the masked loss lies above the same points in eval.'
      : 'The masked loss of one batch scatters around the loss of the whole set.';
  return say`Train ${marked('train', masked)} with masks, ${marked('eval', fixed(header.trainLoss))} in eval, test ${marked('number', fixed(header.testLoss))}. ${why}`;
}

function meansClause(settings: Settings, numbers: Numbers): Phrase {
  const masked = maskedLayers(numbers).filter(({ layerIndex }) => layerIndex > 0);
  const last = masked.at(-1);
  if (!last) return say``;
  const { layer, layerIndex } = last;
  const name = layerName(layerIndex, numbers.layers.length).toLowerCase();
  const pair = `${fixed(layer.trainMean)} ${meansAgree(layer) ? '≈' : '≠'} ${fixed(layer.evalMean)}`;
  if (!Number.isFinite(layer.trainMean) || !Number.isFinite(layer.evalMean)) return say``;
  const both = say`${marked('train', 'train')} and ${marked('eval', 'eval')} means`;
  if (meansAgree(layer)) {
    const why = settings.mode === 'unscaled' ? 'Even so the ' : 'That is why the ';
    return say` ${why}${both} of ${name} agree: ${marked('agree', pair)}.`;
  }
  const because =
    settings.mode === 'unscaled'
      ? 'So the'
      : settings.mode === 'alpha'
        ? 'Alpha keeps the mean of a standard normal, not of each unit, so the'
        : 'Deeper layers are not linear, so the';
  return say` ${because} ${both} of ${name} part: ${marked('differ', pair)}.`;
}

function dropClause(settings: Settings, numbers: Numbers): Phrase {
  const { mode, p } = settings;
  const layer = numbers.layers.find((each, index) => index > 0 && each.masked === 1);
  const scale = layer?.scale ?? 1;
  if (settings.hidden.length === 0)
    return settings.inputP > 0 && mode !== 'none'
      ? say`There is no hidden layer; only inputs can drop out.`
      : say`There is no hidden layer to drop from.`;
  if (mode === 'none') return say`No unit ever sits out: this is plain training, to compare with.`;
  if (!layer && p === 0) return say`With drop 0.00 every unit stays, in every step: dropout is on and does nothing.`;
  if (mode === 'gaussian')
    return say`Nobody sits out: each activation is multiplied by noise of mean 1 and standard deviation ${marked('number', fixed(gaussianSd(p)))}.`;
  if (p === 1) return say`Everybody sits out: nothing of the data reaches the output.`;
  if (mode === 'dropconnect') return say`${plainStart(p, 'weights')} are cut each step, ${scalingClause('inverted', scale)}.`;
  const who = mode === 'spatial' ? 'channels' : 'units';
  return say`${plainStart(p, who)} ${mode === 'alpha' ? 'are shut off each step:' : 'sit out each step,'} ${scalingClause(mode, scale)}.`;
}

function plainStart(p: number, who: string): string {
  const share = portion(p);
  const text = share === 'half' ? `half the ${who}` : `${share} of the ${who}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Tells in two sentences what happens now: "Half the units sit out each step, so the survivors are doubled. That is why …". */
export function story(settings: Settings, numbers: Numbers): Phrase {
  return say`${dropClause(settings, numbers)}${meansClause(settings, numbers)}`;
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

/** Sums up all mask heatmaps in plain text. */
export function masksSummary(settings: Settings, numbers: Numbers): string {
  const count = numbers.layers.length;
  const parts = numbers.layers.slice(1, -1).map((layer, index) => `${layerName(index + 1, count)}: ${plain(maskCaption(settings, layer))}`);
  return parts.length === 0 ? 'There is no hidden layer.' : `${listed(parts)}.`;
}
