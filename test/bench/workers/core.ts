/** The core alone, in a worker of its own: how fast it starts, how many masks it draws, how fast a run of some settings trains unwatched. */
import { compileCore, HEAP_START } from '../../../src/kernels/core';
import { keepThreshold } from '../../../src/kernels/random';

type CoreRequest = { type: 'instantiate' } | { type: 'masks'; forMs: number };

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

function answer(request: CoreRequest): Promise<number> {
  switch (request.type) {
    case 'instantiate':
      return timeInstantiate();
    case 'masks':
      return timeMasks(request.forMs);
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
