/** The machine's own SIMD peak, in floating-point operations per second, in calls long enough for the clock. */
import { PROBE } from 'virtual:probe';

interface Probe {
  spin(count: number): number;
}

const FLOPS_PER_ROUND = 96;
const MIN_CALL_MS = 90;
let rounds = 1 << 20;
const bytes = Uint8Array.from(atob(PROBE), (character) => character.charCodeAt(0));
const loaded: Promise<Probe> = WebAssembly.instantiate(bytes).then(({ instance }) => instance.exports as unknown as Probe);

/** Times calls until `forMs` have passed, after growing the call until it lasts long enough. */
async function measure(forMs: number): Promise<number> {
  const { spin } = await loaded;
  let best = 0;
  for (let spent = 0; spent < forMs; ) {
    const start = performance.now();
    spin(rounds);
    const ms = performance.now() - start;
    if (ms < MIN_CALL_MS) {
      rounds *= 2;
      continue;
    }
    spent += ms;
    best = Math.max(best, (rounds * FLOPS_PER_ROUND) / (ms / 1000));
  }
  return best;
}

addEventListener('message', ({ data }: MessageEvent<{ id: number; request: { forMs: number } }>) => {
  measure(data.request.forMs).then(
    (result) => postMessage({ id: data.id, result }),
    (error: Error) => postMessage({ id: data.id, error: error.message }),
  );
});
