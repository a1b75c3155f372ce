import { afterEach, describe, expect, test } from 'vitest';
import { readHeader, readStat } from '../../../src/protocol/frame';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';
import { openRun } from '../../../src/worker/openRun';
import { gridPoints } from '../../../src/worker/surface';
import { NODE, SessionClient } from './sessionClient';

const clients: SessionClient[] = [];
function open(...options: ConstructorParameters<typeof SessionClient>): SessionClient {
  const client = new SessionClient(...options);
  clients.push(client);
  return client;
}
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

const SMALL: Partial<Settings> = { hidden: [8, 6], trainSize: 40, testSize: 30, batchSize: 16, p: 0.37, seed: 0 };

/** The fingerprint of a run that nobody watched. */
async function fingerprintOf(patch: Partial<Settings>, step: number): Promise<string> {
  const run = await openRun(parseSettings(patch, DEFAULT_SETTINGS));
  run.train(step, false);
  return run.fingerprint();
}

describe('determinism', () => {
  test('DT2 sliced, paused, looked at and sought: the bits of the run alone', async () => {
    const client = open(SMALL);
    const seen: string[] = [];
    const look = async () => seen.push((await client.ask({ type: 'snapshot' })).fingerprint);
    await client.ask({ type: 'advance', count: 37 });
    await client.ask({ type: 'advance', count: 1 });
    await client.ask({ type: 'rehearse', step: 3 });
    client.configure({ phase: 'mc', passes: 7 });
    await client.ask({ type: 'predict', inputs: Float32Array.of(0.5, -0.5), options: { phase: 'mc', passes: 20 } });
    await client.run();
    await client.frame((frame) => readHeader(frame, 'step') > 38);
    const stopped = await client.pause();
    await look();
    await client.ask({ type: 'seek', step: 100 });
    await look();
    await client.ask({ type: 'seek', step: 700 });
    await look();
    expect(seen).toEqual([await fingerprintOf(SMALL, stopped), await fingerprintOf(SMALL, 100), await fingerprintOf(SMALL, 700)]);
    const alone = await openRun(parseSettings(SMALL, DEFAULT_SETTINGS));
    alone.train(700, false);
    expect((await client.ask({ type: 'snapshot' })).curves).toEqual(alone.curves);
  });

  test('DT3 live changes are replayed by a seek, and the page is told which settings are in force', async () => {
    const client = open(SMALL);
    await client.ask({ type: 'advance', count: 20 });
    client.configure({ p: 0.8, mode: 'gaussian' });
    await client.ask({ type: 'advance', count: 30 });
    const { fingerprint } = await client.ask({ type: 'snapshot' });

    const alone = await openRun(parseSettings(SMALL, DEFAULT_SETTINGS));
    alone.train(20, false);
    alone.applyLive(client.settings);
    alone.train(30, false);
    expect(fingerprint).toBe(alone.fingerprint());

    await client.ask({ type: 'seek', step: 10 });
    const timeline = client.all('timeline').at(-1);
    expect(timeline?.settings).toMatchObject({ p: 0.37, mode: 'inverted' });
    expect(timeline?.changes).toEqual([{ step: 20, patch: { p: 0.8, mode: 'gaussian' } }]);
    await client.ask({ type: 'seek', step: 50 });
    expect((await client.ask({ type: 'snapshot' })).fingerprint).toBe(fingerprint);
    expect(client.all('timeline').at(-1)?.settings).toMatchObject({ p: 0.8, mode: 'gaussian' });

    // Also by training, past the step of the change: it is met again, and told.
    await client.ask({ type: 'seek', step: 10 });
    await client.ask({ type: 'advance', count: 9 });
    expect(client.all('timeline').at(-1)?.settings).toMatchObject({ p: 0.37, mode: 'inverted' });
    await client.ask({ type: 'advance', count: 31 });
    const { settings, fingerprint: trained } = await client.ask({ type: 'snapshot' });
    expect(trained).toBe(fingerprint);
    for (const told of [settings, client.all('timeline').at(-1)?.settings]) expect(told).toMatchObject({ p: 0.8, mode: 'gaussian' });
  });

  test('HD3 reset gives the same run again and forgets live changes', async () => {
    const client = open(SMALL);
    await client.ask({ type: 'advance', count: 25 });
    client.configure({ learningRate: 0.01 });
    await client.ask({ type: 'advance', count: 5 });
    await client.ask({ type: 'reset' });
    expect(client.all('timeline').at(-1)?.changes).toEqual([]);
    expect(client.all('status').at(-1)).toMatchObject({ step: 0, lastStep: 0, running: false });
    await client.ask({ type: 'advance', count: 25 });
    expect((await client.ask({ type: 'snapshot' })).fingerprint).toBe(await fingerprintOf({ ...SMALL, learningRate: 0.01 }, 25));
  });
});

