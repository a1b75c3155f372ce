/** The published experiment on a million weights, for export: one trial after another, so that memory does not grow with their number. */
import { exactly, NORMALS, nearly } from '../checks';
import type { StudyScript } from '../frame';

/** Sums that are compared one by one, of the first trials. */
const NUM_SUMS = 8;
/** Weights that a device holds at once, over all seeds. */
const WEIGHTS_AT_ONCE = 2_000_000;

const CODE = `def study(seed, p):
    """Sum normal weights under a fresh mask, TRIALS times; return what came out and what theory expects."""
    weights = normal(stream_key(seed, "weights"), (NUM_WEIGHTS,))
    passes = stream_key(seed, "passes")

    def run_trial(trial):
        kept = draw_mask(fold_in(passes, trial), p, (NUM_WEIGHTS,))
        return jnp.where(kept, weights, 0.0).sum(), kept.sum()

    sums, kept = jax.lax.map(run_trial, jnp.arange(TRIALS))
    keep_prob = jnp.ceil((1 - p).astype(jnp.float32).astype(jnp.float64) * 2**23) / 2**23  # with which a draw really keeps
    mean, expected = sums.mean(), keep_prob * weights.sum()
    predicted_sd = jnp.sqrt(keep_prob * (1 - keep_prob) * (weights**2).sum())
    error = predicted_sd / math.sqrt(TRIALS)
    return dict(
        kept=kept.sum(),
        weight_sum=weights.sum(),
        mean=mean,
        expected=expected,
        error=error,
        z=jnp.where(error == 0, 0.0, (mean - expected) / error),
        scaled_mean=mean / keep_prob,
        sample_sd=sums.std(ddof=1),
        predicted_sd=predicted_sd,
        first_sums=sums[:${NUM_SUMS}],
    )`;

/** The size of a sum of so many normal weights: it grows with the root, but what libraries round differently adds up. */
function sizeOf(numWeights: number): number {
  return Math.sqrt(numWeights) + numWeights / 40;
}

export const millionWeightsScript: StudyScript<'millionWeights', 'ps'> = {
  title: 'sums of normal weights under fresh masks, trial after trial',
  axis: 'ps',
  axisName: 'p',
  axisWords: 'drop probabilities; they share their random numbers, so that masks are nested',
  own: ({ ps }) => ps,
  words: { numWeights: 'weights, drawn once from N(0, 1)', trials: 'masks drawn, one after another' },
  prose:
    'lax.map goes through the trials one by one, so that no more than NUM_WEIGHTS random numbers for each seed are in memory at a time. ' +
    'A million weights and a thousand trials are a thousand million draws for each seed: minutes on a CPU, seconds on a GPU.',
  code: () => CODE,
  checks: ({ numWeights, trials, ps }, { weightSum, columns }, p) => {
    const column = columns[ps.indexOf(p)];
    if (column === undefined) throw new RangeError(`p must be one of the study's, got ${p}`);
    const { keepProb, error } = column;
    const scale = sizeOf(numWeights);
    return [
      exactly('kept', Math.round(column.keptShare * numWeights * trials)),
      nearly('weight_sum', weightSum, scale),
      nearly('mean', column.mean, scale),
      nearly('expected', column.expected, scale),
      nearly('error', error, scale / Math.sqrt(trials)),
      nearly('z', column.z, error === 0 ? 0 : scale / error),
      nearly('scaled_mean', column.scaledMean, scale / keepProb),
      nearly('sample_sd', column.sampleSd, scale),
      nearly('predicted_sd', column.predictedSd, scale),
      nearly('first_sums', column.sums.subarray(0, NUM_SUMS), scale),
    ];
  },
  tolerance: `${NORMALS} Sums of many may differ by 3e-7 for each.`,
  columns: ['mean', 'expected', 'scaled_mean', 'z'],
  seedsAtOnce: ({ numWeights }) => Math.max(1, Math.min(8, Math.floor(WEIGHTS_AT_ONCE / numWeights))),
};
