/**
 * Measures of the machine for the benchmark: what one core can do at most, and how fast masks are drawn. They train nothing and keep
 * no time; who calls them does.
 */
import { type Core, HEAP_START } from './core';

/** Operations per round of the peak probe: twelve chains of multiply and add on four floats. */
const PEAK_OPERATIONS = 96;
const MASK_BYTES = 32768;

export interface Probe {
  /** Runs `rounds` rounds of strict f32x4 multiply and add in registers. Returns the floating-point operations done. */
  peak(rounds: number): number;
  /** Draws `times` masks of 32768 entries at p = 0.5. Returns the entries drawn. */
  masks(times: number): number;
}

/** Makes the probes of a compiled core. Example: `operations / milliseconds / 1e6` of a call of 90 ms or more is GF/s. */
export function createProbe(core: Core): Probe {
  const { exports } = core.instantiate(HEAP_START + MASK_BYTES + 32);
  let calls = 0;
  return {
    peak: (rounds) => {
      exports.peak(rounds);
      return rounds * PEAK_OPERATIONS;
    },
    masks: (times) => {
      for (let i = 0; i < times; i++) exports.fillMask(0, calls++, MASK_BYTES, 2 ** 22, HEAP_START);
      return times * MASK_BYTES;
    },
  };
}
