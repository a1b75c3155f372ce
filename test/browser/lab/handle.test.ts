/** The contract of the public handle, against the real worker and the real core, rule by rule. */
import { describe, expect, test } from 'vitest';
import type { DropoutLab } from '../../../src/bridge';
import { readHeader } from '../../../src/protocol/frame';
import type { Settings } from '../../../src/protocol/settings';
import { open, SMALL } from './openLab';

const nextAnimationFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

describe('ready', () => {
  test('the first frame has been painted, nothing has been trained', async () => {
    const { lab, handle } = open();
    expect(handle.step).toBe(0);
    await handle.ready;
    expect(lab.frames.numPainted).toBeGreaterThan(0);
    expect([handle.step, handle.running]).toEqual([0, false]);
    expect(handle.settings).toMatchObject(SMALL);
  });

  test('calls made before are kept and taken in order', async () => {
    const { handle } = open();
    const steps = [handle.advance(2), handle.advance(), handle.advance(0)];
    await handle.configure({ p: 0.2 });
    expect(await Promise.all(steps)).toEqual([2, 3, 3]);
    expect((await handle.snapshot()).changes).toEqual([{ step: 3, patch: { p: 0.2 } }]);
  });
});

describe('configure', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['out of range', { p: 1.5 }, 'p must be between 0 and 1, got 1.5'],
    ['NaN', { inputP: Number.NaN }, 'inputP must be between 0 and 1, got NaN'],
    ['a wrong type', { seed: '0' }, 'seed must be an integer between 0 and 4294967295, got "0"'],
    ['good beside bad', { learningRate: 0.5, hidden: [4, 0] }, 'hidden[1] must be an integer between 1 and 512, got 0'],
    ['p = 1 with Gaussian noise', { mode: 'gaussian', p: 1 }, "p must be at least 0 and below 1 in mode 'gaussian', got 1"],
  ])('HD1 DR4 refuses %s, and nothing has changed', async (_, patch, message) => {
    const { handle } = open();
    await handle.advance(3);
    const before = await handle.snapshot();
    await expect(handle.configure(patch as Partial<Settings>)).rejects.toThrow(message);
    const after = await handle.snapshot();
    expect(handle.settings).toEqual(before.settings);
    expect([after.settings, after.step, after.fingerprint]).toEqual([before.settings, 3, before.fingerprint]);
  });

  test('HD1 unknown names and things that are no patch are refused', async () => {
    const { handle } = open();
    await expect(handle.configure({ rate: 0.5 } as Partial<Settings>)).rejects.toThrow('there is no setting "rate"');
    await expect(handle.configure(null as unknown as Partial<Settings>)).rejects.toThrow(
      'settings must be an object of settings, got null',
    );
  });

  test('ST2 0 and 1 are values: p = 0, p = 1, seed 0', async () => {
    const { handle } = open();
    await handle.configure({ p: 1, seed: 0, hidden: [4] });
    await handle.advance(3);
    const { last } = await handle.snapshot();
    expect(last?.layers[1]?.output.every((value) => value === 0)).toBe(true);
    expect(last?.layers[2]?.preActivation.every(Number.isFinite)).toBe(true);
    await handle.configure({ p: 0, inputP: 0 });
    await handle.advance(1);
    const whole = (await handle.snapshot()).last;
    expect(whole?.layers[1]?.mask).toBeNull();
    expect(whole?.layers[1]?.output).toEqual(whole?.layers[1]?.activation);
  });

  test('ST3 live settings go on, others start over, view settings touch nothing', async () => {
    const { handle } = open();
    await handle.advance(10);
    const { fingerprint } = await handle.snapshot();
    await handle.configure({ phase: 'mc', passes: 5 });
    await handle.configure({ p: 0.8, mode: 'standard', maskScope: 'batch', learningRate: 0.2 });
    expect(handle.step).toBe(10);
    expect((await handle.snapshot()).fingerprint).toBe(fingerprint);
    await handle.configure({ batchSize: 12 });
    expect(handle.step).toBe(10);
    await handle.configure({ batchSize: 7 });
    expect(handle.step).toBe(0);
    expect((await handle.snapshot()).last).toBeNull();
  });

  test('HD1 changes made at once are taken in their order, refusals between them leave no trace', async () => {
    const { handle } = open();
    const outcomes = await Promise.allSettled([
      handle.configure({ p: 0.1 }),
      handle.configure({ p: -1 }),
      handle.configure({ p: 0.2, seed: 5 }),
      handle.advance(4),
      handle.configure({ p: 0.3 }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    const { settings, step, changes } = await handle.snapshot();
    expect([settings.p, settings.seed, step]).toEqual([0.3, 5, 4]);
    expect(changes).toEqual([{ step: 4, patch: { p: 0.3 } }]);
  });

  test('PR3 it resolves when a frame of these settings is on screen', async () => {
    const { lab, handle } = open();
    await handle.play();
    for (const p of [0.1, 0.9, 0.5]) {
      await handle.configure({ p });
      const shown = lab.frames.latest?.layers[1]?.stats;
      expect(shown).toContain(p);
    }
  });
});

describe('transport', () => {
  test('HD2 advance makes exactly so many steps and has painted the last', async () => {
    const { lab, handle } = open();
    let expected = 0;
    for (const count of [1, 7, 0, 250]) {
      expected += count;
      expect(await handle.advance(count)).toBe(expected);
      expect(handle.step).toBe(expected);
      expect(lab.frames.latest && readHeader(lab.frames.latest, 'step')).toBe(expected);
    }
    expect(await handle.advance()).toBe(expected + 1);
  });

  test.each<[string, (handle: DropoutLab) => Promise<unknown>, string]>([
    ['advance(-1)', (handle) => handle.advance(-1), 'count must be a whole number between 0 and 2147483647, got -1'],
    ['advance(1.5)', (handle) => handle.advance(1.5), 'count must be a whole number between 0 and 2147483647, got 1.5'],
    [
      'advance("2")',
      (handle) => handle.advance('2' as unknown as number),
      'count must be a whole number between 0 and 2147483647, got "2"',
    ],
    ['seek(NaN)', (handle) => handle.seek(Number.NaN), 'step must be a whole number between 0 and 2147483647, got NaN'],
    ['seek(-1)', (handle) => handle.seek(-1), 'step must be a whole number between 0 and 2147483647, got -1'],
    [
      'seek(Infinity)',
      (handle) => handle.seek(Number.POSITIVE_INFINITY),
      'step must be a whole number between 0 and 2147483647, got Infinity',
    ],
    ['predict of a list', (handle) => handle.predict([1, 2] as unknown as Float32Array), 'inputs must be a Float32Array, got [1, 2]'],
    [
      'predict of 3 numbers',
      (handle) => handle.predict(new Float32Array(3)),
      'inputs must hold one or more whole examples of 2 numbers each, got 3 numbers',
    ],
    [
      'predict of nothing',
      (handle) => handle.predict(new Float32Array(0)),
      'inputs must hold one or more whole examples of 2 numbers each, got 0 numbers',
    ],
    [
      'predict with 0 passes',
      (handle) => handle.predict(new Float32Array(2), { phase: 'mc', passes: 0 }),
      'passes must be an integer between 1 and 1000, got 0',
    ],
    ['predict in no phase', (handle) => handle.predict(new Float32Array(2), { phase: 'test' as 'mc' }), 'phase must be one of'],
  ])('HD1 %s is refused by name', async (_, call, message) => {
    const { handle } = open();
    await expect(call(handle)).rejects.toThrow(message);
    expect(await handle.advance(1)).toBe(1);
  });

  test('play and pause: running tells, and after a pause nothing moves', async () => {
    const { handle } = open();
    await handle.play();
    expect(handle.running).toBe(true);
    while (handle.step === 0) await nextAnimationFrame();
    await handle.pause();
    expect(handle.running).toBe(false);
    const { step } = handle;
    for (let i = 0; i < 5; i++) await nextAnimationFrame();
    expect(handle.step).toBe(step);
    expect((await handle.snapshot()).step).toBe(step);
  });

  test('HD3 reset: the same initial weights, data and order, and no changes', async () => {
    const { handle } = open();
    const initial = await handle.snapshot();
    await handle.advance(15);
    const first = await handle.snapshot();
    await handle.reset();
    const again = await handle.snapshot();
    expect([again.step, again.fingerprint, again.last]).toEqual([0, initial.fingerprint, null]);
    await handle.advance(15);
    expect((await handle.snapshot()).fingerprint).toBe(first.fingerprint);
    await handle.configure({ p: 0.9 });
    await handle.reset();
    const cleared = await handle.snapshot();
    expect(cleared.changes).toEqual([]);
    expect(cleared.settings.p).toBe(0.9);
  });

  test('DT3 seek, back and forward, past a live change, gives the bits of the run that went there', async () => {
    const { handle } = open();
    const prints = new Map<number, string>();
    const note = async () => prints.set(handle.step, (await handle.snapshot()).fingerprint);
    await note();
    for (const count of [13, 12, 40]) {
      await handle.advance(count);
      await note();
      if (handle.step === 25) await handle.configure({ p: 0.7, learningRate: 0.03 });
    }
    for (const step of [13, 65, 0, 25, 65]) {
      await handle.seek(step);
      expect(handle.step).toBe(step);
      expect((await handle.snapshot()).fingerprint).toBe(prints.get(step));
    }
    expect(handle.settings.p).toBe(0.7);
    await handle.seek(24);
    expect(handle.settings.p).toBe(0.37);
  });

  test('DT1 DT2 however it is sliced, watched and asked, a step has one fingerprint', async () => {
    const straight = open().handle;
    const wandering = open().handle;
    await wandering.play();
    while (wandering.step < 50) await nextAnimationFrame();
    await wandering.predict(Float32Array.of(0, 0), { phase: 'mc', passes: 9 });
    await wandering.configure({ phase: 'eval' });
    await wandering.pause();
    await wandering.seek(7);
    await wandering.advance(wandering.step);
    await wandering.seek(200);
    await straight.advance(200);
    expect((await wandering.snapshot()).fingerprint).toBe((await straight.snapshot()).fingerprint);
  });
});

describe('events', () => {
  test('HD5 frame: at most one per animation frame, with the step that was painted', async () => {
    const { handle } = open();
    await handle.ready;
    const steps: number[] = [];
    handle.addEventListener('frame', (event) => steps.push(event.detail.step));
    await handle.play();
    const numFrames = 30;
    for (let i = 0; i < numFrames; i++) await nextAnimationFrame();
    const seen = steps.length;
    await handle.pause();
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThanOrEqual(numFrames + 1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test('HD5 settingschange: once for each change, with the settings; none for a refusal', async () => {
    const { handle } = open();
    const seen: number[] = [];
    handle.addEventListener('settingschange', (event) => seen.push(event.detail.settings.p));
    await handle.configure({ p: 0.2 });
    await handle.configure({ p: 0.2 });
    await handle.configure({ p: 7 }).catch(() => undefined);
    await handle.configure({ p: 0 });
    expect(seen).toEqual([0.2, 0]);
  });

  test('HD5 NT5 error: a loss that is no number', async () => {
    const { handle } = open({ ...SMALL, dataset: 'wave', activation: 'linear', optimizer: 'sgd', learningRate: 10, mode: 'none' });
    const codes: string[] = [];
    handle.addEventListener('error', (event) => codes.push(event.detail.code));
    await handle.play();
    while (codes.length === 0) await nextAnimationFrame();
    expect(codes).toEqual(['non-finite']);
    expect(handle.running).toBe(false);
  });
});

describe('painting', () => {
  test('PR5 a change of p is on screen within two animation frames, as a rule', async () => {
    const { lab, handle } = open({ ...SMALL, hidden: [12, 8] });
    await handle.play();
    while (handle.step < 1000) await nextAnimationFrame();
    const counts: number[] = [];
    for (let i = 0; i < 15; i++) {
      await nextAnimationFrame();
      const p = 0.05 * (i + 1);
      let count = 0;
      let shownAt = 0;
      const stop = lab.frames.onPainted((frame) => {
        if (shownAt === 0 && frame.layers[1]?.stats.includes(p)) shownAt = Math.max(1, count);
      });
      const done = handle.configure({ p });
      while (shownAt === 0) {
        await nextAnimationFrame();
        count += 1;
      }
      await done;
      stop();
      counts.push(shownAt);
    }
    counts.sort((a, b) => a - b);
    console.info(`animation frames from a change of p to its picture: ${counts.join(' ')}`);
    expect(counts[7]).toBeLessThanOrEqual(2);
  });

  test('ST4 two labs on one page share nothing', async () => {
    const a = open().handle;
    const b = open({ ...SMALL, seed: 1 }).handle;
    await Promise.all([a.advance(20), b.advance(30)]);
    await a.configure({ p: 0.9 });
    expect([a.step, b.step, b.settings.p]).toEqual([20, 30, 0.37]);
    expect((await a.snapshot()).fingerprint).not.toBe((await b.snapshot()).fingerprint);
  });

  test('PR4 after dispose the handle refuses, readably', async () => {
    const { lab, handle } = open();
    const asked = handle.advance(1_000_000_000);
    lab.dispose();
    await expect(asked).rejects.toThrow('This lab has been disposed');
    await expect(handle.play()).rejects.toThrow('This lab has been disposed');
  });
});
