/**
 * A zip archive of stored (uncompressed) files, which is what `np.savez` writes: the container of `.npz`.
 * Stored, because float32 weights do not compress; dated 1980, so that the same weights give the same bytes.
 */
import { crc32 } from './crc32';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
const FIRST_OF_JANUARY_1980 = 0x21;

/** Writes little-endian fields one after the other. */
class Writer {
  private readonly chunks: Uint8Array[] = [];
  length = 0;
  bytes(chunk: Uint8Array): this {
    this.chunks.push(chunk);
    this.length += chunk.length;
    return this;
  }
  u16(...values: number[]): this {
    return this.bytes(Uint8Array.from(values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff])));
  }
  u32(...values: number[]): this {
    return this.u16(...values.flatMap((value) => [value & 0xffff, value >>> 16]));
  }
  join(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.length);
    let offset = 0;
    for (const chunk of this.chunks) {
      all.set(chunk, offset);
      offset += chunk.length;
    }
    return all;
  }
}

/** Returns a zip archive that holds `entries`, stored. Errors: RangeError beyond 65535 entries. Source: PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16. */
export function zip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  if (entries.length > 0xffff) throw new RangeError(`a zip holds at most 65535 entries, got ${entries.length}`);
  const out = new Writer();
  const directory = new Writer();
  for (const { name, bytes } of entries) {
    const encodedName = new TextEncoder().encode(name);
    const offset = out.length;
    const common = (writer: Writer) =>
      writer.u16(VERSION, UTF8, 0, 0, FIRST_OF_JANUARY_1980).u32(crc32(bytes), bytes.length, bytes.length).u16(encodedName.length, 0);
    common(out.u32(LOCAL)).bytes(encodedName).bytes(bytes);
    common(directory.u32(CENTRAL).u16(VERSION)).u16(0, 0, 0).u32(0, offset).bytes(encodedName);
  }
  const directoryOffset = out.length;
  out.bytes(directory.join());
  return out.u32(END).u16(0, 0, entries.length, entries.length).u32(directory.length, directoryOffset).u16(0).join();
}
