/**
 * What the network believes over the plane (or along the wave): in eval, or the mean and spread over Monte-Carlo passes.
 *
 * Work comes in pieces that fit a time slice; between pieces the weights must not move, or `invalidate` has to be called. It trains nothing.
 */
import type { Run } from '../model/types';
import { DOMAIN, type Frame, NUM_WAVE_POINTS, SURFACE_SIDE } from '../protocol/frame';
import { datasetShape } from '../protocol/network';
import type { Settings } from '../protocol/settings';

/** Points predicted in one piece. */
const CHUNK_POINTS = 256;

/** Returns the points of the grid `[points, numInputs]`: rows from y = DOMAIN down, columns from x = −DOMAIN; empty for images. */
export function gridPoints(dataset: Settings['dataset']): Float32Array {
  const { loss } = datasetShape(dataset);
  if (loss === 'softmax') return new Float32Array(0);
  if (loss === 'squared') return Float32Array.from({ length: NUM_WAVE_POINTS }, (_, index) => along(index, NUM_WAVE_POINTS));
  const points = new Float32Array(2 * SURFACE_SIDE * SURFACE_SIDE);
  for (let row = 0; row < SURFACE_SIDE; row++) {
    for (let column = 0; column < SURFACE_SIDE; column++) {
      const point = 2 * (row * SURFACE_SIDE + column);
      points[point] = along(column, SURFACE_SIDE);
      points[point + 1] = -along(row, SURFACE_SIDE);
    }
  }
  return points;
}

function along(index: number, count: number): number {
  return -DOMAIN + (2 * DOMAIN * index) / (count - 1);
}

/** The surface of one run. */
export class Surface {
  /** Whether mean and spread belong to the present weights and are all there. */
  isComplete = false;
  /** Monte-Carlo passes in the mean shown; 0 in eval. */
  passes = 0;

  private readonly points: Float32Array;
  private readonly numInputs: number;
  private readonly numPoints: number;
  private readonly mean: Float32Array;
  private readonly spread: Float32Array;
  private readonly sum: Float64Array;
  private readonly sumOfSquares: Float64Array;
  /** Points (eval) or passes (MC) done of the present weights. */
  private done = 0;
  private isMonteCarlo = false;
  private wanted = 0;

  constructor(
    private readonly run: Run,
    settings: Settings,
  ) {
    this.points = gridPoints(settings.dataset);
    this.numInputs = datasetShape(settings.dataset).numInputs;
    this.numPoints = this.points.length / this.numInputs;
    this.mean = new Float32Array(this.numPoints);
    this.spread = new Float32Array(this.numPoints);
    this.sum = new Float64Array(this.numPoints);
    this.sumOfSquares = new Float64Array(this.numPoints);
    this.invalidate(settings);
  }

  /** Says that weights or settings have moved: the next piece starts over. What is shown stays until then. */
  invalidate(settings: Settings): void {
    this.isMonteCarlo = settings.phase === 'mc';
    this.wanted = this.isMonteCarlo ? settings.passes : this.numPoints;
    this.done = 0;
    this.isComplete = this.numPoints === 0;
  }

  /**
   * Works on a run whose weights move: in eval it goes on round and round, so that each part is at most a few frames old; in MC it averages
   * as many passes of the present weights as it has time for. Returns whether all of it belongs to the present weights.
   */
  keepUp(settings: Settings, isLate: () => boolean): boolean {
    const first = this.isMonteCarlo ? 0 : this.done % Math.max(1, this.wanted);
    if (first === 0) this.invalidate(settings);
    this.isComplete = this.numPoints === 0;
    const isWhole = this.work(isLate);
    if (first === 0) return isWhole;
    if (isWhole && !isLate()) {
      this.invalidate(settings);
      this.work(() => this.done >= first || isLate());
    }
    return false;
  }

  /** Works until complete or `isLate`, at least one piece (two passes in MC, so that there is a spread). Returns whether it is complete. */
  work(isLate: () => boolean): boolean {
    while (!this.isComplete) {
      if (this.isMonteCarlo) this.addPass();
      else this.predictChunk();
      this.isComplete = this.done >= this.wanted;
      const isPresentable = !this.isMonteCarlo || this.done >= 2;
      if (isPresentable && isLate()) break;
    }
    if (this.isMonteCarlo) this.readMoments();
    return this.isComplete;
  }

  /** Writes the surface into a frame. */
  fill(frame: Frame): void {
    frame.surface.set(this.mean);
    frame.surfaceSpread.set(this.spread);
  }

  private predictChunk(): void {
    if (this.done === 0) this.spread.fill(0);
    this.passes = 0;
    const end = Math.min(this.done + CHUNK_POINTS, this.numPoints);
    const inputs = this.points.subarray(this.done * this.numInputs, end * this.numInputs);
    this.mean.set(this.run.predict(inputs, { phase: 'eval', passes: 1 }).outputs, this.done);
    this.done = end;
  }

  private addPass(): void {
    if (this.done === 0) {
      this.sum.fill(0);
      this.sumOfSquares.fill(0);
    }
    this.run.accumulatePasses(this.points, this.done, 1, this.sum, this.sumOfSquares);
    this.done += 1;
  }

  private readMoments(): void {
    this.passes = this.done;
    for (let i = 0; i < this.numPoints; i++) {
      const mean = (this.sum[i] as number) / this.done;
      this.mean[i] = mean;
      this.spread[i] = Math.sqrt(Math.max(0, (this.sumOfSquares[i] as number) / this.done - mean * mean));
    }
  }
}
