import { describe, expect, test } from 'vitest';
import { Pacer, Speedometer, StepGroup, Throttle } from '../../../src/worker/pacer';

/** Trains as a session would, against a clock that ticks `tickMs` at a time. Returns steps done after each tick. */
function follow(pacer: Pacer, tickMs: number, numTicks: number, maxPerTick = Number.POSITIVE_INFINITY): number[] {
  let done = 0;
  return Array.from({ length: numTicks }, (_, tick) => {
    const nowMs = tick * tickMs;
    const steps = Math.min(pacer.due(nowMs), maxPerTick);
    pacer.take(steps, nowMs);
    done += steps;
    return done;
  });
}

describe('Pacer', () => {
  test('the first step is due at once, the next when its time has come', () => {
    expect(follow(new Pacer(10, 0), 50, 5)).toEqual([1, 1, 2, 2, 3]);
  });

  test.each([1, 7.5, 60, 250, 1000])('%f steps a second, whatever the rhythm of the asking', (pace) => {
    for (const tickMs of pace <= 60 ? [3, 7, 16] : [3, 17, 33]) {
      const numTicks = Math.ceil(10_000 / tickMs) + 1;
      const done = follow(new Pacer(pace, 0), tickMs, numTicks).at(-1) ?? 0;
      const elapsedMs = (numTicks - 1) * tickMs;
      expect(Math.abs(done - (1 + (elapsedMs * pace) / 1000))).toBeLessThanOrEqual(1);
    }
  });

  test('a debt that cannot be paid is forgiven: after a long sleep there is no burst', () => {
    const pacer = new Pacer(1000, 0);
    pacer.take(pacer.due(0), 0);
    pacer.take(10, 60_000);
    expect(pacer.due(60_000)).toBeLessThanOrEqual(101);
  });

  test('up to what a screen can show, steps come one by one, also after a late one', () => {
    const pacer = new Pacer(50, 0);
    const done = [0, 20, 75, 76, 77, 100, 120].map((nowMs) => {
      const steps = pacer.due(nowMs);
      pacer.take(steps, nowMs);
      return steps;
    });
    expect(done).toEqual([1, 1, 1, 1, 0, 1, 1]);
  });

  test('full speed knows no limit', () => {
    const pacer = new Pacer(Number.POSITIVE_INFINITY, 0);
    pacer.take(1e9, 1);
    expect(pacer.due(1)).toBe(Number.POSITIVE_INFINITY);
  });

  test('it says when the next step falls due', () => {
    const pacer = new Pacer(4, 100);
    pacer.take(pacer.due(100), 100);
    expect(pacer.nextMs()).toBe(350);
    expect(pacer.due(349)).toBe(0);
    expect(pacer.due(350)).toBe(1);
  });
});

describe('StepGroup', () => {
  test('grows by doubling until it fits the budget', () => {
    const group = new StepGroup();
    const sizes: number[] = [];
    for (let i = 0; i < 12; i++) {
      const size = group.size(4);
      sizes.push(size);
      group.record(size, size * 0.01);
    }
    expect(sizes.slice(0, 5)).toEqual([1, 2, 4, 8, 16]);
    expect(sizes.at(-1)).toBeCloseTo(400, -1);
  });

  test('PR5 a step that takes longer than the budget is taken alone', () => {
    const group = new StepGroup();
    group.record(64, 640);
    expect(group.size(4)).toBe(1);
  });

  test('a clock that sees nothing does not let it explode', () => {
    const group = new StepGroup();
    group.record(100, 0);
    expect(group.size(4)).toBe(200);
  });
});

test('Throttle keeps work at its share of the time', () => {
  const throttle = new Throttle(0.1);
  let nowMs = 0;
  let spentMs = 0;
  while (nowMs < 10_000) {
    if (throttle.isDue(nowMs)) {
      throttle.record(nowMs, nowMs + 3);
      nowMs += 3;
      spentMs += 3;
    } else nowMs += 1;
  }
  expect(spentMs / nowMs).toBeGreaterThan(0.08);
  expect(spentMs / nowMs).toBeLessThan(0.11);
});

test('Speedometer reads the last half second', () => {
  const speed = new Speedometer();
  speed.reset(100, 0);
  expect(speed.read(100, 0)).toBe(0);
  expect(speed.read(110, 100)).toBe(100);
  expect(speed.read(200, 500)).toBe(200);
  expect(speed.read(900, 900)).toBe(200);
  expect(speed.read(700, 1000)).toBe(1000);
});
