import { afterEach, describe, expect, test, vi } from 'vitest';
import { PaintBus } from '../../../src/bridge/paintBus';
import { Cell, Readout } from '../../../src/bridge/readable';
import { type Frame, frameBytes, frameShape, openFrame, readHeader, writeHeader } from '../../../src/protocol/frame';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings';

const shape = frameShape(DEFAULT_SETTINGS);

function frameOf(step: number, revision = 1): Frame {
  const frame = openFrame(shape, new ArrayBuffer(frameBytes(shape)));
  writeHeader(frame, 'step', step);
  writeHeader(frame, 'revision', revision);
  return frame;
}

const stepOf = (frame: Frame) => readHeader(frame, 'step');

/** A bus whose released frames and painted steps are noted. */
function makeBus() {
  const released: number[] = [];
  const painted: number[] = [];
  const bus = new PaintBus((frame) => released.push(stepOf(frame)));
  bus.expect(1);
  bus.subscribe('mask', (frame) => painted.push(stepOf(frame)));
  return { bus, released, painted };
}

describe('painting', () => {
  test('the newest of several frames is painted, once, and the others are given back', async () => {
    const { bus, released, painted } = makeBus();
    for (const step of [1, 2, 3]) bus.receive(frameOf(step));
    expect(painted).toEqual([]);
    expect(released).toEqual([]);
    await bus.whenCaughtUp();
    expect(painted).toEqual([3]);
    expect(released).toEqual([1, 2]);
    expect([bus.numPainted, bus.numSkipped]).toEqual([1, 2]);
  });

  test('the frame on screen is kept until the next one has been painted', async () => {
    const { bus, released, painted } = makeBus();
    bus.receive(frameOf(1));
    await bus.whenCaughtUp();
    expect(released).toEqual([]);
    bus.receive(frameOf(2));
    await bus.whenCaughtUp();
    expect(released).toEqual([1]);
    expect(painted).toEqual([1, 2]);
    expect(bus.latest && stepOf(bus.latest)).toBe(2);
  });

  test('HD5 listeners hear of a frame once, after all painters', async () => {
    const { bus } = makeBus();
    const order: string[] = [];
    bus.onPainted(() => order.push('painted'));
    bus.subscribe('network', () => order.push('network'));
    bus.subscribe('surface', () => order.push('surface'));
    bus.receive(frameOf(1));
    await bus.whenCaughtUp();
    expect(order).toEqual(['network', 'surface', 'painted']);
  });

  test('a hover repaints its channel alone, with the frame on screen, and is no new frame', async () => {
    const { bus, painted } = makeBus();
    const others: number[] = [];
    bus.subscribe('curve', (frame) => others.push(stepOf(frame)));
    bus.receive(frameOf(7));
    await bus.whenCaughtUp();
    bus.invalidate('mask');
    bus.invalidate('mask');
    await nextPaint();
    expect(painted).toEqual([7, 7]);
    expect(others).toEqual([7]);
    expect(bus.numPainted).toBe(1);
  });

  test('a painter that comes late gets the frame on screen', async () => {
    const { bus } = makeBus();
    bus.receive(frameOf(4));
    await bus.whenCaughtUp();
    const late: number[] = [];
    const unsubscribe = bus.subscribe('network', (frame) => late.push(stepOf(frame)));
    await nextPaint();
    expect(late).toEqual([4]);
    unsubscribe();
    bus.receive(frameOf(5));
    await bus.whenCaughtUp();
    expect(late).toEqual([4]);
  });

  test('a painter that throws stops nobody else', async () => {
    const { bus, painted, released } = makeBus();
    const errors: unknown[] = [];
    const original = console.error;
    console.error = (error: unknown) => errors.push(error);
    try {
      const unsubscribe = bus.subscribe('network', () => {
        throw new Error('broken painter');
      });
      bus.receive(frameOf(1));
      await bus.whenCaughtUp();
      unsubscribe();
    } finally {
      console.error = original;
    }
    expect(painted).toEqual([1]);
    expect(released).toEqual([]);
    expect(String(errors[0])).toContain('broken painter');
  });
});

