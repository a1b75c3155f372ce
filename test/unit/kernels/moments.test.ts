/** E[output] and Var[output] of the core against table 1.0 of the semantics, within 4 standard errors. */
import { describe, expect, it } from 'vitest';
import { Network } from '../../../src/kernels/network';
import { type DropMode, type LiveSpec, weightMasksOf } from '../../../src/kernels/networkTypes';
import { core, LIVE, makeNetwork, SPEC } from './setup';

const ACTIVATIONS = [-1.3, 0.4, 1, 2.5];
const BATCH = 256;
const PASSES = 24;
const ALPHA = -1.7580993408473766;

/** Mean and variance of the output for an activation, straight from table 1.0; and its fourth central moment, by the two-point law. */
function expected(mode: DropMode, p: number, a: number): { mean: number; variance: number; fourth: number } {
  const q = 1 - p;
  const scale = 1 / Math.sqrt(q * (1 + p * ALPHA * ALPHA));
  const twoPoint = (kept: number, dropped: number) => {
    const mean = q * kept + p * dropped;
    const [up, down] = [kept - mean, dropped - mean];
    return { mean, variance: q * up ** 2 + p * down ** 2, fourth: q * up ** 4 + p * down ** 4 };
  };
  if (mode === 'none') return { mean: a, variance: 0, fourth: 0 };
  if (mode === 'standard' || mode === 'unscaled') return twoPoint(a, 0);
  if (mode === 'gaussian') return { mean: a, variance: (p / q) * a * a, fourth: 3 * ((p / q) * a * a) ** 2 };
  if (mode === 'alpha') return twoPoint(scale * a - scale * ALPHA * p, scale * ALPHA - scale * ALPHA * p);
  return p === 1 ? twoPoint(0, 0) : twoPoint(a / q, 0);
}

/** Outputs of layer 1 for constant activations, over many passes; one list per unit. */
function sample(mode: DropMode, p: number): number[][] {
  const units = ACTIVATIONS.length;
  const made = makeNetwork(
    { sizes: [1, units, 1], activation: 'linear', loss: 'squared', batchSize: BATCH, channelSize: 1 },
    { mode, dropProbabilities: [0, p] },
    BATCH,
  );
  made.network.setParameters(0, new Float32Array(units), Float32Array.from(ACTIVATIONS));
  const lists: number[][] = ACTIVATIONS.map(() => []);
  for (let step = 0; step < PASSES; step++) {
    made.network.rehearse(step);
    made.network.read(1, 'out').forEach((value, i) => {
      lists[i % units]?.push(value);
    });
  }
  return lists;
}

function expectMoments(values: number[], { mean, variance, fourth }: ReturnType<typeof expected>, name: string): void {
  const n = values.length;
  const observed = values.reduce((sum, value) => sum + value, 0) / n;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  const rounding = 1e-6 * (1 + Math.abs(mean) + variance);
  expect(Math.abs(observed - mean), `${name} mean`).toBeLessThanOrEqual(4 * Math.sqrt(variance / n) + rounding);
  expect(Math.abs(spread - variance), `${name} variance`).toBeLessThanOrEqual(
    4 * Math.sqrt(Math.max(0, fourth - variance ** 2) / n) + rounding,
  );
}

describe('outputs in train have the moments of table 1.0', () => {
  for (const mode of ['none', 'standard', 'inverted', 'unscaled', 'gaussian', 'alpha', 'spatial'] as const) {
    it(`DR5 in mode ${mode}`, () => {
      const isOpen = mode === 'gaussian' || mode === 'alpha';
      for (const p of isOpen ? [0, 0.1, 0.37, 0.5, 0.8] : [0, 0.1, 0.37, 0.5, 0.8, 1]) {
        sample(mode, p).forEach((values, unit) => {
          const a = ACTIVATIONS[unit] as number;
          const law = p === 0 ? expected('none', 0, a) : expected(mode, p, a);
          expectMoments(values, law, `p ${p} a ${a}`);
        });
      }
    });
  }

  it('DR5 in mode dropconnect, for pre-activations: mean W v, variance (p/q) Σ w² v²', () => {
    const weights = Float32Array.from([0.5, -1, 2, 0.25]);
    for (const maskScope of ['example', 'batch'] as const) {
      for (const p of [0, 0.1, 0.37, 0.5, 0.8, 1]) {
        const live = { mode: 'dropconnect', maskScope, dropProbabilities: [p] } as const;
        const inputs = [1, 0.5, -0.25, 2];
        const terms = inputs.map((value, i) => value * (weights[i] as number));
        const values: number[] = [];
        const passes = maskScope === 'batch' ? 3000 : PASSES;
        const constant = makeConstant(inputs, live);
        constant.setParameters(0, weights, Float32Array.of(0.125));
        for (let step = 0; step < passes; step++) {
          constant.rehearse(step);
          values.push(...(maskScope === 'batch' ? constant.read(1, 'z').subarray(0, 1) : constant.read(1, 'z')));
        }
        const q = 1 - p;
        const sumSquares = p === 1 ? 0 : (p / q) * terms.reduce((sum, term) => sum + term * term, 0);
        const mean = 0.125 + (p === 1 ? 0 : terms.reduce((sum, term) => sum + term, 0));
        // of a sum of independent terms: Σ κ₄ + 3 (Σ σ²)²
        const kurtosis = p === 1 ? 0 : terms.reduce((sum, t) => sum + t ** 4 * ((p * (1 - 6 * p * q)) / q ** 3), 0);
        expectMoments(values, { mean, variance: sumSquares, fourth: kurtosis + 3 * sumSquares ** 2 }, `${maskScope} p ${p}`);
      }
    }
  });
});

/** A linear unit that reads the same input in every example. */
function makeConstant(inputs: number[], live: Partial<LiveSpec>): Network {
  const full = { ...LIVE, ...live };
  const spec = { ...SPEC, sizes: [4, 1], loss: 'squared', batchSize: BATCH, weightMasks: weightMasksOf(full) } as const;
  const repeated = Float32Array.from({ length: BATCH * 4 }, (_, i) => inputs[i % 4] as number);
  const network = new Network(core, spec, { inputs: repeated, targets: new Float32Array(BATCH) }, null);
  network.configure(full);
  return network;
}
