/**
 * How a gradient becomes an update: SGD, momentum, Adam, with coupled weight decay and max-norm.
 */

export const OPTIMIZERS = ['sgd', 'momentum', 'adam'] as const;
type Optimizer = (typeof OPTIMIZERS)[number];

export interface UpdateRule {
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly momentum: number; // μ; for Adam β₁
  readonly weightDecay: number; // λ, on weights only
  readonly maxNorm: number; // 0 = off
}

/** What an optimiser remembers of one array of parameters; all zero at step 0. */
export interface Memory {
  readonly first: Float64Array; // velocity, for Adam the running mean of gradients
  readonly second: Float64Array; // Adam: the running mean of squared gradients
}

const ADAM_SECOND_DECAY = 0.999;
const ADAM_EPSILON = 1e-8;

/** Makes the empty memory of an array of parameters. */
export function createMemory(length: number): Memory {
  return { first: new Float64Array(length), second: new Float64Array(length) };
}

/**
 * Updates parameters by one step: `w −= η · direction`, with g the gradient plus `weightDecay · w`.
 *
 * Direction: 'sgd' g; 'momentum' v, `v = μ v + g`; 'adam' `m̂ / (√v̂ + 1e-8)`, `m = β₁ m + (1 − β₁) g`, `v = 0.999 v + 0.001 g²`, both
 * divided by `1 − βᵗ`.
 * Range: `step` is 1 for the first update. Pass weightDecay 0 for biases. Writes: `parameters`, `memory`.
 * Source: Kingma & Ba 2015, algorithm 1; momentum and decay as in `torch.optim.SGD` and `torch.optim.Adam`.
 */
export function updateParameters(
  rule: UpdateRule,
  step: number,
  parameters: Float64Array,
  gradient: ArrayLike<number>,
  memory: Memory,
): void {
  const { first, second } = memory;
  const { momentum, learningRate } = rule;
  parameters.forEach((value, i) => {
    const g = (gradient[i] as number) + rule.weightDecay * value;
    let direction = g;
    if (rule.optimizer === 'momentum') {
      direction = momentum * (first[i] as number) + g;
      first[i] = direction;
    } else if (rule.optimizer === 'adam') {
      first[i] = momentum * (first[i] as number) + (1 - momentum) * g;
      second[i] = ADAM_SECOND_DECAY * (second[i] as number) + (1 - ADAM_SECOND_DECAY) * g * g;
      const mean = first[i] / (1 - momentum ** step);
      const square = second[i] / (1 - ADAM_SECOND_DECAY ** step);
      direction = mean / (Math.sqrt(square) + ADAM_EPSILON);
    }
    parameters[i] = value - learningRate * direction;
  });
}

/**
 * Shortens each vector of incoming weights to length `maxNorm` at most: `w *= maxNorm / ‖w‖` where ‖w‖ is above it. 0 is off.
 *
 * Shape: weights `[outputs, inputs]`, one row per unit. Writes: `weights`. Source: Srivastava et al. 2014, section 5.1.
 */
export function limitNorms(weights: Float64Array, inputs: number, maxNorm: number): void {
  if (maxNorm === 0) return;
  for (let start = 0; start < weights.length; start += inputs) {
    const incoming = weights.subarray(start, start + inputs);
    const norm = Math.sqrt(incoming.reduce((sum, weight) => sum + weight * weight, 0));
    if (norm > maxNorm)
      incoming.forEach((weight, i) => {
        incoming[i] = weight * (maxNorm / norm);
      });
  }
}
