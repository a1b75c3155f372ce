/**
 * Where the bytes of the core come from: the module's own text, so that tests, servers in development and builds of a single file need no
 * request. The build of the page puts coreFile.ts in this one's place, which fetches a third less.
 */
import { CORE_BYTES } from './generated/coreBytes';

export async function loadCore(): Promise<BufferSource> {
  return Uint8Array.from(atob(CORE_BYTES), (character) => character.charCodeAt(0));
}
