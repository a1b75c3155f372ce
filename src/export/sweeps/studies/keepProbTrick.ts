/** `tf.nn.dropout(w, written) * written` as TF 1 and as TF 2 read it, for export. */
import type { TrickReading } from '../../../protocol/studyResults';
import { type Check, exactly, NORMALS, nearly } from '../checks';
import type { StudyScript } from '../frame';

/** Random numbers that a device holds at once, over all seeds. */
const DRAWS_AT_ONCE = 20_000_000;

const CODE = `def read_line(name, key, weights, p, keep):
    """Read the line as a framework that keeps with probability keep: a surviving weight times p / keep."""
    keep32 = keep.astype(jnp.float32)
    mask = jax.random.bernoulli(key, keep32, (DRAWS, WEIGHTS))
    sums = jnp.where(mask, p / keep * weights, 0.0).sum(1)
    keep_prob = jnp.ceil((1 - (1 - keep)).astype(jnp.float32).astype(jnp.float64) * 2**23) / 2**23  # with which a draw really keeps
    numbers = dict(
        kept=mask.sum(),
        factor=p / keep,
        mean=sums.mean(),
        expected=keep_prob * (p / keep) * weights.sum(),
        sd=sums.std(ddof=1),
        predicted_sd=p / keep * jnp.sqrt(keep_prob * (1 - keep_prob) * (weights**2).sum()),
    )
    return {f"{name}_{word}": number for word, number in numbers.items()}


def study(seed, p):
    """Read the same line twice; p is the number in the code. Return what becomes of the sum of the weights."""
    weights = normal(stream_key(seed, "weights"), (WEIGHTS,))
    passes = stream_key(seed, "passes")
    return dict(
        weight_sum=weights.sum(),
        right_eval=p * weights.sum(),
        **read_line("tf1", fold_in(passes, 1), weights, p, keep=p),
        **read_line("tf2", fold_in(passes, 2), weights, p, keep=1 - p),
    )`;

function readingChecks(name: string, reading: TrickReading, { weights, draws }: { weights: number; draws: number }): Check[] {
  const { keptShare, factor, mean, expected, sd, predictedSd } = reading;
  const scale = factor * Math.sqrt(weights); // of such a sum
  return [
    exactly(`${name}_kept`, Math.round(keptShare * weights * draws)),
    nearly(`${name}_factor`, factor, factor),
    nearly(`${name}_mean`, mean, scale),
    nearly(`${name}_expected`, expected, scale),
    nearly(`${name}_sd`, sd, scale),
    nearly(`${name}_predicted_sd`, predictedSd, scale),
  ];
}

export const keepProbTrickScript: StudyScript<'keepProbTrick', 'written'> = {
  title: 'tf.nn.dropout(w, written) * written, read by TF 1 and by TF 2',
  axis: 'written',
  axisWords: 'numbers in the code, meant as keep probabilities',
  words: { weights: 'weights of the layer, whose inputs are one', draws: 'masks drawn, for each reading' },
  prose:
    'In TF 1 the second place of dropout is the keep probability, and the scales cancel. In TF 2 it is the drop probability: the same line ' +
    'keeps the other share, and the scales no longer cancel.',
  code: () => CODE,
  checks: (params, { weightSum, rightEval, tf1, tf2 }) => [
    nearly('weight_sum', weightSum, Math.sqrt(params.weights)),
    nearly('right_eval', rightEval, Math.sqrt(params.weights)),
    ...readingChecks('tf1', tf1, params),
    ...readingChecks('tf2', tf2, params),
  ],
  tolerance: NORMALS,
  columns: ['tf1_mean', 'tf2_mean', 'tf1_sd', 'tf2_sd'],
  seedsAtOnce: ({ weights, draws }) => Math.max(1, Math.min(8, Math.floor(DRAWS_AT_ONCE / (weights * draws)))),
};
