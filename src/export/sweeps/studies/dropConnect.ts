/** Outputs that read the same inputs, under unit dropout and under DropConnect, for export. */
import type { DropConnectParams } from '../../../protocol/studyParams';
import type { DropConnectResult, OutputStatistics } from '../../../protocol/studyResults';
import { type Check, maskOf, NORMALS, nearly } from '../checks';
import type { StudyScript } from '../frame';

/** Draws whose first two outputs are compared one by one. */
const NUM_SHOWN = 8;
/** Random numbers that a device holds at once, over all seeds. */
const DRAWS_AT_ONCE = 20_000_000;

const CODE = `def statistics_of(name, z, mask, predicted, p):
    """Return what outputs [DRAWS, OUTPUTS] have in common, and what theory says of it."""
    distance = z - z.mean(0)
    covariance = jnp.einsum("da,db->ab", distance, distance) / (DRAWS - 1)
    correlation_of = lambda matrix: jnp.where(p > 0, matrix[0, 1] / jnp.sqrt(matrix[0, 0] * matrix[1, 1]), jnp.nan)
    numbers = dict(
        mask=mask.astype(jnp.uint8),
        mean=z.mean(0),
        covariance=covariance,
        predicted_covariance=predicted,
        correlation=correlation_of(covariance),
        predicted_correlation=correlation_of(predicted),
        cloud=z[:${NUM_SHOWN}, :2],
    )
    return {f"{name}_{word}": number for word, number in numbers.items()}


def study(seed, p):
    """Draw outputs of one layer under masked inputs and under masked weights; return how they vary together."""
    weights = normal(stream_key(seed, "weights"), (OUTPUTS, INPUTS))
    terms = weights * normal(stream_key(seed, "inputs"), (INPUTS,))
    unit_key, weight_key = (fold_in(stream_key(seed, "passes"), part) for part in range(2))
    units = draw_mask(unit_key, p, (DRAWS, 1, INPUTS))  # a dropped input is gone from all outputs
    connections = draw_mask(weight_key, p, (DRAWS, OUTPUTS, INPUTS))
    outputs_under = lambda mask: jnp.where(mask, terms / (1 - p), 0.0).sum(2)
    together = p / (1 - p) * terms @ terms.T
    return {
        **statistics_of("unit", outputs_under(units), units[0], together, p),
        **statistics_of("weight", outputs_under(connections), connections[0], together * jnp.eye(OUTPUTS), p),
    }`;

/** Returns the greatest Σ |w x| of an output: the size of what is added up. */
function sizeOf({ outputs }: DropConnectParams, { weights, inputs }: DropConnectResult): number {
  const sizes = Array.from({ length: outputs }, (_, o) =>
    inputs.reduce((sum, x, i) => sum + Math.abs(x * (weights[o * inputs.length + i] ?? 0)), 0),
  );
  return Math.max(...sizes);
}

function statisticsChecks(name: string, mask: Uint8Array, statistics: OutputStatistics, size: number, p: number): Check[] {
  const { mean, covariance, predictedCovariance, correlation, predictedCorrelation, cloud } = statistics;
  const spread = size / Math.sqrt(1 - p);
  const varies = Math.min(covariance[0] ?? 0, covariance[Math.sqrt(covariance.length) + 1] ?? 0) > 1e-9 * spread ** 2;
  return [
    maskOf(`${name}_mask`, mask),
    nearly(`${name}_mean`, mean, spread),
    nearly(`${name}_covariance`, covariance, spread ** 2),
    nearly(`${name}_predicted_covariance`, predictedCovariance, spread ** 2),
    // Of outputs that never vary the correlation is rounding alone.
    ...(varies ? [nearly(`${name}_correlation`, correlation, spread ** 2 / Math.min(covariance[0] ?? 0, covariance.at(-1) ?? 0))] : []),
    ...(p > 0 ? [nearly(`${name}_predicted_correlation`, predictedCorrelation, 1)] : []),
    nearly(`${name}_cloud`, cloud.subarray(0, 2 * NUM_SHOWN), size / (1 - p)),
  ];
}

export const dropConnectScript: StudyScript<'dropConnect', 'p'> = {
  title: 'outputs that read the same inputs, under unit dropout and under DropConnect',
  axis: 'p',
  axisWords: 'drop probabilities, of an input or of a weight',
  words: { inputs: 'inputs of the layer', outputs: 'outputs that all read them', draws: 'masks drawn, each way' },
  prose:
    'What is kept is divided by 1 - p. Means and variances are the same both ways; the covariance is not, for a dropped input is missed by ' +
    'all outputs at once.',
  code: () => CODE,
  checks: (params, result, p) => [
    ...statisticsChecks('unit', result.unitMask, result.unitDropout, sizeOf(params, result), p),
    ...statisticsChecks('weight', result.weightMask, result.dropConnect, sizeOf(params, result), p),
  ],
  tolerance: NORMALS,
  columns: ['unit_correlation', 'unit_predicted_correlation', 'weight_correlation', 'weight_predicted_correlation'],
  seedsAtOnce: ({ inputs, outputs, draws }) => Math.max(1, Math.min(8, Math.floor(DRAWS_AT_ONCE / (inputs * outputs * draws)))),
};
