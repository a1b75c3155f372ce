/** The small parts of a run: curves, checkpoints, fingerprints. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Checkpoints } from '../../../src/model/checkpoints';
import { Curves, leastStride, strideAt } from '../../../src/model/curves';
import { fingerprint } from '../../../src/model/fingerprint';
import type { Settings } from '../../../src/protocol/settings';
import { makeRun } from './setup';

describe('curves', () => {
  it('have a point at the first step and wherever the step is a multiple of the stride there, and no other', () => {
    for (const least of [1, 16]) {
      const curves = new Curves(least);
      const expected = Array.from({ length: 5000 }, (_, i) => i + 1).filter((step) => step === 1 || step % strideAt(step, least) === 0);
      const found: number[] = [];
      for (let step = curves.nextAfter(0); step <= 5000; step = curves.nextAfter(step)) found.push(step);
      expect(found).toEqual(expected);
    }
    expect(strideAt(256, 1)).toBe(1);
    expect(strideAt(257, 1)).toBe(2);
    expect(leastStride(0, 0)).toBe(1);
    expect(leastStride(2 ** 22, 0)).toBe(16); // more than is free
    expect(leastStride(2 ** 28, 2 ** 26)).toBe(16); // a quarter of the step's own work
  });

  it('begin with the first step, however large the network', () => {
    const run = makeRun({ dataset: 'digits', hidden: [512, 512, 512, 512] });
    run.train(1, true);
    expect(run.curves.map(({ step }) => step)).toEqual([1]);
    expect(run.curves[0]?.trainMasked).toBe(run.lastPass()?.step.loss);
    run.train(31, false);
    expect(run.curves.map(({ step }) => step)).toEqual([1, 16, 32]);
  });

  it('hold the mean masked loss since the point before, and both sets in eval', () => {
    const run = makeRun();
    const losses: number[] = [];
    for (let step = 0; step < 300; step++) {
      run.train(1, true);
      losses.push(run.lastPass()?.step.loss ?? Number.NaN);
    }
    const last = run.curves.at(-1);
    expect(last?.step).toBe(300);
    expect(last?.trainMasked).toBeCloseTo(((losses[298] as number) + (losses[299] as number)) / 2, 10);
    expect(last?.trainEval).toBe(run.evaluate('train').loss);
    expect(last?.testAccuracy).toBe(run.evaluate('test').accuracy);
    expect(run.curves[9]?.trainMasked).toBeCloseTo(losses[9] as number, 10);
  });
});

describe('checkpoints', () => {
  const checkpoint = (step: number) => ({ step, state: new Uint8Array(0), lossSum: { sum: 0, count: 0 } });

  it('stay within their memory by doubling the distance, and keep step 0', () => {
    const checkpoints = new Checkpoints(4, 2 ** 23); // room for eight
    for (let step = 0; step <= 400; step = checkpoints.nextAfter(step)) if (checkpoints.isDue(step)) checkpoints.add(checkpoint(step));
    const steps = new Set(Array.from({ length: 401 }, (_, step) => checkpoints.before(step)?.step));
    expect(steps.size).toBeLessThanOrEqual(8);
    expect(Math.min(...([...steps] as number[]))).toBe(0);
    expect(checkpoints.before(400)?.step).toBeGreaterThan(300);
    checkpoints.forgetAfter(100);
    expect(checkpoints.before(400)?.step).toBeLessThanOrEqual(100);
  });
});

describe('checkpoints of a long run', () => {
  it('take no more memory once they are full', () => {
    const states = new Set<Uint8Array<ArrayBuffer>>();
    const checkpoints = new Checkpoints(4, 1000);
    const go = (to: number) => {
      for (let step = checkpoints.nextAfter(last); step <= to; step = checkpoints.nextAfter(last)) {
        last = step;
        const state = checkpoints.takeSpare() ?? new Uint8Array(1000);
        states.add(state);
        checkpoints.add({ step, state, lossSum: { sum: 0, count: 0 } });
      }
    };
    let last = -1;
    go(4 * 520);
    const full = states.size;
    expect(full).toBeLessThanOrEqual(513);
    go(1_000_000);
    expect(states.size).toBe(full);
    checkpoints.forgetAfter(-1);
    last = -1;
    go(5000);
    expect(states.size).toBe(full);
  });

  it('DT3 lead to the same bits when their room has been used before', () => {
    const settings: Partial<Settings> = { dataset: 'digits', hidden: [512, 512, 512, 512], batchSize: 2, learningRate: 0.001 };
    const run = makeRun(settings);
    run.train(200, false);
    run.reset();
    run.train(240, false);
    expect(run.seek(150, Number.POSITIVE_INFINITY, () => 0)).toBe(true);
    const fresh = makeRun(settings);
    fresh.train(150, false);
    expect([run.step, run.fingerprint()]).toEqual([150, fresh.fingerprint()]);
  });
});

describe('fingerprint', () => {
  interface Golden {
    settings: Partial<Settings>;
    step: number;
    fingerprint: string;
  }
  const golden = JSON.parse(readFileSync(new URL('../../fixtures/fingerprints.json', import.meta.url), 'utf8')) as Golden[];

  for (const { settings, step, fingerprint: expected } of golden) {
    it(`DT1 is ${expected} for ${JSON.stringify(settings)} at step ${step}`, () => {
      const run = makeRun(settings);
      run.train(step, false);
      expect(run.fingerprint()).toBe(expected);
    });
  }

  it('tells apart what differs in one bit, in place, or in sign of zero; and makes all NaN one', () => {
    const base = () => Float32Array.of(1, 2, 3);
    const print = (values: Float32Array) => fingerprint([values], [Float32Array.of(0)]);
    const one = print(base());
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(print(base())).toBe(one);
    const nextUp = new Float32Array(Uint32Array.of(0x3f800001, 0x40000000, 0x40400000).buffer);
    expect(print(nextUp)).not.toBe(one);
    expect(print(Float32Array.of(2, 1, 3))).not.toBe(one);
    expect(fingerprint([base()], [Float32Array.of(-0)])).not.toBe(one);
    const otherNaN = new Float32Array(Uint32Array.of(0xffc00001).buffer);
    expect(print(otherNaN)).toBe(print(Float32Array.of(Number.NaN)));
  });
});
