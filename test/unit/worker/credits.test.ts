import { expect, test } from 'vitest';
import { Credits } from '../../../src/worker/credits';

const buffers = (count: number, numBytes = 8) => Array.from({ length: count }, () => new ArrayBuffer(numBytes));

test('PR2 of three credits one is kept for answers', () => {
  const credits = new Credits(buffers(3), 8);
  expect(credits.hasSpare).toBe(true);
  credits.take();
  credits.take();
  expect([credits.hasSpare, credits.hasOne]).toEqual([false, true]);
  credits.take();
  expect(credits.hasOne).toBe(false);
  expect(credits.take()).toBeUndefined();
});

test('PR2 a lone credit may be used for anything', () => {
  expect(new Credits(buffers(1), 8).hasSpare).toBe(true);
});

test('PR2 there are never more credits than were lent, and none of another size', () => {
  const credits = new Credits([...buffers(2), new ArrayBuffer(16)], 8);
  credits.give(new ArrayBuffer(8));
  credits.take();
  credits.give(new ArrayBuffer(16));
  expect(credits.take()?.byteLength).toBe(8);
  expect(credits.take()).toBeUndefined();
  credits.give(new ArrayBuffer(8));
  expect(credits.hasOne).toBe(true);
});
