import { afterEach, describe, expect, test } from 'vitest';
import { createLab, DropoutLab, type Lab, type LabOptions, type WorkerLike } from '../../../src/bridge';
import { readHeader } from '../../../src/protocol/frame';
import type { Command } from '../../../src/protocol/messages';
import type { Settings } from '../../../src/protocol/settings';
import { channelWorker, silentWorker } from './channelWorker';

const SMALL: Partial<Settings> = { hidden: [6, 5], trainSize: 30, testSize: 20, batchSize: 10, p: 0.3, seed: 3 };

const labs: Lab[] = [];
function open(options: LabOptions = {}): Lab {
  const lab = createLab({ connect: channelWorker, settings: SMALL, ...options });
  labs.push(lab);
  return lab;
}
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

const shownStep = (lab: Lab) => lab.frames.latest && readHeader(lab.frames.latest, 'step');

describe('store and worker stay in step', () => {
  test('SC1 frames never enter the store: it is written 4 times a second, however many there are', async () => {
    const lab = open();
    await lab.ready;
    await lab.play();
    let writes = 0;
    lab.store.subscribe(() => writes++);
    const startMs = performance.now();
    await framesPainted(lab, 20);
    await lab.pause();
    const quarters = (performance.now() - startMs) / 240;
    expect(writes).toBeLessThanOrEqual(2 + quarters);
  });

  test('a change in the store reaches the worker, and the promise of `configure` waits for its frame', async () => {
    const lab = open();
    await lab.ready;
    lab.store.getState().setSettings({ p: 0.25 });
    await lab.configure({ learningRate: 0.05 });
    expect((await lab.snapshot()).settings).toMatchObject({ p: 0.25, learningRate: 0.05 });
    expect(lab.frames.latest && readHeader(lab.frames.latest, 'revision')).toBe(3);
  });

  test('ST3 a seek brings the settings of its step into the store', async () => {
    const lab = open();
    await lab.advance(10);
    await lab.configure({ p: 0.9 });
    await lab.advance(10);
    await lab.seek(5);
    expect(lab.store.getState().settings.p).toBe(0.3);
    expect(lab.store.getState().run.changes).toEqual([{ step: 10, patch: { p: 0.9 } }]);
    await lab.seek(15);
    expect(lab.store.getState().settings.p).toBe(0.9);
  });

  test('the run slice tells where the run is', async () => {
    const lab = open();
    expect(lab.store.getState().run.phase).toBe('booting');
    await lab.ready;
    expect(lab.store.getState().run.phase).toBe('idle');
    await lab.play();
    expect(lab.store.getState().run.phase).toBe('running');
    await lab.pause();
    await lab.advance(3);
    const { run } = lab.store.getState();
    expect(run).toMatchObject({ phase: 'paused', step: lab.step, stepsPerSecond: 0 });
    expect(shownStep(lab)).toBe(run.step);
    await lab.seek(1);
    expect(lab.store.getState().run).toMatchObject({ step: 1, lastStep: run.step });
    await lab.configure({ seed: 9 });
    expect(lab.store.getState().run).toMatchObject({ phase: 'idle', step: 0, lastStep: 0, numRestarts: 1 });
  });

  test('AD4 a start over and its steps come together: the store never holds the step of the run before', async () => {
    const lab = open();
    const seen: number[] = [];
    const startOver = async (change: () => Promise<void>) => {
      await lab.play();
      await framesPainted(lab, 3);
      seen.length = 0;
      const { numRestarts } = lab.store.getState().run;
      const stop = lab.store.subscribe(({ run }) => run.numRestarts > numRestarts && seen.push(run.step));
      await change();
      await lab.pause();
      stop();
      expect(seen[0]).toBe(0);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(lab.store.getState().run.step).toBe(lab.step);
    };
    await startOver(() => lab.configure({ seed: 9 }));
    await startOver(() => lab.reset());
    await startOver(() => lab.replay([{ step: 2, patch: { p: 0.6 } }], 5));
    expect(lab.step).toBe(5);
  });

  test('a view setting of the store changes the pace of a running run', async () => {
    const lab = open({ view: { pace: 1 } });
    await lab.play();
    lab.store.getState().setView({ pace: Number.POSITIVE_INFINITY });
    await new Promise<void>((resolve) => {
      lab.frames.onPainted(() => lab.step > 50 && resolve());
    });
    expect(lab.running).toBe(true);
  });

  test('ST4 two labs share nothing', async () => {
    const a = open();
    const b = open({ settings: { ...SMALL, seed: 4 } });
    await Promise.all([a.advance(20), b.advance(5)]);
    await a.configure({ p: 0.8 });
    expect([a.step, b.step]).toEqual([20, 5]);
    expect(b.store.getState().settings.p).toBe(0.3);
    expect((await b.snapshot()).step).toBe(5);
  });
});

