/**
 * Reads pictures and labels from a pair of IDX files, the format in which MNIST is spread.
 *
 * An IDX file is: two zero bytes, the type (8 = bytes), the number of axes, the length of each axis (32 bits, high byte first), the data.
 */
import { MAX_INPUTS } from '../protocol/settings';
import { classShape, type ImportedExamples, MAX_EXAMPLES } from './imported';

const BYTE_TYPE = 8;

/**
 * Reads pictures as inputs in [0, 1], a byte of 255 being 1, and their labels as classes.
 *
 * Errors: Error 'images: not an IDX file of bytes with 3 axes'; 'labels: 8 bytes of data announced, 5 found'; 'images hold 10 examples,
 * labels 9'; RangeError on pictures of more than 784 pixels or labels above 9.
 */
export function importIdx(images: Uint8Array, labels: Uint8Array): ImportedExamples {
  const pictures = readIdx(images, 'images', 3);
  const classes = readIdx(labels, 'labels', 1);
  const [size = 0, height = 0, width = 0] = pictures.lengths;
  if (size !== classes.data.length) throw new Error(`images hold ${size} examples, labels ${classes.data.length}`);
  if (size === 0) throw new Error('there are no examples');
  const numInputs = height * width;
  if (numInputs < 1 || numInputs > MAX_INPUTS) throw new RangeError(`pixels must be in [1, ${MAX_INPUTS}], got ${numInputs}`);

  const read = Math.min(size, MAX_EXAMPLES);
  const targets = Float32Array.from(classes.data.subarray(0, read));
  const numClasses = 1 + targets.reduce((most, label) => Math.max(most, label), 1); // labels are classes from 0 up, two at least
  return {
    ...classShape(numClasses),
    numInputs,
    inputs: Float32Array.from(pictures.data.subarray(0, read * numInputs), (byte) => byte / 255),
    targets,
    inputNames: [],
    classNames: Array.from({ length: numClasses }, (_, label) => String(label)),
    leftOut: size - read,
  };
}

function readIdx(bytes: Uint8Array, name: string, numAxes: number): { lengths: number[]; data: Uint8Array } {
  const headBytes = 4 + 4 * numAxes;
  const isIdx = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === BYTE_TYPE && bytes[3] === numAxes && bytes.length >= headBytes;
  if (!isIdx) throw new Error(`${name}: not an IDX file of bytes with ${numAxes} axes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengths = Array.from({ length: numAxes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const announced = lengths.reduce((product, length) => product * length, 1);
  const data = bytes.subarray(headBytes);
  if (data.length !== announced) throw new Error(`${name}: ${announced} bytes of data announced, ${data.length} found`);
  return { lengths, data };
}
