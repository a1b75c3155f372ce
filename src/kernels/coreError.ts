/** What the core refuses to start with: words for people and a code for programs. Apart from core.ts so that whoever loads the core may throw it too. */

/** 'wasm-off': the browser has none. 'wasm-blocked': a policy forbids it. 'core-missing': its file did not come. */
type CoreUnavailableCode = 'no-simd' | 'wasm-off' | 'wasm-blocked' | 'core-missing';

/** Says why the core cannot run here, and what to do. `code` tells the cases apart. */
export class CoreUnavailableError extends Error {
  override readonly name = 'CoreUnavailableError';
  constructor(
    readonly code: CoreUnavailableCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
