/** The numbers of the crowd as the page shows them: words, tables and the reading of a mask's number. Pure. */
import type { SubnetworksResult } from '../../../protocol/studyResults';
import { counted, fixed, grouped, percent } from '../../words/format';
import type { NumberTable } from '../shell/FigureBox';
import type { Crowd, Place, Verdict } from './useCrowd';

/** Differences below this are rounding. */
const ROUNDING = 1e-12;

/** Returns which masked units a mask keeps, unit 0 first. Bit i of the number is unit i. */
export function maskBits(maskId: number, numMasked: number): Uint8Array {
  return Uint8Array.from({ length: numMasked }, (_, unit) => (maskId >>> unit) & 1);
}

/** Writes a difference: "0.0314", or "1.1e−16, rounding". */
export function gapText(a: number, b: number): string {
  const gap = Math.abs(a - b);
  if (gap === 0) return '0';
  return gap < ROUNDING ? `${gap.toExponential(0).replace('-', '−')}, rounding` : fixed(gap, 4);
}

export function placeText({ x, y }: Place): string {
  return `(${fixed(x)}, ${fixed(y)})`;
}

export function structureText({ hidden }: Pick<Verdict, 'hidden'>): string {
  return hidden.length === 1 ? `one masked layer, ${hidden[0]} units` : `two masked layers, ${hidden.join(' and ')} units`;
}

/** Returns the numbers of the crowd at the place; without the means, its histogram alone. */
export function crowdTable(crowd: Crowd | null, numMasks: number, hasMeans = true): NumberTable {
  if (crowd === null) return { caption: 'Still training', headers: ['prediction', 'share of the crowd'], rows: [] };
  const bins = crowd.histogram.length;
  return {
    caption: `What ${grouped(numMasks)} masks predict, weighted by their chance`,
    headers: ['prediction', 'share of the crowd'],
    rows: [
      ...(hasMeans
        ? [
            ['arithmetic mean', fixed(crowd.arithmeticMean, 6)],
            ['geometric mean, normalised', fixed(crowd.geometricMean, 6)],
            ['weight scaling, one pass', fixed(crowd.weightScaling, 6)],
          ]
        : []),
      ['standard deviation', fixed(crowd.sd, 6)],
      [`mean of ${grouped(crowd.passMeans.length)} Monte-Carlo passes`, fixed(crowd.passMeans.at(-1) ?? Number.NaN, 6)],
      ...[...crowd.histogram].flatMap((share, bin) =>
        share > 5e-5 ? [[`${fixed(bin / bins, 3)} to ${fixed((bin + 1) / bins, 3)}`, fixed(share, 4)]] : [],
      ),
    ],
  };
}

/** Says how many different sub-networks the training has used. */
export function trainedText({ distinctTrained, numMasks, maskDraws, expectedDistinct }: SubnetworksResult): string {
  return `${counted(distinctTrained, 'different sub-network')} of ${grouped(numMasks)} trained so far, in ${counted(maskDraws, 'draw')}; as many independent draws give ${fixed(expectedDistinct, 1)} on average.`;
}

/** Returns the drawn sub-networks and how the count of different ones grew. */
export function wallTable(result: SubnetworksResult | null, crowd: Crowd | null): NumberTable {
  return {
    caption: result === null ? 'Still training' : trainedText(result),
    headers: ['mask', 'kept units', 'chance', 'prediction at the place'],
    rows: (crowd?.thumbnails ?? []).map(({ maskId, kept, probability, prediction }) => [
      [...maskBits(maskId, result?.numMasked ?? 0)].join(''),
      String(kept),
      percent(probability, 1),
      fixed(prediction, 3),
    ]),
  };
}
