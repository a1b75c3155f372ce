/** The core alone, in a worker of its own: how fast it starts, how many masks it draws, how fast a run of some settings trains unwatched. */

import { drawDataset } from '../../../src/data/draw';
import { compileCore, HEAP_START } from '../../../src/kernels/core';
import { keepThreshold } from '../../../src/kernels/random';
import { createRun } from '../../../src/model/run';
import { createTrainer } from '../../../src/model/trainer';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings';

type CoreRequest =
  | { type: 'instantiate' }
  | { type: 'masks'; forMs: number }
  | { type: 'run' | 'trainer'; settings: object; forMs: number };

const NUM_MASKS = 64 * 512;
const INSTANCE_BYTES = 1 << 20;

/** Times compiling and instantiating the core, in ms. */
async function timeInstantiate(): Promise<number> {
  const start = performance.now();
  const core = await compileCore();
  core.instantiate(INSTANCE_BYTES);
  return performance.now() - start;
}

/** Draws masks of 64 × 512 units, bit-equal to JAX's, for `forMs`. Returns masks per second. */
async function timeMasks(forMs: number): Promise<number> {
  const { exports } = (await compileCore()).instantiate(INSTANCE_BYTES);
  const threshold = keepThreshold(0.5);
  const start = performance.now();
  let calls = 0;
  let ms = 0;
  while (ms < forMs) {
    for (let i = 0; i < 50; i += 1) exports.fillMask(7, calls + i, NUM_MASKS, threshold, HEAP_START);
    calls += 50;
    ms = performance.now() - start;
  }
  return (calls * NUM_MASKS) / (ms / 1000);
}

/** Calls `train` with `count` steps until `forMs` have passed. Returns steps per second. */
function timeSteps(train: (count: number) => void, forMs: number): number {
  const count = 2000;
  train(count);
  const start = performance.now();
  let steps = 0;
  let ms = 0;
  while (ms < forMs) {
    train(count);
    steps += count;
    ms = performance.now() - start;
  }
  return steps / (ms / 1000);
}

/** Times the run of a lab with nobody watching: training, its curves and its checkpoints, no frames. */
async function timeRun(patch: object, forMs: number): Promise<number> {
  const settings = parseSettings(patch, DEFAULT_SETTINGS);
  const run = createRun(await compileCore(), settings, drawDataset(settings));
  return timeSteps((count) => run.train(count, false), forMs);
}

/** Times the same training without the run around it: steps and nothing else. */
async function timeTrainer(patch: object, forMs: number): Promise<number> {
  const settings = parseSettings(patch, DEFAULT_SETTINGS);
  const { trainInputs, trainTargets, numInputs, numOutputs, loss } = drawDataset(settings);
  const trainer = createTrainer(await compileCore(), {
    ...settings,
    sizes: [numInputs, ...settings.hidden, numOutputs],
    loss,
    train: { inputs: trainInputs, targets: trainTargets },
  });
  return timeSteps((count) => trainer.train(count, false), forMs);
}

function answer(request: CoreRequest): Promise<number> {
  switch (request.type) {
    case 'instantiate':
      return timeInstantiate();
    case 'masks':
      return timeMasks(request.forMs);
    case 'run':
      return timeRun(request.settings, request.forMs);
    case 'trainer':
      return timeTrainer(request.settings, request.forMs);
    default:
      return request satisfies never;
  }
}

addEventListener('message', ({ data }: MessageEvent<{ id: number; request: CoreRequest }>) => {
  answer(data.request).then(
    (result) => postMessage({ id: data.id, result }),
    (error: Error) => postMessage({ id: data.id, error: error.message }),
  );
});
