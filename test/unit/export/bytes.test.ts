import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { floatBytes, toBase64 } from '../../../src/export/bytes/base64';
import { crc32, hex32 } from '../../../src/export/bytes/crc32';
import { writeNpy, writeNpz, writeSafetensors } from '../../../src/export/weights';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('crc32 agrees with the check value of the standard and with zlib, in one piece and in two', () => {
  expect(crc32(bytesOf('123456789'))).toBe(0xcbf43926);
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * i * 31 + 7) & 0xff);
  expect(crc32(bytes)).toBe(zlibCrc32(bytes));
  expect(crc32(bytes.subarray(300), crc32(bytes.subarray(0, 300)))).toBe(zlibCrc32(bytes));
  expect(hex32(crc32(new Uint8Array(0)))).toBe('00000000');
  expect(hex32(0xfeedbeef)).toBe('feedbeef');
});

test.each([0, 1, 2, 3, 4, 5, 100])('base64 of %d bytes agrees with Node', (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + 200) & 0xff);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});

test('floats are little-endian, signed zeros, infinities and NaN included', () => {
  const values = [1, -0, 0.1, Number.POSITIVE_INFINITY, Number.NaN, 1e-45];
  const view = new DataView(floatBytes(values).buffer);
  values.forEach((value, i) => {
    expect(view.getFloat32(i * 4, true)).toBe(Math.fround(value));
  });
  expect(toBase64(floatBytes([1]))).toBe('AACAPw==');
});

/** Reads a stored zip by its central directory, as the format demands. */
function readZip(file: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(file.buffer);
  const end = file.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const files = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < view.getUint16(end + 10, true); i++) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    expect(view.getUint32(local, true)).toBe(0x04034b50);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const bytes = file.subarray(start, start + size);
    expect(view.getUint32(at + 16, true)).toBe(zlibCrc32(bytes));
    files.set(new TextDecoder().decode(file.subarray(at + 46, at + 46 + nameLength)), bytes);
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return files;
}

const parameters = {
  weights: [Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(0.25, -0.5, 7)],
  biases: [Float32Array.of(0, 8, 9), Float32Array.of(-1)],
};

test('npy: magic, a header that ends at a multiple of 64, shape and values', () => {
  const file = writeNpy({ shape: [3, 2], values: parameters.weights[0] as Float32Array });
  const headerLength = new DataView(file.buffer).getUint16(8, true);
  expect([...file.subarray(0, 8)]).toEqual([0x93, ...bytesOf('NUMPY'), 1, 0]);
  expect((10 + headerLength) % 64).toBe(0);
  const header = new TextDecoder().decode(file.subarray(10, 10 + headerLength));
  expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 2\), \} *\n$/);
  expect([...new Float32Array(file.slice(10 + headerLength).buffer)]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(new TextDecoder().decode(writeNpy({ shape: [3], values: new Float32Array(3) }))).toContain("'shape': (3,)");
});

test('npz names weights and biases as PyTorch does', () => {
  expect([...readZip(writeNpz(parameters)).keys()]).toEqual([
    'layers.0.weight.npy',
    'layers.0.bias.npy',
    'layers.1.weight.npy',
    'layers.1.bias.npy',
  ]);
});

test('safetensors: length, header, offsets and values', () => {
  const file = writeSafetensors(parameters, { fingerprint: '00ff' });
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  expect(header.__metadata__).toEqual({ format: 'pt', fingerprint: '00ff' });
  const read = (name: string) => {
    const [from, to] = header[name].data_offsets;
    expect(header[name].dtype).toBe('F32');
    return { shape: header[name].shape, values: [...new Float32Array(file.slice(8 + length + from, 8 + length + to).buffer)] };
  };
  expect(read('layers.0.weight')).toEqual({ shape: [3, 2], values: [1, 2, 3, 4, 5, 6] });
  expect(read('layers.0.bias')).toEqual({ shape: [3], values: [0, 8, 9] });
  expect(read('layers.1.weight')).toEqual({ shape: [1, 3], values: [0.25, -0.5, 7] });
  expect(header['layers.1.bias'].data_offsets[1] + 8 + length).toBe(file.length);
});

test('weights and biases that do not fit are refused', () => {
  expect(() => writeNpz({ weights: [new Float32Array(5)], biases: [new Float32Array(3)] })).toThrow(
    'weights[0] holds 5 numbers, which 3 biases do not divide',
  );
});