describe('order', () => {
  test('commands are taken in the order they were sent', async () => {
    const client = open(SMALL);
    const first = client.ask({ type: 'advance', count: 10 });
    client.configure({ p: 0.1 });
    const second = client.ask({ type: 'advance', count: 10 });
    expect([await first, await second]).toEqual([{ step: 10 }, { step: 20 }]);
    expect((await client.ask({ type: 'snapshot' })).changes).toEqual([{ step: 10, patch: { p: 0.1 } }]);
  });

  test('PR5 a pause comes through while the run is running flat out', async () => {
    const client = open(SMALL);
    await client.run();
    await client.frame((frame) => readHeader(frame, 'step') > 0);
    const step = await client.pause();
    const { step: later } = await client.ask({ type: 'snapshot' });
    expect(later).toBe(step);
  });

  test('HD2 advance pauses a run and makes exactly its steps', async () => {
    const client = open(SMALL);
    await client.run();
    await client.frame((frame) => readHeader(frame, 'step') > 0);
    const { step } = await client.ask({ type: 'advance', count: 5 });
    expect(client.all('status').at(-1)).toMatchObject({ running: false, step });
    expect((await client.ask({ type: 'snapshot' })).step).toBe(step);
  });

  test('a limit holds, and can be raised', async () => {
    const client = open(SMALL);
    await client.run(Number.POSITIVE_INFINITY, 12);
    await client.frame((frame) => readHeader(frame, 'step') === 12);
    expect(await client.pause()).toBe(12);
    await client.run(Number.POSITIVE_INFINITY, 30);
    await client.frame((frame) => readHeader(frame, 'step') === 30);
    expect(await client.pause()).toBe(30);
  });

  test('a slow pace shows every step', async () => {
    const client = open(SMALL);
    await client.run(50);
    await client.frame((frame) => readHeader(frame, 'step') === 6);
    await client.pause();
    const steps = client.all('frame').map((report) => readHeader(client.open(report), 'step'));
    expect(new Set(steps)).toEqual(new Set(Array.from({ length: Math.max(...steps) + 1 }, (_, step) => step)));
  });
});

