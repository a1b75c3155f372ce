/** Float32 numbers as base64 text, little-endian on every machine: how data and weights travel inside a script or a JSON file. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Returns the bytes of `values` as little-endian float32. */
export function floatBytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i] as number, true);
  return new Uint8Array(view.buffer);
}

/** Returns `bytes` as base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const missing = Math.max(0, i + 3 - bytes.length);
    for (let sextet = 0; sextet < 4; sextet++) {
      parts.push(sextet > 3 - missing ? '=' : (ALPHABET[(group >>> (18 - 6 * sextet)) & 63] as string));
    }
  }
  return parts.join('');
}
