/** Refuses what a network cannot be made of, naming field, value and allowed range. */
import type { Examples, NetworkSpec } from './networkTypes';

const MAX_LAYER_UNITS = 1024;
/** Most layers of a network, the input's and the output's among them. The arena makes room for the keys of as many. */
export const MAX_LAYERS = 8;
const MAX_BATCH_SIZE = 1024;

function checkInteger(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be an integer in [${min}, ${max}], got ${value}`);
  }
}

/** Errors: RangeError, as "batchSize must be an integer in [1, 1024], got 0". */
export function checkSpec(spec: NetworkSpec): void {
  const { sizes } = spec;
  checkInteger('number of layers', sizes.length, 2, MAX_LAYERS);
  sizes.forEach((units, l) => {
    checkInteger(`units of layer ${l}`, units, 1, MAX_LAYER_UNITS);
  });
  checkInteger('batchSize', spec.batchSize, 1, MAX_BATCH_SIZE);
  checkInteger('seed', spec.seed, 0, 2 ** 32 - 1);
  checkInteger('channelSize', spec.channelSize, 1, MAX_LAYER_UNITS);
  const outputs = sizes.at(-1) as number;
  if (spec.loss !== 'softmax' && outputs !== 1) throw new RangeError(`outputs must be 1 with loss ${spec.loss}, got ${outputs}`);
}

/** Returns the number of examples. Errors: RangeError for wrong lengths, or a class that is not one. */
export function checkExamples(name: string, { inputs, targets }: Examples, { sizes, loss }: NetworkSpec): number {
  const count = targets.length;
  const numInputs = sizes[0] as number;
  const numOutputs = sizes.at(-1) as number;
  if (count === 0) throw new RangeError(`${name} must have at least one example, got 0`);
  if (inputs.length !== count * numInputs) {
    throw new RangeError(`${name} inputs must have ${count} × ${numInputs} values, got ${inputs.length}`);
  }
  const classes = loss === 'softmax' ? numOutputs : 2;
  const wrong = loss === 'squared' ? undefined : targets.find((target) => !Number.isInteger(target) || target < 0 || target >= classes);
  if (wrong !== undefined) throw new RangeError(`${name} targets must be classes in [0, ${classes - 1}], got ${wrong}`);
  return count;
}
