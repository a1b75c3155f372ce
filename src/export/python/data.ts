/** The cargo of a script: training and test set, initial weights, and the numbers of the page that the repetition is held to. */
import { floatBytes } from '../bytes/base64';
import type { Section } from './experiment';
import type { Plan } from './plan';
import { lines, pyFloat, pyList, pyUnpack } from './text';

const UNPACK = `SPOILED = []  # names of what is not as the page exported it: a single bit would hide among rounding errors


def unpack(name, checksum, shape, text):
    """Read float32 numbers, little-endian, from base64 text; note it if they are not the page's."""
    data = base64.b64decode(text)
    if f"{zlib.crc32(data):08x}" != checksum:
        SPOILED.append(name)
    return np.frombuffer(data, "<f4").reshape(shape)`;

function dataSet(plan: Plan, name: string, inputs: Float32Array, targets: Float32Array): string {
  const { numInputs } = plan.record.data;
  const isClass = plan.loss === 'softmax';
  return lines(
    pyUnpack(`${name}_X`, floatBytes(inputs), [targets.length, numInputs]),
    pyUnpack(`${name}_Y`, floatBytes(targets), isClass ? [targets.length] : [targets.length, 1]) + (isClass ? '.astype(np.int32)' : ''),
  );
}

/** Writes `unpack`, and the training and test set as base64. */
export function dataCode(plan: Plan): string {
  const { trainInputs, trainTargets, testInputs, testTargets } = plan.record.data;
  return lines(UNPACK, '', '', dataSet(plan, 'TRAIN', trainInputs, trainTargets), dataSet(plan, 'TEST', testInputs, testTargets));
}

/** Writes the data and the initial weights as base64. */
export function dataSection(plan: Plan): Section {
  const { weights, biases } = plan.record;
  const { sizes } = plan;
  return {
    title: 'Data and initial weights',
    prose:
      'As the page drew them. Weights are [outputs, inputs]: row i holds what goes into unit i. Targets are classes (0 or 1, or the digit) or values.',
    code: lines(
      dataCode(plan),
      'WEIGHTS, BIASES = [None] * (len(SIZES) - 1), [None] * (len(SIZES) - 1)',
      ...weights.flatMap((values, index) => [
        pyUnpack(`WEIGHTS[${index}]`, floatBytes(values), [sizes[index + 1] ?? 0, sizes[index] ?? 0]),
        pyUnpack(`BIASES[${index}]`, floatBytes(biases[index] ?? []), [sizes[index + 1] ?? 0]),
      ]),
    ),
  };
}

/** Writes what the page measured: losses, checksums of the masks, means of the noise, and the losses with masks off. */
export function expectedSection(plan: Plan): Section {
  const { checks, evaluation } = plan.record;
  const hasMasks = checks.some((check) => check.masks !== null);
  const hasNoise = checks.some((check) => check.noise !== null);
  return {
    title: 'What the page measured',
    prose:
      'The mean loss of the batch in each training step, masks on, and with the masks off on the whole sets.' +
      (hasMasks ? ' For each step the CRC-32 of all its masks, one byte per entry, layer after layer.' : '') +
      (hasNoise ? ' For each step the mean of its Gaussian multipliers.' : ''),
    code: lines(
      pyList(
        'LOSSES',
        checks.map(({ loss }) => pyFloat(loss)),
      ),
      hasMasks &&
        pyList(
          'MASK_CHECKSUMS',
          checks.map(({ masks }) => (masks === null ? 'None' : `"${masks}"`)),
        ),
      hasNoise &&
        pyList(
          'NOISE_MEANS',
          checks.map(({ noise }) => (noise === null ? 'None' : pyFloat(noise))),
        ),
      evaluation &&
        `EVALUATION = dict(step=${evaluation.step}, train=${pyFloat(evaluation.train)}, test=${pyFloat(evaluation.test)})  # masks off`,
    ),
  };
}