describe('frames', () => {
  test('PR2 without credits the worker trains on, counts, and never emits more frames than it has buffers', async () => {
    const client = open(SMALL);
    await client.frame((frame) => readHeader(frame, 'revision') === 1);
    client.releases = false;
    const before = client.all('frame').length;
    await client.run();
    await client.until('frame', () => client.all('frame').length >= before + 2);
    const reached = client.all('status').at(-1)?.step ?? 0;
    const numStatus = client.all('status').length;
    const { step } = await client.until('status', (status) => client.all('status').indexOf(status) >= numStatus + 1);
    expect(step).toBeGreaterThan(reached);
    client.send({ type: 'pause', ticket: 99 });
    await client.until('status', (status) => status.ticket === 99);
    const emitted = client.all('frame').slice(before);
    expect(emitted.length).toBeLessThanOrEqual(3);
    for (const report of emitted) client.send({ type: 'release', buffer: report.buffer });
    client.releases = true;
    await client.ask({ type: 'advance', count: 1 });
    expect(readHeader(client.lastFrame(), 'skippedFrames')).toBeGreaterThan(0);
  });

  test('PR3 after a change the first frame is of the new revision and says so', async () => {
    const client = open(SMALL);
    await client.run();
    await client.frame((frame) => readHeader(frame, 'step') > 0);
    const revision = client.configure({ p: 0.75 });
    const frame = await client.frame((candidate) => readHeader(candidate, 'revision') === revision);
    expect(readStat(frame.layers[1] as (typeof frame.layers)[0], 'p')).toBe(0.75);
    expect(readHeader(frame, 'rehearsal')).toBe(0);
    expect(readHeader(frame, 'shownStep')).toBe(readHeader(frame, 'step') - 1);
    const revisions = client.all('frame').map((report) => report.revision);
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
  });

  test('a frame shows the newest training step as a snapshot has it', async () => {
    const client = open({ ...SMALL, mode: 'inverted' });
    await client.ask({ type: 'advance', count: 11 });
    const frame = client.lastFrame();
    const { last, weights } = await client.ask({ type: 'snapshot' });
    expect([readHeader(frame, 'step'), readHeader(frame, 'shownStep'), readHeader(frame, 'rehearsal')]).toEqual([11, 10, 0]);
    expect(readHeader(frame, 'loss')).toBe(last?.loss);
    const rows = readHeader(frame, 'numRows');
    last?.layers.forEach((layer, index) => {
      const shown = frame.layers[index] as (typeof frame.layers)[0];
      expect(shown.output).toEqual(layer.output.subarray(0, rows * layer.units));
      expect(shown.gradient).toEqual(layer.gradient.subarray(0, rows * layer.units));
      if (layer.mask !== null) expect(shown.mask).toEqual(layer.mask.subarray(0, rows * layer.units));
    });
    expect(frame.links[0]?.weights).toEqual(weights[0]);
  });

  test('ST3 a live change while paused shows the same step under the new settings, and trains nothing', async () => {
    const client = open(SMALL);
    await client.ask({ type: 'advance', count: 9 });
    const { fingerprint } = await client.ask({ type: 'snapshot' });
    const revision = client.configure({ p: 0.9 });
    const frame = await client.frame((candidate) => readHeader(candidate, 'revision') === revision);
    expect([readHeader(frame, 'step'), readHeader(frame, 'shownStep'), readHeader(frame, 'rehearsal')]).toEqual([9, 8, 1]);
    const hidden = frame.layers[1] as (typeof frame.layers)[0];
    expect(readStat(hidden, 'drawn')).toBe(readHeader(frame, 'batchSize') * 8);
    expect(readStat(hidden, 'kept')).toBeLessThan(readStat(hidden, 'drawn') * 0.3);
    expect((await client.ask({ type: 'snapshot' })).fingerprint).toBe(fingerprint);
  });

  test('at step 0 the first step is rehearsed', async () => {
    const client = open(SMALL);
    const frame = await client.frame(() => true);
    expect([readHeader(frame, 'step'), readHeader(frame, 'shownStep'), readHeader(frame, 'rehearsal')]).toEqual([0, 0, 1]);
  });

  test('any step can be rehearsed', async () => {
    const client = open(SMALL);
    await client.ask({ type: 'advance', count: 5 });
    expect(await client.ask({ type: 'rehearse', step: 41 })).toEqual({ step: 5 });
    const frame = client.lastFrame();
    expect([readHeader(frame, 'step'), readHeader(frame, 'shownStep'), readHeader(frame, 'rehearsal')]).toEqual([5, 41, 1]);
  });

  test('DR1 MC: the paused surface is completed by further frames, and is the mean and spread of the passes', async () => {
    const client = open({ ...SMALL, phase: 'mc', passes: 60 });
    await client.ask({ type: 'advance', count: 50 });
    const frame = await client.frame((candidate) => readHeader(candidate, 'step') === 50 && readHeader(candidate, 'surfacePasses') === 60);
    const run = await openRun(client.settings);
    run.train(50, false);
    const points = gridPoints('moons');
    const sum = new Float64Array(points.length / 2);
    const squares = new Float64Array(points.length / 2);
    run.accumulatePasses(points, 0, 60, sum, squares);
    frame.surface.forEach((value, index) => {
      const mean = (sum[index] as number) / 60;
      expect(value).toBe(Math.fround(mean));
      expect(frame.surfaceSpread[index]).toBeCloseTo(Math.sqrt(Math.max(0, (squares[index] as number) / 60 - mean ** 2)), 6);
    });
    expect(Math.max(...frame.surfaceSpread)).toBeGreaterThan(0.01);
  });

  test('the surface in eval is the prediction at each point, from the upper left', async () => {
    const client = open(SMALL);
    await client.ask({ type: 'advance', count: 30 });
    const corner = await client.ask({ type: 'predict', inputs: Float32Array.of(-2, 2, 2, -2), options: { phase: 'eval' } });
    const { surface, surfaceSpread } = client.lastFrame();
    expect([surface[0], surface.at(-1)]).toEqual([...corner.outputs]);
    expect(surfaceSpread.every((spread) => spread === 0)).toBe(true);
  });

  test('curves are thinned out evenly and end with the newest point', async () => {
    const client = open({ ...SMALL, trainSize: 5, testSize: 5 });
    await client.ask({ type: 'advance', count: 20_000 });
    const frame = client.lastFrame();
    const { curves } = await client.ask({ type: 'snapshot' });
    const count = readHeader(frame, 'curveCount');
    expect(count).toBe(Math.min(curves.length, 512));
    expect(frame.curveStep[0]).toBe(curves[0]?.step);
    expect(frame.curveStep[count - 1]).toBe(curves.at(-1)?.step);
    expect(frame.curveTest[count - 1]).toBe(Math.fround(curves.at(-1)?.test ?? Number.NaN));
  });
});

