/** Checks what callers of a lab hand in, before anything is sent. Each error names the argument, the value and the allowed range. */
import { MAX_STEP } from '../protocol/messages';
import { datasetShape } from '../protocol/network';
import { parseChanges, parseSetting, showValue } from '../protocol/parse';
import type { Settings } from '../protocol/settings';
import type { Change, PredictOptions } from '../protocol/snapshot';

/** Errors: RangeError "count must be a whole number between 0 and 2147483647, got -1". */
export function checkWhole(name: string, value: unknown): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_STEP) return;
  throw new RangeError(`${name} must be a whole number between 0 and ${MAX_STEP}, got ${showValue(value)}`);
}

/** Errors: RangeError "limit must be a whole number between 0 and 2147483647, or Infinity, got -1". */
export function checkLimit(value: unknown): void {
  if (value === Number.POSITIVE_INFINITY) return;
  checkWhole('limit', value);
}

/** Errors: RangeError "pace must be above 0 steps per second, got 0". */
export function checkPace(value: unknown): void {
  if (typeof value === 'number' && value > 0) return;
  throw new RangeError(`pace must be above 0 steps per second, got ${showValue(value)}`);
}

/**
 * Fills in what a prediction was not told.
 *
 * Errors: TypeError unless `inputs` is a Float32Array; RangeError "inputs must hold whole examples of 2 numbers each, got 3 numbers" or
 * "inputs[1] must be a finite number, got NaN"; TypeError for options that are no object; SettingsError for a phase or a number of passes that is none.
 */
export function checkPrediction(inputs: unknown, options: PredictOptions, settings: Settings): Required<PredictOptions> {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options must be an object of phase and passes, got ${showValue(options)}`);
  }
  if (Object.prototype.toString.call(inputs) !== '[object Float32Array]') {
    throw new TypeError(`inputs must be a Float32Array, got ${showValue(inputs)}`);
  }
  const { numInputs } = datasetShape(settings.dataset);
  const { length } = inputs as Float32Array;
  if (length === 0 || length % numInputs !== 0) {
    const each = numInputs === 1 ? '1 number' : `${numInputs} numbers`;
    throw new RangeError(`inputs must hold one or more whole examples of ${each} each, got ${length} numbers`);
  }
  const index = (inputs as Float32Array).findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw new RangeError(`inputs[${index}] must be a finite number, got ${showValue((inputs as Float32Array)[index])}`);
  return {
    phase: parseSetting('phase', options.phase ?? settings.phase),
    passes: parseSetting('passes', options.passes ?? settings.passes),
  };
}

/** Errors: RangeError for a step that is none; SettingsError when steps do not go up, or a patch is refused or names a setting that is not live. */
export function checkChanges(changes: readonly Change[], start: Settings): void {
  for (const change of changes) checkWhole('step of a change', change.step);
  parseChanges(changes, start);
}
