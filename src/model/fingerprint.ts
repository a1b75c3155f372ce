/**
 * The fingerprint of a network: 16 hex digits that are equal when all weights and biases are, bit for bit.
 *
 * It reads plain arrays, so that it does not depend on how the core lays them out.
 */

const CANONICAL_NAN = 0x7fc00000; // which NaN an engine makes is the one thing about floats that is left open

/** One 32-bit hash in the manner of MurmurHash3, with its own constants. */
class Hash {
  private state: number;
  constructor(
    seed: number,
    private readonly first: number,
    private readonly second: number,
  ) {
    this.state = seed;
  }
  add(word: number): void {
    const mixed = Math.imul(word, this.first);
    const turned = Math.imul((mixed << 15) | (mixed >>> 17), this.second);
    const next = this.state ^ turned;
    this.state = (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
  }
  digits(): string {
    let h = this.state;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }
}

/**
 * Hashes the float32 bits of weights `[units of layer l + 1, units of layer l]` and biases, link by link. 0 and −0 differ; all NaN are one.
 */
export function fingerprint(weights: readonly Float32Array[], biases: readonly Float32Array[]): string {
  const high = new Hash(0x9747b28c, 0xcc9e2d51, 0x1b873593);
  const low = new Hash(0x2545f491, 0x239b961b, 0xab0e9789);
  const add = (values: Float32Array) => {
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
    for (let i = 0; i < words.length; i++) {
      const word = Number.isNaN(values[i]) ? CANONICAL_NAN : (words[i] as number);
      high.add(word);
      low.add(word);
    }
  };
  weights.forEach((values, layerIndex) => {
    add(values);
    add(biases[layerIndex] as Float32Array);
  });
  return high.digits() + low.digits();
}
