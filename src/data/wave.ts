/**
 * The 1-D regression: a wave with a gap in which nothing is trained, so that one can see what a network believes where it knows
 * nothing. Test points cover the whole range, gap included.
 */
import { exactSin } from '../math/exactMath';
import { normal, uniform } from '../math/threefry';
import type { ExampleKeys } from './streams';

/** Half the range of x. */
const REACH = 2;

/** No training point has its x in here. */
export const WAVE_GAP = { from: 0.3, to: 1.2 } as const;

/** Returns the wave without noise, `sin(2.5 x) + 0.3 x`. It stays within [−1.4, 1.4] on [−2, 2]. */
export function waveAt(x: number): number {
  return exactSin(2.5 * x) + 0.3 * x;
}

/**
 * Draws `size` points, `y = wave(x) + noise · N(0, 1)`, x uniform over [−2, 2], or over its part outside the gap.
 *
 * Shape: inputs and targets `[size]`. Determinism: point i depends on the keys, i and the noise alone.
 */
export function drawWave(keys: ExampleKeys, size: number, noise: number, hasGap: boolean): { inputs: Float32Array; targets: Float32Array } {
  const gap = hasGap ? WAVE_GAP.to - WAVE_GAP.from : 0;
  const inputs = new Float32Array(size);
  const targets = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const place = -REACH + uniform(keys.shape, i) * (2 * REACH - gap);
    const x = hasGap && place > WAVE_GAP.from ? place + gap : place;
    inputs[i] = x;
    targets[i] = waveAt(x) + noise * normal(keys.noise, i);
  }
  return { inputs, targets };
}
