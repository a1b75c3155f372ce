/**
 * Dropout before the activation or after it, under the same mask: the same for ReLU, not for tanh, which bends what was scaled up, nor
 * for sigmoid, which makes 0.5 of a dropped zero as well.
 */
import { bernoulli, normal } from '../../math/threefry';
import type { PlacementParams } from '../../protocol/studyParams';
import type { PlacementResult } from '../../protocol/studyResults';
import { streamKey } from '../keys';
import { exactActivate } from '../net';
import { instantStudy } from '../study';
import { INVERTED } from '../technique';

function compute({ activation, units, p, seed }: PlacementParams): PlacementResult {
  const inputKey = streamKey(seed, 'inputs');
  const maskKey = streamKey(seed, 'passes');
  const z = Float64Array.from({ length: units }, (_, index) => 1.5 * normal(inputKey, index));
  const mask = Uint8Array.from({ length: units }, (_, index) => (p === 0 ? 1 : bernoulli(maskKey, 1 - p, index)));
  const drop = (value: number, index: number) => INVERTED.train(value, { p, kept: mask[index] as number });
  const before = z.map((value, index) => exactActivate(activation, drop(value, index)));
  const after = z.map((value, index) => drop(exactActivate(activation, value), index));
  const greatest = (kept: number) =>
    before.reduce((most, value, index) => (mask[index] === kept ? Math.max(most, Math.abs(value - (after[index] as number))) : most), 0);
  const [droppedDifference, keptDifference] = [greatest(0), greatest(1)];
  return { z, mask, before, after, maxDifference: Math.max(droppedDifference, keptDifference), droppedDifference, keptDifference };
}

export const placementStudy = instantStudy('placement', compute);
