/**
 * What each bug of the museum does to a training, and the one number that proves it: the correct technique, what replaces it, the
 * settings it needs, and its signature.
 */
import { ALPHA_DROPPED, alphaAffine } from '../math/dropout';
import type { BugId } from '../protocol/bugs';
import type { BugSignature, TracedTraining } from '../protocol/studyResults';
import { ALPHA, INVERTED, STANDARD, type Technique } from './technique';
import type { TrainingConfig } from './training';

interface Measure {
  readonly words: string;
  readonly read: (run: TracedTraining) => number;
  readonly expectedCorrect: (p: number) => number;
  readonly expectedWrong: (p: number) => number; // NaN: only a difference is foretold
  /** How far from what is foretold still counts. */
  readonly tolerance: number;
  /** What else the wrong run must show. */
  readonly also?: (wrong: TracedTraining) => boolean;
}

interface BugRun {
  readonly correct: Technique;
  readonly change: Partial<Technique>;
  readonly config?: Partial<TrainingConfig>;
  readonly measure: Measure;
}

const ratioOfFirst = (expectedWrong: (p: number) => number): Measure => ({
  words: 'eval mean over train mean, layer 1',
  read: ({ layers }) => layers[0]?.ratio ?? Number.NaN,
  expectedCorrect: () => 1,
  expectedWrong,
  tolerance: 0.06,
});

const flicker = (also: (wrong: TracedTraining) => boolean): Measure => ({
  words: 'mean distance of two predictions for the same inputs',
  read: (run) => run.flicker,
  expectedCorrect: () => 0,
  expectedWrong: () => Number.NaN,
  tolerance: 0.005,
  also,
});

const droppedGradient: Measure = {
  words: 'share of dropped cells with a gradient, step 0',
  read: (run) => run.droppedGradientShare,
  expectedCorrect: () => 0,
  expectedWrong: () => 1,
  tolerance: 0.02,
};

const keptOfFirst = (expectedWrong: (p: number) => number): Measure => ({
  words: 'share of kept cells, layer 1',
  read: ({ layers }) => layers[0]?.keptShare ?? Number.NaN,
  expectedCorrect: (p) => 1 - p,
  expectedWrong,
  tolerance: 0.04,
});

export const BUG_RUNS: { readonly [Id in BugId]: BugRun } = {
  evalScaledByDrop: {
    correct: STANDARD,
    change: { evaluate: (a, p) => p * a },
    measure: ratioOfFirst((p) => p / (1 - p)),
  },
  evalHalved: {
    correct: STANDARD,
    change: { evaluate: (a) => 0.5 * a },
    measure: ratioOfFirst((p) => 0.5 / (1 - p)),
  },
  keepDropSwapped: {
    correct: INVERTED,
    change: {
      drawnP: (p) => 1 - p,
      train: (a, { p, kept }) => (kept ? a / p : 0),
      back: (g, { p, kept }) => (kept ? g / p : 0),
    },
    measure: keptOfFirst((p) => p),
  },
  trainScaledByDrop: {
    correct: INVERTED,
    change: { train: (a, { p, kept }) => (kept ? a / p : 0), back: (g, { p, kept }) => (kept ? g / p : 0) },
    measure: ratioOfFirst((p) => p / (1 - p)),
  },
  scaledTwice: {
    correct: INVERTED,
    change: { evaluate: (a, p) => (1 - p) * a },
    measure: ratioOfFirst((p) => 1 - p),
  },
  functionalAlwaysOn: {
    correct: INVERTED,
    change: { evalDraws: (layerIndex) => layerIndex === 1 },
    measure: flicker(({ layers }) => (layers[0]?.evalKeptShare ?? 1) < 1 && layers[1]?.evalKeptShare === 1),
  },
  forgotEval: {
    correct: INVERTED,
    change: { evalDraws: () => true },
    measure: flicker(({ layers }) => layers.every(({ evalKeptShare }) => evalKeptShare < 1)),
  },
  forgotTrain: {
    correct: INVERTED,
    change: { trainDraws: (step, firstEvaluation) => step < firstEvaluation },
    measure: keptOfFirst(() => 1),
  },
  oneMaskPerBatch: {
    correct: INVERTED,
    change: { sharesRows: true },
    measure: {
      words: 'different rows in one mask, as a share of all rows',
      read: ({ distinctRows, rows }) => distinctRows / rows,
      expectedCorrect: () => 1,
      expectedWrong: () => 0,
      tolerance: 0.2,
      also: ({ distinctRows }) => distinctRows === 1,
    },
  },
  sameMaskEveryStep: {
    correct: INVERTED,
    change: { maskStep: () => 0 },
    config: { batchSize: 1, learningRate: 0.02 },
    measure: {
      words: 'share of mask cells that change from step to step',
      read: (run) => run.maskChange,
      expectedCorrect: (p) => 2 * p * (1 - p),
      expectedWrong: () => 0,
      tolerance: 0.12,
      also: (wrong) => wrong.maskChange === 0 && wrong.stillShare > 0,
    },
  },
  backwardWithoutMask: {
    correct: INVERTED,
    change: { back: (g, { p }) => g / (1 - p) },
    measure: droppedGradient,
  },
  maskFromZeros: {
    correct: INVERTED,
    change: { back: (g, _, a, output) => (a === 0 ? g : (g * output) / a) },
    config: { activation: 'tanh', zeroLayer: 2 },
    measure: droppedGradient,
  },
  nothingKeptNaN: {
    correct: INVERTED,
    change: { train: (a, { p, kept }) => a * (kept / (1 - p)), back: (g, { p, kept }) => g * (kept / (1 - p)) },
    measure: {
      words: '1 when the loss is not a number',
      read: ({ nonFiniteStep }) => (nonFiniteStep === null ? 0 : 1),
      expectedCorrect: () => 0,
      expectedWrong: (p) => (p === 1 ? 1 : 0),
      tolerance: 0,
    },
  },
  alphaSign: {
    correct: ALPHA,
    change: {
      train: (a, { p, kept }) => {
        const { scale, shift } = alphaAffine(p);
        return scale * (kept ? a : -ALPHA_DROPPED) + shift;
      },
    },
    config: { activation: 'selu', learningRate: 0.03 },
    measure: {
      words: 'train mean of layer 1 beyond what alpha dropout gives',
      read: (run) => run.layers[0]?.trainMean ?? Number.NaN,
      expectedCorrect: () => 0,
      expectedWrong: (p) => -2 * p * alphaAffine(p).scale * ALPHA_DROPPED,
      tolerance: 0.05,
    },
  },
};

