/** Compare A | B: B is A's run with one thing different, whoever steers A; A is never moved for it. Against the real session. */
import { afterEach, describe, expect, test } from 'vitest';
import { createLab, createPair, DropoutLab, type Lab, type LabPair } from '../../../src/bridge';
import type { Settings } from '../../../src/protocol/settings';
import type { Change } from '../../../src/protocol/snapshot';
import { channelWorker, silentWorker } from './channelWorker';

const SMALL: Partial<Settings> = { hidden: [6, 5], trainSize: 30, testSize: 20, batchSize: 10, p: 0.3, seed: 3 };

const labs: Lab[] = [];
const pairs: LabPair[] = [];
function open(settings: Partial<Settings> = SMALL): Lab {
  const lab = createLab({ connect: channelWorker, settings });
  labs.push(lab);
  return lab;
}
function compare(a: Lab, difference: Partial<Settings>): LabPair {
  const pair = createPair(a, difference, { connect: channelWorker });
  pairs.push(pair);
  return pair;
}
afterEach(() => {
  for (const pair of pairs.splice(0)) pair.dispose();
  for (const lab of labs.splice(0)) lab.dispose();
});

/** The fingerprint of a run that has made these changes on its way, from step 0. */
async function replayed(settings: Partial<Settings>, changes: readonly Change[], step: number): Promise<string> {
  const lab = open(settings);
  await lab.ready;
  await lab.replay(changes, step);
  return (await lab.fingerprint()).fingerprint;
}

const print = async (lab: Lab) => (await lab.fingerprint()).fingerprint;
const steps = ({ a, b }: LabPair) => [a.step, b.step];

