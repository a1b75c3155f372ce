/** A run is a function of (settings, changes, data, step): however it is sliced, sought, looked at or replayed, the bits are the same. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/model/types';
import { MODES, OPTIMIZERS, type Settings } from '../../../src/protocol/settings';
import { makeRun, seek } from './setup';

function fingerprintAt(step: number, patch: Partial<Settings> = {}): string {
  const run = makeRun(patch);
  run.train(step, false);
  return run.fingerprint();
}

describe('training', () => {
  it('DT2 leaves the same bits however steps are grouped and captured', () => {
    for (const optimizer of OPTIMIZERS) {
      for (const mode of MODES) {
        const patch = { optimizer, mode, learningRate: 0.02, p: 0.37, inputP: 0.1 };
        const whole = fingerprintAt(33, patch);
        const sliced = makeRun(patch);
        for (const count of [1, 2, 30]) sliced.train(count, true);
        expect(sliced.fingerprint(), `${optimizer} ${mode}`).toBe(whole);
        expect(sliced.step).toBe(33);
      }
    }
  });

  it('differs with seed, mode and p', () => {
    const prints = [{}, { seed: 0 }, { mode: 'none' }, { p: 0.37 }, { p: 0 }, { dataSeed: 0 }].map((patch) =>
      fingerprintAt(20, patch as Partial<Settings>),
    );
    // p = 0 and no dropout are the same network
    expect(new Set(prints).size).toBe(prints.length - 1);
    expect(prints[2]).toBe(prints[4]);
  });

  it('DT2 is not disturbed by looking', () => {
    const run = makeRun({ mode: 'gaussian', p: 0.3 });
    for (let step = 0; step < 12; step++) {
      run.train(1, step % 3 === 0);
      run.lastPass();
      run.rehearse(step * 2);
      run.evaluate('test');
      run.predict(run.dataset.testInputs, { phase: 'mc', passes: 3 });
      run.snapshot();
    }
    expect(run.fingerprint()).toBe(fingerprintAt(12, { mode: 'gaussian', p: 0.3 }));
  });

  it('NT5 stops at a loss that is not finite and stays at that step', () => {
    const run = makeRun({ dataset: 'wave', learningRate: 10, activation: 'linear', p: 0.2, optimizer: 'sgd' });
    expect(run.train(5000, true)).toBe(false);
    const { step } = run;
    expect(step).toBeLessThan(5000);
    expect(run.train(3, true)).toBe(false);
    expect(run.step).toBe(step);
    run.reset();
    const fresh = makeRun({ dataset: 'wave', learningRate: 10, activation: 'linear', p: 0.2, optimizer: 'sgd' });
    expect(run.train(1, true)).toBe(true);
    fresh.train(1, false);
    expect(run.fingerprint()).toBe(fresh.fingerprint());
    expect(run.lastPass()).toEqual(fresh.lastPass());
  });
});

describe('going to any step', () => {
  it('DT3 finds the bits of a fresh run, back and forth', () => {
    const run = makeRun({ optimizer: 'adam', learningRate: 0.01 });
    run.train(700, false);
    for (const step of [50, 699, 0, 1, 350, 900]) {
      seek(run, step);
      expect(run.step).toBe(step);
      expect(run.fingerprint()).toBe(fingerprintAt(step, { optimizer: 'adam', learningRate: 0.01 }));
    }
    expect(run.lastStep).toBe(900);
  });

  it('can be split into many calls', () => {
    const run = makeRun();
    expect(seek(run, 5000)).toBeGreaterThan(1);
    expect(run.fingerprint()).toBe(fingerprintAt(5000));
  });

  it('finds the same curves again', () => {
    const fresh = makeRun({ labelNoise: 0 });
    fresh.train(600, false);
    const points = structuredClone([...fresh.curves]);
    seek(fresh, 77);
    expect(fresh.curves.map(({ step }) => step)).toEqual(Array.from({ length: 77 }, (_, index) => index + 1));
    fresh.train(523, false);
    expect(fresh.curves).toEqual(points);
    const sliced = makeRun({ labelNoise: 0 });
    for (let step = 0; step < 600; step += 25) sliced.train(25, true);
    expect(sliced.curves).toEqual(points);
  });
});

describe('live changes', () => {
  const change = (run: Run, patch: Partial<Settings>) => run.applyLive({ ...run.settings, ...patch });

  it('DT3 are replayed by seek, and bring their settings back', () => {
    const run = makeRun();
    run.train(40, false);
    change(run, { p: 0.2, learningRate: 0.03 });
    run.train(40, false);
    change(run, { mode: 'dropconnect' });
    run.train(40, false);
    change(run, { maskScope: 'batch' });
    run.train(30, true);
    const print = run.fingerprint();
    const { settings } = run;
    expect(run.changes).toEqual([
      { step: 40, patch: { p: 0.2, learningRate: 0.03 } },
      { step: 80, patch: { mode: 'dropconnect' } },
      { step: 120, patch: { maskScope: 'batch' } },
    ]);
    seek(run, 50);
    expect(run.settings.mode).toBe('inverted');
    expect(run.settings.p).toBe(0.2);
    seek(run, 39);
    expect(run.settings.p).toBe(0.5);
    expect(run.changes).toHaveLength(3);
    run.train(111, false);
    expect(run.fingerprint()).toBe(print);
    expect(run.settings).toEqual(settings);
    const fresh = makeRun();
    fresh.train(40, true);
    change(fresh, { p: 0.2, learningRate: 0.03 });
    fresh.train(11, true);
    seek(run, 51);
    expect(run.fingerprint()).toBe(fresh.fingerprint());
  });

  it('forget the changes and the curve ahead of them', () => {
    const run = makeRun();
    run.train(40, false);
    change(run, { p: 0.2 });
    run.train(40, false);
    seek(run, 30);
    change(run, { p: 0.8 });
    expect(run.changes).toEqual([{ step: 30, patch: { p: 0.8 } }]);
    expect(run.lastStep).toBe(30);
    run.train(50, false);
    const fresh = makeRun();
    fresh.train(30, false);
    change(fresh, { p: 0.8 });
    fresh.train(50, false);
    expect(run.fingerprint()).toBe(fresh.fingerprint());
    expect(run.curves).toEqual(fresh.curves);
  });

  it('are cleared by reset, which keeps the settings as they are', () => {
    const run = makeRun();
    run.train(10, false);
    change(run, { p: 0.1 });
    run.reset();
    expect([run.step, run.lastStep, run.changes.length, run.curves.length]).toEqual([0, 0, 0, 0]);
    expect(run.lastPass()).toBeNull();
    run.train(25, false);
    expect(run.fingerprint()).toBe(fingerprintAt(25, { p: 0.1 }));
  });

  it('do not touch the pass that was captured before them', () => {
    const run = makeRun();
    run.train(5, true);
    change(run, { mode: 'gaussian' });
    const before = run.lastPass();
    expect(before?.step.layers[1]?.mask).not.toBeNull();
    expect(before?.step.layers[1]?.noise).toBeNull();
    const recomputed = makeRun();
    recomputed.train(5, false);
    expect(before).toEqual(recomputed.lastPass());
  });

  it('take no notice of what is only shown', () => {
    const run = makeRun();
    run.train(5, false);
    change(run, { phase: 'mc', passes: 7 });
    expect(run.changes).toEqual([]);
    expect(run.settings.passes).toBe(7);
  });
});
