/** Standard and inverted dropout as twins: held to the table that NumPy made of the same experiment (equivalence_report.json). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultParams, type EquivalenceParams } from '../../../src/protocol/studyParams';
import { equivalenceStudy } from '../../../src/studies/equivalence';
import { runStudy } from '../../../src/studies/study';

const report = JSON.parse(readFileSync(new URL('../../fixtures/equivalence_report.json', import.meta.url), 'utf8')) as {
  name: string;
  rel_diff_by_layer: string;
}[];

const run = (patch: Partial<EquivalenceParams>) =>
  runStudy(equivalenceStudy, { ...defaultParams('equivalence'), inputP: 0.2, p: 0.4, steps: 300, ...patch });

/** The greatest relative difference that the report's row of this name gives. */
function reported(name: string): number {
  const row = report.find((entry) => entry.name.startsWith(name));
  if (row === undefined) throw new Error(`no row ${name}`);
  return Math.max(...row.rel_diff_by_layer.split(' ').map(Number));
}

describe('DR7 standard and inverted are one network under the exact rule', () => {
  test.each([
    ['SGD relu', { activation: 'relu' }],
    ['SGD tanh', { activation: 'tanh' }],
    ['SGD sigmoid', { activation: 'sigmoid' }],
    ['momentum .9, same rule', { optimizer: 'momentum', learningRate: 0.02 }],
    ['SGD + L2, lambda_V = q^2 lambda', { weightDecay: 0.01 }],
    ['Adam lr/q, eps*q', { optimizer: 'adam', learningRate: 0.01 }],
  ] as const)('%s: to rounding, as reported', (name, patch) => {
    expect(reported(name)).toBeLessThan(1e-13);
    const result = run({ rule: 'exact', ...patch });
    expect(Math.max(...result.difference)).toBeLessThan(1e-11);
    expect(Math.max(...result.weightDifference)).toBeLessThan(1e-11);
    expect(result.invertedLoss.at(-1)).toBeLessThan(result.invertedLoss[0] as number);
  });

  test.each([
    ['NAIVE same init', { rule: 'naive' }],
    ['only init rescaled', { rule: 'startOnly' }],
    ['lr scaled for biases too', { rule: 'biasesToo' }],
    ['SGD + L2 .01, same lambda', { rule: 'sameDecay', weightDecay: 0.01 }],
    ['Adam lr/q^2', { rule: 'rateSquared', optimizer: 'adam', learningRate: 0.01 }],
  ] as const)('%s: part, as reported', (name, patch) => {
    expect(reported(name)).toBeGreaterThan(0.05);
    const result = run(patch);
    expect(result.difference.at(-1)).toBeGreaterThan(0.02);
    expect(result.isBitwiseEqual).toBe(false);
    expect(result.firstParting).toBe(1);
  });

  test("Adam's epsilon as it was: nearly, not quite, and more so the greater it is", () => {
    const tiny = run({ rule: 'sameEpsilon', optimizer: 'adam', learningRate: 0.01, epsilon: 1e-8 });
    const great = run({ rule: 'sameEpsilon', optimizer: 'adam', learningRate: 0.01, epsilon: 1e-3 });
    expect(reported('Adam lr/q, same eps')).toBeLessThan(1e-5);
    expect(reported('Adam eps=1e-3')).toBeGreaterThan(1e-3);
    expect(tiny.difference.at(-1)).toBeLessThan(1e-3);
    expect(great.difference.at(-1)).toBeGreaterThan(10 * (tiny.difference.at(-1) as number));
  });

  test.each(['sgd', 'momentum', 'adam'] as const)('keep 1/2 everywhere, %s: to the bit', (optimizer) => {
    const result = run({ rule: 'exact', optimizer, inputP: 0.5, p: 0.5, learningRate: 0.01, weightDecay: 0.001 });
    expect(result.isBitwiseEqual).toBe(true);
    expect(result.firstParting).toBeNull();
    expect(result.difference.every((difference) => difference === 0)).toBe(true);
    expect(result.invertedLoss).toEqual(result.standardLoss);
  });

  test('keep 1/2 without the rule: not even at the start', () => {
    const result = run({ rule: 'naive', inputP: 0.5, p: 0.5 });
    expect(result.difference[0]).toBeGreaterThan(0.1);
    expect(result.isBitwiseEqual).toBe(false);
  });

  test('p = 0: both are the plain network, whatever the rule', () => {
    const result = run({ rule: 'naive', inputP: 0, p: 0, steps: 50 });
    expect(result.isBitwiseEqual).toBe(true);
  });
});