describe('what is handed out and taken in', () => {
  test('ST4 settings cannot be changed from outside, however deep, and no other lab is touched', () => {
    const lab = open({ settings: {} });
    const { settings } = new DropoutLab(lab);
    for (const list of [settings.hidden, settings.layerP, settings.points] as unknown as unknown[][]) {
      expect(() => list.push(4)).toThrow(TypeError);
    }
    expect(open({ settings: {} }).store.getState().settings).toMatchObject({ hidden: [12, 8], layerP: [], points: [] });
  });

  test('HD4 predict refuses what is no input and no options, by name', async () => {
    const lab = open();
    const inputs = (...values: number[]) => Float32Array.from(values);
    const nothing = null as unknown as Record<string, never>;
    await expect(lab.predict(inputs(0, 0), nothing)).rejects.toThrow('options must be an object of phase and passes, got null');
    await expect(lab.predict(inputs(0, Number.NaN))).rejects.toThrow('inputs[1] must be a finite number, got NaN');
    await expect(lab.predict(inputs(0, 0, -1e39, 1))).rejects.toThrow('inputs[2] must be a finite number, got -Infinity');
    expect((await lab.predict(inputs(0, -0))).size).toBe(1);
  });
});

describe('a worker that fails', () => {
  test('SC8 that never starts is given up, in words', async () => {
    const lab = open({ connect: silentWorker, readyTimeoutMs: 20 });
    const asked = lab.advance();
    await expect(lab.ready).rejects.toThrow('did not start within 0.02 seconds');
    await expect(asked).rejects.toThrow('did not start');
    expect(lab.store.getState().run).toMatchObject({ phase: 'failed', error: { code: 'worker-lost', fatal: true } });
  });

  test('SC8 that may not start at all says what the host must allow', async () => {
    const lab = open({
      connect: () => {
        throw new Error('refused by policy');
      },
    });
    await expect(lab.ready).rejects.toThrow('refused by policy. A page that shows a lab must allow its worker');
  });

  test('PR4 a crash rejects all that is open and later calls; restart goes on with the same settings', async () => {
    const workers: WorkerLike[] = [];
    const connect = () => {
      const worker = channelWorker();
      workers.push(worker);
      return worker;
    };
    const lab = open({ connect });
    await lab.ready;
    await lab.configure({ p: 0.45, hidden: [4] });
    const open1 = [lab.advance(1_000_000), lab.snapshot(), lab.play(), lab.configure({ learningRate: 0.2 })];
    const outcomes = Promise.allSettled(open1);
    workers[0]?.onerror?.({ message: 'out of memory', preventDefault: () => undefined } as ErrorEvent);
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'LabError', code: 'worker-lost' } });
    }
    await expect(lab.advance()).rejects.toThrow(
      'The training worker has stopped: out of memory. Restart starts a new one with the same settings.',
    );
    expect(lab.store.getState().run).toMatchObject({ phase: 'failed' });
    expect(lab.running).toBe(false);

    await lab.restart();
    expect(lab.store.getState().run).toMatchObject({ phase: 'idle', error: null });
    expect(await lab.advance(4)).toBe(4);
    expect((await lab.snapshot()).settings).toMatchObject({ p: 0.45, hidden: [4], learningRate: 0.2 });
  });

  test('PR4 a message that cannot be read is a lost worker too', async () => {
    const worker = channelWorker();
    const lab = open({ connect: () => worker });
    await lab.ready;
    worker.onmessageerror?.({} as MessageEvent);
    await expect(lab.snapshot()).rejects.toThrow('could not be read');
  });

  test('SC8 PR4 PR6 one that dies without a word is asked, given up, and started anew', async () => {
    const deaf = mutedWorker();
    const connects = [() => deaf.worker, channelWorker];
    const lab = open({ connect: () => (connects.shift() ?? channelWorker)(), heartbeatMs: 10 });
    await lab.play({ limit: 3 });
    deaf.mute();
    while (lab.store.getState().run.phase !== 'failed') await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(lab.snapshot()).rejects.toMatchObject({ code: 'worker-lost', message: expect.stringContaining('no longer answers') });
    expect(deaf.asked()).toBeGreaterThan(0);
    expect(lab.store.getState().run).toMatchObject({ phase: 'failed', error: { code: 'worker-lost', fatal: true } });
    await lab.restart();
    expect(await lab.advance(2)).toBe(2);
  });

  test('PR6 nothing is asked of a worker that rests, and one that works long answers meanwhile', async () => {
    const heard = mutedWorker();
    const lab = open({ connect: () => heard.worker, heartbeatMs: 2 });
    await lab.advance(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(heard.asked()).toBe(0);
    expect(await lab.advance(20_000)).toBe(20_001);
    await lab.play({ limit: 20_002 });
    while (heard.asked() < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect([lab.running, lab.store.getState().run.error]).toEqual([true, null]);
  });

  test('settings set while there is no worker are those of the next', async () => {
    const connects = [silentWorker, channelWorker];
    const lab = open({ connect: () => (connects.shift() ?? silentWorker)(), readyTimeoutMs: 3000 });
    await Promise.allSettled([lab.restart()]);
    expect(await lab.advance(2)).toBe(2);
  });

  test('NT5 a loss that is no number reaches the store and the handle; reset clears it', async () => {
    const lab = open({ settings: { ...SMALL, dataset: 'wave', activation: 'linear', optimizer: 'sgd', learningRate: 10, mode: 'none' } });
    const events: string[] = [];
    new DropoutLab(lab).addEventListener('error', (event) => events.push(event.detail.code));
    await expect(lab.advance(100_000)).rejects.toMatchObject({
      code: 'non-finite',
      message: expect.stringContaining('Lower the learning rate'),
    });
    expect(events).toEqual(['non-finite']);
    expect(lab.store.getState().run).toMatchObject({ phase: 'paused', error: { fatal: false } });
    await lab.configure({ learningRate: 0.01 });
    await lab.reset();
    expect(lab.store.getState().run.error).toBeNull();
    expect(await lab.advance(3)).toBe(3);
  });

  test('after dispose every call is refused, readably', async () => {
    const lab = open();
    await lab.ready;
    const asked = lab.advance(1_000_000);
    lab.dispose();
    lab.dispose();
    const message = 'This lab has been disposed; create a new one.';
    await expect(asked).rejects.toThrow(message);
    for (const call of [
      () => lab.play(),
      () => lab.pause(),
      () => lab.advance(),
      () => lab.reset(),
      () => lab.seek(0),
      () => lab.snapshot(),
      () => lab.restart(),
    ]) {
      await expect(call()).rejects.toThrow(message);
    }
    await expect(lab.configure({ p: 0.1 })).rejects.toThrow(message);
    expect(lab.store.getState().settings.p).toBe(0.3);
  });
});

/** Resolves when so many more frames have been painted. */
function framesPainted(lab: Lab, count: number): Promise<void> {
  const target = lab.frames.numPainted + count;
  return new Promise((resolve) => {
    const stop = lab.frames.onPainted(() => {
      if (lab.frames.numPainted < target) return;
      stop();
      resolve();
    });
  });
}

/** A real session whose word can be cut off, and that counts how often it has been asked whether it lives. */
function mutedWorker(): { worker: WorkerLike; mute: () => void; asked: () => number } {
  const worker = channelWorker();
  const { postMessage } = worker;
  let numAsked = 0;
  worker.postMessage = (message, transfer) => {
    if ((message as Command).type === 'ping') numAsked += 1;
    postMessage(message, transfer);
  };
  return {
    worker,
    mute: () => {
      worker.onmessage = null;
    },
    asked: () => numAsked,
  };
}
