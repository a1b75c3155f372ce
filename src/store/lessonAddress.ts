/**
 * A lesson in the fragment of the address, `#lesson=…`: its file, compressed and in letters that an address may hold. A fragment is never
 * sent to a server. Only short lessons fit; longer ones travel as files.
 */
import { pageAddress } from './address';
import { readHash } from './addressBar';

const KEY = 'lesson=';
/** More than this, and mail programs and chats cut an address off. */
const MAX_LESSON_LINK = 8000;

async function pipe(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(through);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function toLetters(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromLetters(letters: string): Uint8Array<ArrayBuffer> {
  const text = atob(letters.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Returns the fragment, without '#', that holds a lesson file. */
export async function writeLessonHash(file: string): Promise<string> {
  return KEY + toLetters(await pipe(new TextEncoder().encode(file), new CompressionStream('deflate-raw')));
}

/** Returns the lesson file that a fragment holds. Errors: RangeError, in words, when it was cut off or is none. */
export async function readLessonHash(hash: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      await pipe(fromLetters(hash.slice(KEY.length)), new DecompressionStream('deflate-raw')),
    );
  } catch {
    throw new RangeError('the lesson in the address cannot be read: it was cut off or changed on the way. Ask for the file instead');
  }
}

/** Reads the lesson file in the address of the page; null when there is none. Errors: RangeError. */
export async function readLessonAddress(): Promise<string | null> {
  return readHash().startsWith(KEY) ? readLessonHash(readHash()) : null;
}

/** Returns the whole address of this page that opens a lesson file; null when it would be too long. */
export async function lessonLink(file: string): Promise<string | null> {
  const link = `${pageAddress('')}#${await writeLessonHash(file)}`;
  return link.length <= MAX_LESSON_LINK ? link : null;
}