describe('restart', () => {
  test('ST3 a new shape starts over with new buffers and new data, and goes on running', async () => {
    const client = open(SMALL);
    await client.run();
    await client.frame((frame) => readHeader(frame, 'step') > 0);
    client.settings = parseSettings({ dataset: 'wave', hidden: [5] }, client.settings);
    const buffers = client.makeBuffers(3);
    const revision = client.configure({}, { restart: true, buffers });
    const frame = await client.frame((candidate) => readHeader(candidate, 'revision') === revision && readHeader(candidate, 'step') > 0);
    expect(frame.layers.map(({ units }) => units)).toEqual([1, 5, 1]);
    expect(client.all('data').map(({ data }) => data.numInputs)).toEqual([2, 1]);
    expect(client.all('status').at(-1)?.running).toBe(true);
  });

  test('buffers of the former shape that come back late are let go', async () => {
    const client = open(SMALL);
    await client.frame(() => true);
    const old = client.makeBuffers(2);
    client.settings = parseSettings({ hidden: [3] }, client.settings);
    client.configure({}, { restart: true, buffers: client.makeBuffers(3) });
    for (const buffer of old) client.send({ type: 'release', buffer });
    await client.ask({ type: 'advance', count: 3 });
    expect(client.all('error')).toEqual([]);
    expect(readHeader(client.lastFrame(), 'step')).toBe(3);
  });
});

describe('failures', () => {
  const WILD: Partial<Settings> = { ...SMALL, dataset: 'wave', activation: 'linear', optimizer: 'sgd', learningRate: 10, mode: 'none' };

  test('NT5 a loss that is no number stops the run, in words, with the way out', async () => {
    const client = open(WILD);
    await client.run();
    const error = await client.until('error');
    expect(error).toMatchObject({ code: 'non-finite', fatal: false, requestId: null });
    const { step: done, last } = await client.ask({ type: 'snapshot' });
    expect(error.message).toMatch(/^The loss stopped being a number in step \d+: .*Lower the learning rate \(now 10\) and reset/);
    // The step that did it is not done: those before it are, and the newest of them has a loss.
    expect(error.message).toContain(`in step ${done + 1}:`);
    expect(Number.isFinite(last?.loss)).toBe(true);
    const status = await client.until('status', ({ running, step }) => !running && step > 0);
    expect(status.stepsPerSecond).toBe(0);
    client.configure({ learningRate: 0.001 });
    await client.ask({ type: 'reset' });
    expect(await client.ask({ type: 'advance', count: 20 })).toEqual({ step: 20 });
    expect(Number.isFinite(readHeader(client.lastFrame(), 'loss'))).toBe(true);
  });

  test('PR4 an advance that ends so is answered with the error', async () => {
    const client = open(WILD);
    await expect(client.ask({ type: 'advance', count: 100_000 })).rejects.toThrow('non-finite: The loss stopped being a number');
  });

  test('a page of another version is told to reload', async () => {
    const client = open(SMALL, 3, 0);
    expect(await client.until('error')).toMatchObject({ fatal: true, code: 'protocol', message: expect.stringContaining('Reload') });
  });

  test.each(['no-simd', 'wasm-off', 'wasm-blocked', 'core-missing'] as const)(
    'SC8 a core that cannot start (%s) is reported with its code and words',
    async (code) => {
      const blocked = () => Promise.reject(Object.assign(new Error('what to do'), { code }));
      const client = open(SMALL, 3, undefined, { ...NODE, openRun: blocked });
      expect(await client.until('error')).toEqual({ type: 'error', requestId: null, fatal: true, code, message: 'what to do' });
      expect(client.all('ready')).toEqual([]);
    },
  );

  test('PR4 a request that cannot be met is answered with an error and hurts nobody', async () => {
    const client = open(SMALL);
    await expect(client.ask({ type: 'predict', inputs: new Float32Array(3), options: {} })).rejects.toThrow('bad-request');
    await expect(client.ask({ type: 'advance', count: 2 ** 31 })).rejects.toThrow('bad-request: count must not lead past step 2147483647');
    expect(await client.ask({ type: 'advance', count: 1 })).toEqual({ step: 1 });
  });
});
