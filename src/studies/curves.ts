/**
 * Follows the three losses of a training: masked as it trains, and training and test set as its code evaluates them.
 *
 * It looks and never trains: the same curves come out whoever asks for them, and how often.
 */
import type { LossCurves } from '../protocol/studyResults';
import { curveInterval, type Training } from './training';

/** Adds a point at the start, at every interval and at the end. */
export class CurveRecorder {
  private readonly points: { step: number; trainMasked: number; trainEval: number; test: number }[] = [];
  private readonly interval: number;
  private lossSum = 0;
  private lossCount = 0;

  constructor(private readonly training: Training) {
    this.interval = curveInterval(training.config.steps);
    this.addPoint(Number.NaN);
  }

  /** Takes note of a step that has just been trained. */
  take(loss: number): void {
    const { training } = this;
    this.lossSum += loss;
    this.lossCount += 1;
    const isEnd = training.step === training.config.steps || training.nonFiniteStep !== null;
    if (training.step % this.interval !== 0 && !isEnd) return;
    this.addPoint(this.lossSum / this.lossCount);
    this.lossSum = 0;
    this.lossCount = 0;
  }

  private addPoint(trainMasked: number): void {
    const { training } = this;
    this.points.push({
      step: training.step,
      trainMasked,
      trainEval: training.score('train').loss,
      test: training.score('test').loss,
    });
  }

  /** Returns a copy of the curves so far. */
  read(): LossCurves {
    return {
      step: this.points.map(({ step }) => step),
      trainMasked: this.points.map(({ trainMasked }) => trainMasked),
      trainEval: this.points.map(({ trainEval }) => trainEval),
      test: this.points.map(({ test }) => test),
    };
  }
}