/** Alpha dropout moves the mean by design, to `A · q · a`; what its measure reads is the rest. */
function readMeasure(bug: BugId, p: number, run: TracedTraining): number {
  const value = BUG_RUNS[bug].measure.read(run);
  if (bug !== 'alphaSign') return value;
  return value - alphaAffine(p).scale * (1 - p) * (run.layers[0]?.evalMean ?? Number.NaN);
}

/** Returns the technique with the bug in it. */
export function buggyTechnique(bug: BugId): Technique {
  const { correct, change } = BUG_RUNS[bug];
  return { ...correct, ...change };
}

/** Reads the signature off two finished runs. It holds when each shows what is foretold of it, and the two are foretold to differ. */
export function readSignature(bug: BugId, p: number, correct: TracedTraining, wrong: TracedTraining): BugSignature {
  const { measure } = BUG_RUNS[bug];
  const [a, b] = [readMeasure(bug, p, correct), readMeasure(bug, p, wrong)];
  const [expectedCorrect, expectedWrong] = [measure.expectedCorrect(p), measure.expectedWrong(p)];
  const isNear = (value: number, expected: number) => Math.abs(value - expected) <= measure.tolerance * Math.max(1, Math.abs(expected));
  const differs = Number.isNaN(expectedWrong)
    ? Math.abs(b - a) > measure.tolerance
    : isNear(b, expectedWrong) && Math.abs(expectedWrong - expectedCorrect) > 2 * measure.tolerance;
  return {
    measure: measure.words,
    correct: a,
    wrong: b,
    expectedCorrect,
    expectedWrong,
    holds: isNear(a, expectedCorrect) && differs && (measure.also?.(wrong) ?? true),
  };
}

/** Returns whether the wrong run of a result betrays its bug, and the correct one does not. */
export function signatureHolds(result: { readonly signature: BugSignature | null }): boolean {
  return result.signature?.holds ?? false;
}

/** The settings a bug is shown under. */
export function bugConfig(bug: BugId, { p, steps, seed }: { p: number; steps: number; seed: number }): TrainingConfig {
  return {
    dataset: 'moons',
    hidden: [16, 12],
    activation: 'relu',
    batchSize: 24,
    learningRate: 0.05,
    momentum: 0.9,
    numOutputs: 1,
    zeroLayer: null,
    ...BUG_RUNS[bug].config,
    p,
    steps,
    seed,
  };
}
