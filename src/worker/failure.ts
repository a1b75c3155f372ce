/** Puts failures into words for people, with the way out, and into codes for programs. */
import type { ErrorCode } from '../protocol/messages';

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Says why the worker cannot start. The kernels' own errors carry a `code`; anything else is internal. */
export function bootFailure(error: unknown): Failure {
  const code = codeOf(error);
  if (code === 'no-simd') {
    return {
      code,
      message: 'This browser has no WebAssembly SIMD. Update it: Chrome 91, Edge 91, Firefox 89 or Safari 16.4 and later have it.',
    };
  }
  if (code === 'wasm-blocked') {
    return {
      code,
      message:
        "This page is not allowed to run WebAssembly. Its content security policy must contain script-src 'wasm-unsafe-eval', and its server must deliver the .wasm file.",
    };
  }
  return internalFailure(error);
}

function codeOf(error: unknown): ErrorCode | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === 'no-simd' || code === 'wasm-blocked' ? code : null;
}

/** Says that the worker itself is at fault. */
export function internalFailure(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `The training worker has failed: ${text}. Restart starts a new one with the same settings.` };
}

/** Says that the loss has left the numbers, and what helps. `stepIndex` is the 0-based number of the step that did it. */
export function nonFiniteFailure(stepIndex: number, learningRate: number): Failure {
  return {
    code: 'non-finite',
    message: `The loss stopped being a number in step ${stepIndex}: the updates grew too large. Lower the learning rate (now ${learningRate}) and reset, or go back to an earlier step.`,
  };
}
