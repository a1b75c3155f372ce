/** Bernoulli and Gaussian noise of equal mean and variance, for export. */
import type { NoiseMoments } from '../../../protocol/studyResults';
import { type Check, exactly, NORMALS, nearly, OF_NORMALS, OF_ORDER } from '../checks';
import type { StudyScript } from '../frame';

const CODE = `def moments_of(name, values):
    """Return mean, variance, and the third and fourth central moment."""
    distance = values - values.mean()
    powers = dict(variance=distance**2, third=distance**3, fourth=distance**4)
    return {f"{name}_mean": values.mean(), **{f"{name}_{word}": power.mean() for word, power in powers.items()}}


def study(seed, p):
    """Draw multipliers of activations, two ways; return how many there are of each kind, and their moments."""
    kept = draw_mask(stream_key(seed, "passes"), p, (DRAWS,))
    noise = normal(stream_key(seed, "inputs"), (DRAWS,))
    bernoulli = kept / (1 - p)
    gaussian = 1 + jnp.sqrt(p / (1 - p)) * noise
    return dict(
        kept=kept.sum(),
        negative=(gaussian < 0).sum(),
        **moments_of("bernoulli", bernoulli),
        **moments_of("gaussian", gaussian),
    )`;

/** The moments of one kind; each may stray by a share of the size that such a moment has. */
function momentChecks(name: string, { mean, variance, third, fourth }: NoiseMoments, spread: number, relative: number): Check[] {
  return [
    nearly(`${name}_mean`, mean, 1 + spread, relative),
    nearly(`${name}_variance`, variance, spread ** 2, relative),
    nearly(`${name}_third`, third, 3 * spread ** 3, relative),
    nearly(`${name}_fourth`, fourth, 5 * Math.max(spread ** 4, fourth), relative),
  ];
}

export const momentsScript: StudyScript<'moments', 'p'> = {
  title: 'Bernoulli and Gaussian noise of equal mean and variance',
  axis: 'p',
  axisWords: 'drop probabilities',
  words: { draws: 'multipliers drawn, of each kind' },
  prose:
    'A kept activation is multiplied by 1 / (1 - p), a dropped one by 0; or each by 1 + sigma * normal with the same variance, p / (1 - p).',
  code: () => CODE,
  checks: ({ p, draws }, { bernoulli, gaussian }) => {
    const sigma = Math.sqrt(p / (1 - p));
    return [
      // The mean of what is either 0 or 1 / (1 − p) tells how many were kept.
      exactly('kept', Math.round(bernoulli.measured.mean * (1 - p) * draws)),
      // A multiplier next to 0 may lie on its other side.
      { name: 'negative', wanted: Math.round(gaussian.negativeShare * draws), allowed: 1 },
      ...momentChecks('bernoulli', bernoulli.measured, sigma, OF_ORDER),
      ...momentChecks('gaussian', gaussian.measured, sigma, OF_NORMALS),
    ];
  },
  tolerance: `${NORMALS} A multiplier next to 0 may so change its sign. Bernoulli moments differ by the order of additions only.`,
  columns: ['bernoulli_variance', 'gaussian_variance', 'bernoulli_third', 'gaussian_third'],
};