/** Resolves when both have gone so many steps on. */
async function bothPast(pair: LabPair, step: number): Promise<void> {
  while (Math.min(pair.a.step, pair.b.step) < step) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('B is brought to where A is', () => {
  test('HD6 a run that rests is left alone, and B repeats it with its live changes', async () => {
    const a = open();
    await a.advance(7);
    await a.configure({ learningRate: 0.03 });
    await a.advance(6);
    const before = await print(a);
    const pair = compare(a, { p: 0.8 });
    await pair.settle();
    expect([...steps(pair), a.running, pair.b.running]).toEqual([13, 13, false, false]);
    expect(await print(a)).toBe(before);
    expect(a.store.getState().run.numRestarts).toBe(0);
    const changes = [{ step: 7, patch: { learningRate: 0.03 } }];
    expect(await print(pair.b)).toBe(await replayed({ ...SMALL, p: 0.8 }, changes, 13));
  });

  test('HD6 changes made while both run come to B at the very same step', async () => {
    const a = open();
    const pair = compare(a, { mode: 'gaussian' });
    await pair.play();
    await bothPast(pair, 40);
    await a.configure({ p: 0.6 });
    await bothPast(pair, a.step + 40);
    await a.configure({ p: 0.2, mode: 'standard' });
    await bothPast(pair, a.step + 40);
    await pair.pause();
    expect(pair.b.step).toBe(a.step);
    const [first, second] = a.store.getState().run.changes as [Change, Change];
    const changes = [first, { step: second.step, patch: { p: 0.2 } }];
    expect(await print(pair.b)).toBe(await replayed({ ...SMALL, mode: 'gaussian' }, changes, a.step));
    expect(await print(a)).toBe(await replayed(SMALL, [first, second], a.step));
  });

  test('after going back, another change makes another way for both', async () => {
    const a = open();
    const pair = compare(a, { maxNorm: 1 });
    await pair.advance(10);
    await a.configure({ p: 0.6 });
    await pair.advance(10);
    await pair.seek(4);
    await a.configure({ p: 0.1 });
    await pair.advance(8);
    const changes = [{ step: 4, patch: { p: 0.1 } }];
    expect(steps(pair)).toEqual([12, 12]);
    expect(await print(pair.b)).toBe(await replayed({ ...SMALL, maxNorm: 1 }, changes, 12));
  });

  test('a setting that restarts A restarts both; without a difference both are the same to the bit', async () => {
    const a = open();
    const pair = compare(a, {});
    await pair.advance(20);
    await a.configure({ seed: 8, hidden: [4] });
    await pair.settle();
    expect(steps(pair)).toEqual([0, 0]);
    await pair.advance(20);
    expect(await print(pair.b)).toBe(await print(a));
    await pair.setDifference({ seed: 99 });
    expect(steps(pair)).toEqual([20, 20]);
    expect(await print(pair.b)).toBe(await replayed({ ...SMALL, hidden: [4], seed: 99 }, [], 20));
  });

  test('what is looked at in A is looked at in B', async () => {
    const a = open();
    const pair = compare(a, { p: 0.8 });
    await a.configure({ phase: 'eval' });
    await pair.settle();
    expect(pair.b.store.getState().settings).toEqual({ ...a.store.getState().settings, p: 0.8 });
    expect(pair.b.store.getState().run.changes).toEqual([]);
  });

  test('a difference that no longer goes with the settings of A gives way', async () => {
    const a = open();
    const pair = compare(a, { p: 1 });
    await a.configure({ mode: 'gaussian' });
    await pair.settle();
    expect(pair.difference).toEqual({});
    expect(pair.b.store.getState().settings).toEqual(a.store.getState().settings);
  });
});

describe('whoever steers A steers both', () => {
  test('HD6 the handle: play, pause, advance, seek, reset', async () => {
    const a = open();
    const pair = compare(a, { p: 0.8 });
    const handle = new DropoutLab(a);
    await handle.play();
    await bothPast(pair, 30);
    await handle.pause();
    const paused = a.step;
    expect([...steps(pair), a.running, pair.b.running]).toEqual([paused, paused, false, false]);
    expect(await handle.advance(5)).toBe(paused + 5);
    expect(steps(pair)).toEqual([paused + 5, paused + 5]);
    await handle.seek(5);
    expect(steps(pair)).toEqual([5, 5]);
    await handle.configure({ learningRate: 0.02 });
    expect(pair.b.store.getState().settings.learningRate).toBe(0.02);
    await handle.reset();
    expect([...steps(pair), a.running]).toEqual([0, 0, false]);
    expect(await print(pair.b)).toBe(await replayed({ ...SMALL, learningRate: 0.02, p: 0.8 }, [], 0));
  });

  test('HD6 calls of A alone: B follows, and nothing starts again what was paused', async () => {
    const a = open();
    const pair = compare(a, { p: 0.8 });
    await a.play();
    await bothPast(pair, 30);
    expect(pair.b.running).toBe(true);
    const step = await a.advance(5);
    await pair.settle();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([...steps(pair), a.running, pair.b.running]).toEqual([step, step, false, false]);
    await a.reset();
    await pair.settle();
    expect(steps(pair)).toEqual([0, 0]);
  });

  test('A alone never runs away from B, and is free again when the comparison ends', async () => {
    const a = open();
    const pair = createPair(a, { p: 0.8 }, { connect: silentWorker });
    pairs.push(pair);
    await a.play();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([a.step, a.running]).toEqual([4, true]);
    pair.dispose();
    while (a.step < 200) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(a.running).toBe(true);
  });
});

test('NT5 a loss in B that is no number stops both, and going back goes on', async () => {
  const a = open({ ...SMALL, dataset: 'wave', activation: 'linear', optimizer: 'sgd', learningRate: 0.01, mode: 'none' });
  const pair = compare(a, { learningRate: 10 });
  await pair.play();
  while (a.running) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(pair.b.store.getState().run.error?.code).toBe('non-finite');
  expect(a.store.getState().run.error).toBeNull();
  await pair.seek(1);
  expect(steps(pair)).toEqual([1, 1]);
  expect(pair.b.store.getState().run.error).toBeNull();
});
