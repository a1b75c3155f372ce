/**
 * What an export needs to know about a run: where it started, what was changed by hand on the way, and the numbers that prove a repetition right.
 *
 * It reads them off a lab (the page's own, or better a hidden second one, since it walks through the steps); it computes nothing that the worker knows.
 */
import type { DataReport } from '../protocol/messages';
import type { Settings } from '../protocol/settings';
import type { Change, Snapshot, StepSnapshot } from '../protocol/snapshot';
import { crc32, hex32 } from './bytes/crc32';

/** How many steps an export repeats unless told otherwise. */
export const DEFAULT_STEPS = 100;

type RecordedData = Pick<DataReport, 'numInputs' | 'trainInputs' | 'trainTargets' | 'testInputs' | 'testTargets'>;

/** What one training step must come out as. */
interface StepCheck {
  readonly loss: number;
  /** CRC-32 of every mask drawn in the step, one byte per entry, layer after layer, as 8 hex digits; null where none is drawn. */
  readonly masks: string | null;
  /** Mean of every Gaussian multiplier drawn in the step; null where none is drawn. */
  readonly noise: number | null;
}

export interface RunRecord {
  readonly settings: Settings; // in force at step 0
  readonly changes: readonly Change[];
  readonly data: RecordedData;
  readonly weights: readonly Float32Array[]; // at step 0, [units of layer l+1, units of layer l]
  readonly biases: readonly Float32Array[];
  readonly checks: readonly StepCheck[]; // of training steps 0, 1, …
  /** Losses of the whole sets with masks off after `step` steps; null when none was measured. */
  readonly evaluation: { readonly step: number; readonly train: number; readonly test: number } | null;
}

/** The part of a lab that a recording walks through; `seek` goes to any step and replays the changes. */
export interface Recordable {
  seek(step: number): Promise<unknown>;
  snapshot(): Promise<Snapshot>;
}

/** Returns the checksum of a step's masks (unit masks, then weight masks, of each layer in turn), or null when it drew none. */
export function maskChecksum(step: StepSnapshot): string | null {
  const masks = step.layers.flatMap(({ mask, weightMask }) => [mask, weightMask]).filter((mask) => mask !== null);
  if (masks.length === 0) return null;
  return hex32(masks.reduce((sum, mask) => crc32(mask, sum), 0));
}

/** Returns the mean of all Gaussian multipliers of a step, or null when it drew none. */
export function noiseMean(step: StepSnapshot): number | null {
  const noises = step.layers.map((layer) => layer.noise).filter((noise) => noise !== null);
  const count = noises.reduce((sum, noise) => sum + noise.length, 0);
  if (count === 0) return null;
  return noises.reduce((sum, noise) => noise.reduce((partial, value) => partial + value, sum), 0) / count;
}

/**
 * Walks a lab from step 0 to `steps` and returns the record of it. The lab is left at `steps`: the caller seeks home.
 * Errors: RangeError when `steps` is not a whole number from 1 up; Error when a step has no pass to read (the run became non-finite).
 */
export async function recordRun(lab: Recordable, data: RecordedData, steps = DEFAULT_STEPS): Promise<RunRecord> {
  if (!Number.isInteger(steps) || steps < 1) throw new RangeError(`steps must be a whole number from 1 up, got ${steps}`);
  await lab.seek(0);
  const start = await lab.snapshot();
  const checks: StepCheck[] = [];
  let now = start;
  for (let step = 1; step <= steps; step++) {
    await lab.seek(step);
    now = await lab.snapshot();
    if (!now.last || now.step !== step) throw new Error(`the run could not be followed to step ${step}: it stands at ${now.step}`);
    checks.push({ loss: now.last.loss, masks: maskChecksum(now.last), noise: noiseMean(now.last) });
  }
  const point = now.curves.findLast((candidate) => candidate.step > 0 && candidate.step <= steps);
  return {
    settings: start.settings,
    changes: start.changes,
    data,
    weights: start.weights,
    biases: start.biases,
    checks,
    evaluation: point ? { step: point.step, train: point.trainEval, test: point.test } : null,
  };
}
