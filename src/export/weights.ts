/**
 * The weights and biases of a network as files that other tools open: safetensors and npz.
 * Tensors are named as PyTorch names an `nn.ModuleList` of linear layers (`layers.0.weight`, [outputs, inputs]; `layers.0.bias`, [outputs]).
 */
import { zipSync } from 'fflate';
import { floatBytes } from './bytes/base64';

export interface Parameters {
  readonly weights: readonly Float32Array[]; // [units of layer l+1, units of layer l]
  readonly biases: readonly Float32Array[];
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Returns the parameters as named tensors, weight before bias, first layer first. Errors: RangeError when sizes do not fit. */
function namedTensors({ weights, biases }: Parameters): Tensor[] {
  return weights.flatMap((values, index) => {
    const bias = biases[index];
    const outputs = bias?.length ?? 0;
    if (!bias || outputs === 0 || values.length % outputs !== 0) {
      throw new RangeError(`weights[${index}] holds ${values.length} numbers, which ${outputs} biases do not divide`);
    }
    return [
      { name: `layers.${index}.weight`, shape: [outputs, values.length / outputs], values },
      { name: `layers.${index}.bias`, shape: [outputs], values: bias },
    ];
  });
}

/** Returns a safetensors file: header length (u64), JSON header padded with spaces to 8 bytes, then the little-endian float32 data. */
export function writeSafetensors(parameters: Parameters, metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const tensors = namedTensors(parameters);
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.length * 4] };
    offset += values.length * 4;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + offset).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(json, 8);
  let start = 8 + headerLength;
  for (const { values } of tensors) {
    file.set(floatBytes(values), start);
    start += values.length * 4;
  }
  return file;
}

/** Returns one array in NumPy's .npy format, version 1.0, C order, `<f4`. */
export function writeNpy({ shape, values }: Pick<Tensor, 'shape' | 'values'>): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const headerLength = Math.ceil((10 + description.length + 1) / 64) * 64 - 10;
  const header = `${description.padEnd(headerLength - 1)}\n`;
  const file = new Uint8Array(10 + headerLength + values.length * 4);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, headerLength & 0xff, headerLength >>> 8]);
  file.set(new TextEncoder().encode(header), 10);
  file.set(floatBytes(values), 10 + headerLength);
  return file;
}

/** The earliest time that a zip can hold: the same weights make the same bytes on any day. */
const FIRST_OF_ZIP = new Date(1980, 0, 1);

/** Returns the parameters as an .npz archive, stored, as `np.savez` writes it: `np.load(file)["layers.0.weight"]`. */
export function writeNpz(parameters: Parameters): Uint8Array<ArrayBuffer> {
  const files = Object.fromEntries(namedTensors(parameters).map((tensor) => [`${tensor.name}.npy`, writeNpy(tensor)]));
  return zipSync(files, { level: 0, mtime: FIRST_OF_ZIP });
}
