/** The two sentences that sum up the lab: what dropout does to the units now, and what that does to the means. Pure; comes with the reader. */
import type { Settings } from '../../protocol/settings';
import { layerName } from '../../viz/columns';
import { compareMeans, layersAtWork } from './captions';
import { brief, fixed, portion } from './format';
import { expectedScale, gaussianSd, scalingClause } from './modes';
import { isAtWork, type Numbers } from './numbers';
import { marked, type Phrase, say } from './phrase';

/** Why the means part where they do. */
function partingReason(settings: Settings): string {
  if (settings.mode === 'unscaled') return 'So the';
  if (settings.mode === 'alpha') return 'Alpha keeps the mean of a standard normal, not of each unit, so the';
  return settings.inputP > 0 ? 'What the dropped inputs change passes through a nonlinearity, so the' : 'In this batch the';
}

function meansClause(settings: Settings, numbers: Numbers): Phrase {
  const first = layersAtWork(settings, numbers).find(({ layerIndex }) => layerIndex > 0);
  if (!first || settings.mode === 'dropconnect') return say``;
  const { layer, layerIndex } = first;
  if (!Number.isFinite(layer.trainMean) || !Number.isFinite(layer.evalMean)) return say``;
  const name = layerName(layerIndex, numbers.layers.length).toLowerCase();
  if (layer.evalZeros === 1) return say` But ${name} is silent for this whole batch: there is nothing to scale.`;
  const [train, whole] = [brief(layer.trainMean), brief(layer.evalMean)];
  const both = say`${marked('train', 'train')} and ${marked('eval', 'eval')} means of ${name}`;
  const keepsMean = settings.mode !== 'unscaled' && settings.mode !== 'alpha';
  switch (compareMeans(layer)) {
    case 'agree':
      return say` ${keepsMean ? 'That is why the' : 'By chance the'} ${both} agree: ${marked('agree', `${train} ≈ ${whole}`)}.`;
    case 'scatter':
      return keepsMean
        ? say` That is why the ${both} agree over many masks; this batch drew ${marked('train', train)} against ${marked('eval', whole)}.`
        : say` ${partingReason(settings)} ${both} part: ${marked('differ', `${train} ≠ ${whole}`)}.`;
    case 'part':
      return say` ${partingReason(settings)} ${both} part: ${marked('differ', `${train} ≠ ${whole}`)}.`;
  }
}

function dropClause(settings: Settings, numbers: Numbers): Phrase {
  const { mode, p } = settings;
  const layer = numbers.layers.find((each, index) => index > 0 && isAtWork(mode, each));
  const scale = layer?.scale ?? expectedScale(mode, p);
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
