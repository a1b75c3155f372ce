/** SELU layers under alpha dropout and under plain inverted dropout, for export. */
import type { LayerMoments } from '../../../protocol/studyResults';
import { type Check, NORMALS, nearly, OF_ORDER } from '../checks';
import type { StudyScript } from '../frame';

const CODE = `ALPHA_DROPPED = -1.6732632423543772 * 1.0507009873554805  # what SELU tends to on the left


def study(seed, p):
    """Pass the same inputs through SELU layers three ways; return mean and variance of each layer's output."""
    scale = 1 / jnp.sqrt((1 - p) * (1 + p * ALPHA_DROPPED**2))
    shift = -scale * ALPHA_DROPPED * p
    drops = dict(
        none=lambda a, kept: a,
        alpha=lambda a, kept: scale * jnp.where(kept, a, ALPHA_DROPPED) + shift,  # gives mean 0 and variance 1 back
        inverted=lambda a, kept: jnp.where(kept, a / (1 - p), 0.0),
    )
    inputs = normal(stream_key(seed, "inputs"), (BATCH_SIZE, UNITS))
    outputs, lines = dict.fromkeys(drops, inputs), {name: [] for name in drops}
    for layer in range(1, NUM_LAYERS + 1):
        weights = normal(fold_in(stream_key(seed, "weights"), layer), (UNITS, UNITS)) / math.sqrt(UNITS)  # LeCun's
        kept = draw_mask(fold_in(stream_key(seed, "passes"), layer), p, (BATCH_SIZE, UNITS))
        for name, drop in drops.items():
            outputs[name] = drop(jax.nn.selu(outputs[name] @ weights.T), kept)
            lines[name].append((outputs[name].mean(), outputs[name].var()))
    numbers = dict(dropped=scale * ALPHA_DROPPED + shift, scale=scale, shift=shift)
    for name, line in lines.items():
        means, variances = zip(*line)
        numbers |= {f"{name}_mean": jnp.stack(means), f"{name}_variance": jnp.stack(variances), f"{name}_last_variance": variances[-1]}
    return numbers`;

/** One stack; each layer may stray by a share of the size of its outputs, and by what the layers below it have strayed. */
function stackChecks(name: string, { mean, variance }: LayerMoments): Check[] {
  const squares = mean.map((value, layer) => (layer + 1) ** 2 * (value * value + (variance[layer] ?? 0)));
  return [
    nearly(
      `${name}_mean`,
      mean,
      squares.map((square) => Math.sqrt(square)),
    ),
    nearly(`${name}_variance`, variance, squares),
  ];
}

export const alphaDropoutScript: StudyScript<'alphaDropout', 'p'> = {
  title: 'SELU layers under alpha dropout and under plain dropout',
  axis: 'p',
  axisWords: 'drop probabilities, of every layer but the input',
  words: { numLayers: 'layers', units: 'units of each', batchSize: 'rows of inputs' },
  prose: 'SELU layers keep mean 0 and variance 1 by themselves. The three stacks share inputs, weights and masks.',
  code: () => CODE,
  checks: (_, { none, alpha, inverted, dropped, scale, shift }) => [
    nearly('dropped', dropped, 1 + scale, OF_ORDER),
    nearly('scale', scale, scale, OF_ORDER),
    nearly('shift', shift, 1 + scale, OF_ORDER),
    ...stackChecks('none', none),
    ...stackChecks('alpha', alpha),
    ...stackChecks('inverted', inverted),
  ],
  tolerance: NORMALS,
  columns: ['none_last_variance', 'alpha_last_variance', 'inverted_last_variance'],
};
