/** CRC-32 as zip, PNG and Python's `zlib.crc32` compute it. Pure arithmetic; it must not know what the bytes mean. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** Returns the CRC-32 of `bytes`, carried on from `start`. Range: unsigned 32 bits. Source: ISO 3309, reflected polynomial 0xEDB88320. */
export function crc32(bytes: Uint8Array, start = 0): number {
  let value = ~start;
  for (const byte of bytes) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] as number);
  return ~value >>> 0;
}

/** Writes 32 bits as 8 hex digits, as Python's `f"{value:08x}"`. */
export function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
