/** Copies in and out of the core's padded layouts: rows with a leading dimension, transposed weights, mask bytes, weight-mask nibbles. */
import type { CoreInstance } from './core';

/** Addresses and leading dimensions are in bytes; arrays are row-major without padding. Padding is left alone, and so stays zero. */
export class Cells {
  private readonly f32: Float32Array;
  private readonly u8: Uint8Array;

  constructor(instance: CoreInstance) {
    this.f32 = instance.f32;
    this.u8 = instance.u8;
  }

  readRows(start: number, ld: number, rows: number, units: number): Float32Array {
    const out = new Float32Array(rows * units);
    for (let row = 0; row < rows; row++) {
      const from = (start + row * ld) / 4;
      out.set(this.f32.subarray(from, from + units), row * units);
    }
    return out;
  }

  writeRows(start: number, ld: number, values: Float32Array, rows: number, units: number): void {
    if (ld === units * 4) {
      this.f32.set(values, start / 4);
      return;
    }
    if (units > 8) {
      for (let row = 0; row < rows; row++) this.f32.set(values.subarray(row * units, (row + 1) * units), (start + row * ld) / 4);
      return;
    }
    for (let row = 0, from = 0; row < rows; row++) {
      const to = (start + row * ld) / 4;
      for (let unit = 0; unit < units; unit++, from++) this.f32[to + unit] = values[from] as number;
    }
  }

  /** Reads [inputs, outputs] as [outputs, inputs]. */
  readTransposed(start: number, ld: number, inputs: number, outputs: number): Float32Array {
    const out = new Float32Array(inputs * outputs);
    for (let i = 0; i < inputs; i++) {
      const from = (start + i * ld) / 4;
      for (let o = 0; o < outputs; o++) out[o * inputs + i] = this.f32[from + o] as number;
    }
    return out;
  }

  /** Writes [outputs, inputs] as [inputs, outputs]. */
  writeTransposed(start: number, ld: number, values: Float32Array, inputs: number, outputs: number): void {
    for (let i = 0; i < inputs; i++) {
      const to = (start + i * ld) / 4;
      for (let o = 0; o < outputs; o++) this.f32[to + o] = values[o * inputs + i] as number;
    }
  }

  readMask(start: number, count: number): Uint8Array {
    return this.u8.slice(start, start + count).map((byte) => byte & 1);
  }

  writeMask(start: number, mask: Uint8Array): void {
    this.u8.set(
      mask.map((kept) => (kept ? 255 : 0)),
      start,
    );
  }

  /** Reads nibbles [numMasks, inputs, columns of outputs] as a mask [numMasks, outputs, inputs]. */
  readNibbles(start: number, inputs: number, outputs: number, numMasks: number): Uint8Array {
    const mask = new Uint8Array(numMasks * outputs * inputs);
    this.eachNibble(inputs, outputs, numMasks, (index, at, bit) => {
      mask[index] = ((this.u8[start + at] as number) >> bit) & 1;
    });
    return mask;
  }

  writeNibbles(start: number, mask: Uint8Array, inputs: number, outputs: number): void {
    const numMasks = mask.length / (inputs * outputs);
    this.u8.fill(0, start, start + numMasks * Math.ceil(inputs / 4) * 4 * Math.ceil(outputs / 4));
    this.eachNibble(inputs, outputs, numMasks, (index, at, bit) => {
      if (mask[index]) this.u8[start + at] = (this.u8[start + at] as number) | (1 << bit);
    });
  }

  /** Tells whether rows of `columns` vectors hold anything but zero from lane `units` on. */
  hasDirtyPadding(start: number, ld: number, rows: number, units: number, columns: number): boolean {
    for (let row = 0; row < rows; row++) {
      const from = (start + row * ld) / 4;
      if (this.f32.subarray(from + units, from + columns * 4).some((value) => value !== 0)) return true;
    }
    return false;
  }

  private eachNibble(inputs: number, outputs: number, numMasks: number, visit: (index: number, at: number, bit: number) => void): void {
    const columns = Math.ceil(outputs / 4);
    const paddedInputs = Math.ceil(inputs / 4) * 4;
    for (let n = 0, index = 0; n < numMasks; n++) {
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++, index++) visit(index, (n * paddedInputs + i) * columns + (o >> 2), o & 3);
      }
    }
  }
}
