/** Puts failures into words for people, with the way out, and into codes for programs. */
import type { ErrorCode } from '../protocol/messages';

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What keeps the core from starting. */
const CORE_CODES = ['no-simd', 'wasm-off', 'wasm-blocked', 'core-missing'] as const satisfies readonly ErrorCode[];

/** Says why the worker cannot start. The kernels' own errors carry a `code` and their own words; anything else is internal. */
export function bootFailure(error: unknown): Failure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  const known = CORE_CODES.find((each) => each === code);
  return error instanceof Error && known !== undefined ? { code: known, message: error.message } : internalFailure(error);
}

/** Says that the worker itself is at fault. */
export function internalFailure(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `The training worker has failed: ${text}. Restart starts a new one with the same settings.` };
}

/** Says that the loss has left the numbers, and what helps. `stepsDone`: those before the one that did it, which counts as not done. */
export function nonFiniteFailure(stepsDone: number, learningRate: number): Failure {
  return {
    code: 'non-finite',
    message: `The loss stopped being a number in step ${stepsDone + 1}: the updates grew too large. Lower the learning rate (now ${learningRate}) and reset, or go back to an earlier step.`,
  };
}