describe('turns', () => {
  afterEach(() => void vi.useRealTimers());

  /** A bus whose painted steps are noted by channel, on a clock of its own. */
  function makeChannels() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const bus = new PaintBus(() => {});
    const painted = { network: [] as number[], histogram: [] as number[], surface: [] as number[], curve: [] as number[] };
    for (const channel of ['network', 'histogram', 'surface', 'curve'] as const)
      bus.subscribe(channel, (frame) => painted[channel].push(stepOf(frame)));
    return { bus, painted };
  }
  const FRAME_MS = 30;

  test('while frames follow each other the dear figures alternate; the rest is painted each time', () => {
    const { bus, painted } = makeChannels();
    for (let step = 1; step <= 7; step++) {
      bus.receive(frameOf(step));
      vi.advanceTimersByTime(FRAME_MS);
    }
    expect(painted.network).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(painted).toMatchObject({ surface: [1, 2, 4, 6], histogram: [1, 3, 5, 7], curve: [1, 4] });
    vi.advanceTimersByTime(FRAME_MS);
    expect(painted).toMatchObject({ surface: [1, 2, 4, 6, 7], histogram: [1, 3, 5, 7], curve: [1, 4, 7] });
    vi.advanceTimersByTime(10 * FRAME_MS);
    expect(painted).toMatchObject({ network: { length: 7 }, surface: { length: 5 }, histogram: { length: 4 }, curve: { length: 3 } });
    expect(bus.numPainted).toBe(7);
  });

  test('a frame that somebody waits for, or that follows none, is painted whole at once', async () => {
    const { bus, painted } = makeChannels();
    for (const step of [1, 2]) {
      bus.receive(frameOf(step));
      const waiting = bus.whenCaughtUp();
      vi.advanceTimersByTime(FRAME_MS);
      await waiting;
    }
    bus.receive(frameOf(3));
    vi.advanceTimersByTime(FRAME_MS);
    const isShown = () => [painted.surface, painted.histogram].every((steps) => steps.at(-1) === 3);
    expect(isShown()).toBe(false);
    let isCaughtUp = false;
    const caughtUp = bus.whenCaughtUp().then(() => {
      isCaughtUp = true;
    });
    await Promise.resolve();
    expect(isCaughtUp).toBe(false);
    vi.advanceTimersByTime(FRAME_MS);
    await caughtUp;
    expect(isShown()).toBe(true);
    vi.advanceTimersByTime(200);
    bus.receive(frameOf(4));
    vi.advanceTimersByTime(FRAME_MS);
    for (const steps of Object.values(painted)) expect(steps).toEqual([1, 2, 3, 4]);
  });
});

describe('revisions', () => {
  test('PR3 frames of older settings are given back at once, never painted', async () => {
    const { bus, released, painted } = makeBus();
    bus.receive(frameOf(1, 1));
    bus.expect(2);
    expect(released).toEqual([1]);
    bus.receive(frameOf(2, 1));
    expect(released).toEqual([1, 2]);
    bus.receive(frameOf(3, 2));
    await bus.whenPainted(2);
    expect(painted).toEqual([3]);
    expect(bus.numSkipped).toBe(2);
  });

  test('who waits for older settings is served by newer ones', async () => {
    const { bus } = makeBus();
    const waits = [bus.whenPainted(2), bus.whenPainted(3)];
    bus.expect(3);
    bus.receive(frameOf(1, 3));
    await Promise.all(waits);
    await bus.whenPainted(1);
    expect(bus.latest && readHeader(bus.latest, 'revision')).toBe(3);
  });

  test('PR4 all who wait are told when the worker is lost', async () => {
    const { bus, painted } = makeBus();
    bus.receive(frameOf(1));
    const waits = [bus.whenPainted(9), bus.whenCaughtUp()];
    bus.fail(new Error('lost'));
    for (const wait of waits) await expect(wait).rejects.toThrow('lost');
    await nextPaint();
    expect(painted).toEqual([]);
  });
});

describe('words', () => {
  test('SC1 a readout is a copy, refreshed with each paint when paused', async () => {
    const { bus } = makeBus();
    const readout = new Readout(bus, () => false);
    expect(readout.get()).toBeNull();
    let changes = 0;
    readout.subscribe(() => changes++);
    bus.receive(frameOf(1));
    await bus.whenCaughtUp();
    const first = readout.get() as Frame;
    expect(stepOf(first)).toBe(1);
    expect(readout.get()).toBe(first);
    expect(first.buffer).not.toBe(bus.latest?.buffer);
    bus.receive(frameOf(2));
    await bus.whenCaughtUp();
    expect(changes).toBe(2);
    expect(stepOf(first)).toBe(1);
    expect(stepOf(readout.get() as Frame)).toBe(2);
  });

  test('SC1 while running it does not follow every frame', async () => {
    const { bus } = makeBus();
    const readout = new Readout(bus, () => true);
    let changes = 0;
    readout.subscribe(() => changes++);
    for (const step of [1, 2, 3]) {
      bus.receive(frameOf(step));
      await bus.whenCaughtUp();
    }
    expect(changes).toBe(1);
    readout.refresh();
    readout.refresh();
    expect(changes).toBe(2);
    expect(stepOf(readout.get() as Frame)).toBe(3);
  });

  test('without readers it follows on request', async () => {
    const { bus } = makeBus();
    const readout = new Readout(bus, () => true);
    for (const step of [1, 2]) {
      bus.receive(frameOf(step));
      await bus.whenCaughtUp();
      expect(stepOf(readout.get() as Frame)).toBe(step);
    }
  });

  test('a cell tells its readers until they leave', () => {
    const cell = new Cell(0);
    const seen: number[] = [];
    const unsubscribe = cell.subscribe(() => seen.push(cell.get()));
    cell.set(1);
    unsubscribe();
    cell.set(2);
    expect(seen).toEqual([1]);
  });
});

/** Resolves after the shared loop has run once more. */
async function nextPaint(): Promise<void> {
  const { requestPaint } = await import('../../../src/bridge/animationLoop');
  await new Promise<void>((resolve) => {
    requestPaint(resolve);
  });
}
