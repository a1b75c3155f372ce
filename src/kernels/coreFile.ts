/**
 * Fetches the core as a file of its own from beside the worker's script. In builds of the page this stands in for coreSource.ts (see
 * corePlugin in test/setup/plugins.mjs).
 */
import { CoreUnavailableError } from './coreError';

export async function loadCore(): Promise<BufferSource> {
  const address = new URL('./generated/core.wasm', import.meta.url);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the host answered ${response.status}`);
    return await response.arrayBuffer();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new CoreUnavailableError(
      'core-missing',
      `The file core.wasm did not come from beside the worker's script (${text}). Its host must serve it, and allow connect-src 'self'.`,
      { cause: error },
    );
  }
}
