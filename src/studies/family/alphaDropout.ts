/**
 * SELU layers keep mean 0 and variance 1 by themselves; plain dropout between them breaks that, alpha dropout does not.
 *
 * The three stacks share inputs, weights and masks. Source: Klambauer et al. 2017, section 3.
 */
import { ALPHA_DROPPED, alphaAffine } from '../../math/dropout';
import { momentsOf } from '../../math/statistics';
import { bernoulli, foldIn, normal } from '../../math/threefry';
import type { AlphaDropoutParams } from '../../protocol/studyParams';
import type { AlphaDropoutResult } from '../../protocol/studyResults';
import { streamKey } from '../keys';
import { exactActivate, linear } from '../net';
import type { Study } from '../study';
import { ALPHA, INVERTED, type Technique } from '../technique';

type Moments = { mean: number[]; variance: number[] };
type Variant = 'none' | 'alpha' | 'inverted';
const VARIANTS: readonly Variant[] = ['none', 'alpha', 'inverted'];
const TECHNIQUES: Readonly<Record<Variant, Technique | null>> = { none: null, alpha: ALPHA, inverted: INVERTED };

function resultOf(p: number, lines: Readonly<Record<Variant, Moments>>): AlphaDropoutResult {
  const { scale, shift } = alphaAffine(p);
  const copy = ({ mean, variance }: Moments) => ({ mean: [...mean], variance: [...variance] });
  const [none, alpha, inverted] = VARIANTS.map((variant) => copy(lines[variant])) as [Moments, Moments, Moments];
  return { none, alpha, inverted, dropped: scale * ALPHA_DROPPED + shift, scale, shift };
}

export const alphaDropoutStudy: Study<'alphaDropout', AlphaDropoutResult> = {
  name: 'alphaDropout',
  jobs: () => [1],
  *run({ numLayers, units, batchSize, p, seed }: AlphaDropoutParams) {
    const inputKey = streamKey(seed, 'inputs');
    const inputs = Float64Array.from({ length: batchSize * units }, (_, index) => normal(inputKey, index));
    const noBiases = new Float64Array(units);
    const outputs: Record<Variant, Float64Array> = { none: inputs, alpha: inputs, inverted: inputs };
    const lines: Record<Variant, Moments> = {
      none: { mean: [], variance: [] },
      alpha: { mean: [], variance: [] },
      inverted: { mean: [], variance: [] },
    };
    for (let layer = 1; layer <= numLayers; layer++) {
      const weightKey = foldIn(streamKey(seed, 'weights'), layer);
      const maskKey = foldIn(streamKey(seed, 'passes'), layer);
      const sd = 1 / Math.sqrt(units); // LeCun's
      const weights = Float64Array.from({ length: units * units }, (_, index) => sd * normal(weightKey, index));
      const mask = Uint8Array.from({ length: batchSize * units }, (_, index) => bernoulli(maskKey, 1 - p, index));
      for (const variant of VARIANTS) {
        const technique = p === 0 ? null : TECHNIQUES[variant];
        const activation = linear(weights, noBiases, outputs[variant]).map((z) => exactActivate('selu', z));
        const output = technique === null ? activation : activation.map((a, i) => technique.train(a, { p, kept: mask[i] as number }));
        const { mean, variance } = momentsOf(output);
        lines[variant].mean.push(mean);
        lines[variant].variance.push(variance);
        outputs[variant] = output;
      }
      yield { share: layer / (numLayers + 1), peek: () => resultOf(p, lines) };
    }
    return resultOf(p, lines);
  },
  reduce: (_, [partial]) => partial as AlphaDropoutResult,
};
