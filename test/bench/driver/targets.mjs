/** What the bench has to reach, all of it as ratios and shares measured in the same rounds. */

/** At least this many times each peer's steps per second. */
export const RATIOS = {
  tiny: { convnetjs: 25, 'tfjs-wasm': 300, 'tfjs-cpu': 300, 'jax-js': 300, plain: 8 },
  small: { 'tfjs-wasm': 15, 'jax-js': 10, plain: 8 },
  digits: { 'tfjs-wasm': 10, 'jax-js': 3, plain: 9 },
  large: { 'tfjs-wasm': 10, 'jax-js': 1.6, plain: 9 },
};

/** At least this share of the SIMD probe's rate. */
export const PEAK_SHARES = { small: 0.5, digits: 0.75, large: 0.85 };

/** One line each: name, what it is, and the bound on the side it lies. */
export const LIMITS = {
  masksPerSecond: { text: 'masks per second, 64 × 512', atLeast: 0.25e9 },
  momentumCost: { text: 'momentum step / SGD step on digits', atMost: 1.25 },
  adamCost: { text: 'Adam step / SGD step on digits', atMost: 1.6 },
  lateSpeed: { text: 'speed after 100,000 steps / of the first 2,000, small, separable', atLeast: 0.9 },
  coreBytes: { text: 'core.wasm, gzip bytes', atMost: 20_000 },
  instantiateMs: { text: 'core instantiated, ms', atMost: 10 },
  framesPerSecond: { text: 'frames per second, page painting 2-8-8-1', atLeast: 58 },
  pageShare: { text: 'steps/s with the page painting / bare worker', atLeast: 0.85 },
  framesUntilChange: { text: 'animation frames from a change of p to its first frame', atMost: 2 },
  firstFrameMs: { text: 'navigation to the first trained frame, ms', atMost: 1000 },
  firstLoadBytes: { text: 'first load, gzip bytes', atMost: 170_000 },
  heapGrowth: { text: 'heap after 10 minutes / after 1 minute of training', atMost: 1.05 },
};
