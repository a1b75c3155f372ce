/**
 * Draws the data of an experiment: training set, wrong labels, own points, test set; all from the data seed.
 *
 * Nothing here depends on the seed of the training.
 */
import { uniform } from '../math/threefry';
import { datasetShape } from '../protocol/network';
import type { Point, Settings } from '../protocol/settings';
import type { Dataset } from './dataset';
import { drawDigits } from './digits';
import { drawPlanar } from './planar';
import { dataKey, exampleKeys } from './streams';
import { drawWave } from './wave';

/** The settings that data depends on; a change of any other leaves it as it is. */
export type DataSettings = Pick<Settings, 'dataset' | 'trainSize' | 'testSize' | 'noise' | 'labelNoise' | 'dataSeed' | 'points'>;

interface Examples {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

/**
 * Draws the data set of the settings.
 *
 * Range: settings as checked by their table. `labelNoise` is a share: exactly `round(labelNoise · trainSize)` training labels are
 * wrong, and a higher share turns the same ones and more; the wave has no labels to turn. Own points come last in the training set,
 * with the labels they were given; 'digits' takes none. Test labels are always right.
 * Determinism: equal bits in every engine; growing `trainSize` keeps the inputs there are.
 */
export function drawDataset(settings: DataSettings): Dataset {
  const shape = datasetShape(settings.dataset);
  const { inputs, targets } = drawExamples(settings, 'train');
  const numClasses = shape.loss === 'squared' ? 0 : Math.max(shape.numOutputs, 2);
  const flipped = numClasses > 0 ? turnLabels(targets, numClasses, settings) : new Uint8Array(targets.length);
  const own = ownExamples(settings);
  const test = drawExamples(settings, 'test');
  return {
    ...shape,
    trainInputs: joined(inputs, own.inputs),
    trainTargets: joined(targets, own.targets),
    trainFlipped: Uint8Array.from([...flipped, ...new Uint8Array(own.targets.length)]),
    testInputs: test.inputs,
    testTargets: test.targets,
  };
}

function drawExamples({ dataset, dataSeed, noise, trainSize, testSize }: DataSettings, set: 'train' | 'test'): Examples {
  const keys = exampleKeys(dataSeed, set);
  const size = set === 'train' ? trainSize : testSize;
  if (dataset === 'wave') return drawWave(keys, size, noise, set === 'train');
  if (dataset === 'digits') return drawDigits(keys, size, noise);
  return drawPlanar(dataset, keys, size, noise);
}

/** Makes `round(labelNoise · n)` labels wrong, those of the smallest draws. Writes: `targets`. Returns 1 for each label turned. */
function turnLabels(targets: Float32Array, numClasses: number, { labelNoise, dataSeed }: DataSettings): Uint8Array {
  const flipKey = dataKey(dataSeed, 'flip');
  const otherKey = dataKey(dataSeed, 'wrongLabel');
  const lots = Array.from(targets, (_, index) => ({ index, lot: uniform(flipKey, index) }));
  lots.sort((a, b) => a.lot - b.lot || a.index - b.index);
  const flipped = new Uint8Array(targets.length);
  for (const { index } of lots.slice(0, Math.round(labelNoise * targets.length))) {
    const away = 1 + Math.floor(uniform(otherKey, index) * (numClasses - 1)); // never 0: another class, each as likely
    targets[index] = ((targets[index] as number) + away) % numClasses;
    flipped[index] = 1;
  }
  return flipped;
}

function ownExamples({ dataset, points }: DataSettings): Examples {
  if (dataset === 'digits') return { inputs: new Float32Array(0), targets: new Float32Array(0) };
  const isWave = dataset === 'wave';
  return {
    inputs: Float32Array.from(points.flatMap(([x, y]: Point) => (isWave ? [x] : [x, y]))),
    targets: Float32Array.from(points, ([, y, label]: Point) => (isWave ? y : label)),
  };
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const all = new Float32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
