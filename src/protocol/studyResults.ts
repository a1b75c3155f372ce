/**
 * What each study answers. Results stream: every update is a whole result of what is known so far, the last one is complete.
 *
 * Numbers only, no words and no pixels. All arrays are row-major in the shape that their comment gives. Everything here is a function of
 * the parameters alone: the same for any number of workers, in every engine.
 */
import type { BugId } from './bugs';
import type { Scheme } from './studyParams';

/** Mean loss at some steps: in training with the masks on, on the training set and on the test set with them off (unless a bug says otherwise). */
export interface LossCurves {
  readonly step: readonly number[];
  readonly trainMasked: readonly number[]; // mean over the batches since the point before; NaN at step 0
  readonly trainEval: readonly number[];
  readonly test: readonly number[];
}

// ---- a million weights ----

/** One drop probability. `mean` is over the trials so far, `error` the standard error that theory gives for that many. */
export interface MillionWeightsColumn {
  readonly p: number;
  readonly keepProb: number; // with which a draw really keeps: fround(1 − p) up to the next 2⁻²³
  readonly keptShare: number; // counted over all draws so far
  readonly mean: number; // of Σ mask · w
  readonly expected: number; // keepProb · Σ w
  readonly error: number; // √(keepProb (1 − keepProb) Σ w² / trials)
  readonly z: number; // (mean − expected) / error; 0 when nothing is dropped
  readonly scaledMean: number; // mean / keepProb; NaN when nothing is kept
  readonly scaledError: number;
  readonly sampleSd: number; // of single sums, measured; NaN for fewer than two
  readonly predictedSd: number;
  readonly sums: Float64Array; // Σ mask · w of each finished trial, in order of trial
  /** The figures of the published run at this p, with what theory expects of its weights; null for another p. */
  readonly published: PublishedColumn | null;
}

export interface PublishedColumn {
  readonly mean: number;
  readonly scaledMean: number;
  readonly expected: number;
  readonly error: number;
  readonly z: number;
}

export interface MillionWeightsResult {
  readonly numWeights: number;
  readonly trials: number; // finished
  readonly totalTrials: number;
  readonly draws: number; // uniforms drawn so far; each serves every column
  readonly weightSum: number; // Σ w: the sum with nothing dropped
  readonly weightSumOfSquares: number;
  readonly weightMean: number;
  readonly weightMeanError: number; // 1 / √numWeights: how far from 0 the mean of normal draws usually is
  readonly columns: readonly MillionWeightsColumn[];
}

// ---- why divide by keep ----

export interface SchemeLayer {
  readonly trainMean: number; // of the layer's output, over batch, units and passes
  readonly trainError: number; // standard error over passes; NaN for one pass
  readonly evalMean: number;
  readonly ratio: number; // evalMean / trainMean; NaN when both are 0
  readonly expectedRatio: number; // what 'positive' weights give exactly in expectation; NaN for p = 1
}

export interface SchemesResult {
  readonly passes: number; // averaged so far
  readonly plainMeans: readonly number[]; // of each layer with no dropout at all
  readonly schemes: { readonly [Name in Scheme]: readonly SchemeLayer[] };
}

/** Two trainings side by side. Differences are `max |a − b| / max |a|` over a tensor, a of the inverted twin. */
export interface EquivalenceResult {
  readonly steps: number; // done
  readonly totalSteps: number;
  readonly step: readonly number[]; // steps the lines below were taken at
  readonly difference: readonly number[]; // greatest over all layers' test-time activations (before the factor q of the standard twin)
  readonly invertedLoss: readonly number[]; // in eval
  readonly standardLoss: readonly number[];
  readonly layerDifference: readonly number[]; // now, per layer from the first hidden one to the output
  readonly weightDifference: readonly number[]; // now, per layer: W against q · V
  readonly isBitwiseEqual: boolean; // at every step so far: q · V and W, and the biases, have the same bits
  readonly firstParting: number | null; // first step after which they had not
  /** What the standard twin was given, per weight matrix from the input on. */
  readonly set: readonly {
    readonly keepProb: number;
    readonly startScale: number; // V₀ = startScale · W₀
    readonly rateScale: number;
    readonly biasRateScale: number;
    readonly epsilonScale: number;
    readonly decayScale: number;
  }[];
}

// ---- a crowd of sub-networks ----

export interface Thumbnail {
  readonly maskId: number; // bit i: masked unit i is kept; units count through the hidden layers
  readonly kept: number;
  readonly probability: number; // of drawing this very mask
  readonly surface: Float32Array; // probability of class 1 [side, side], rows from y = 2 down to −2
  readonly prediction: number; // probability of class 1 at (x, y)
}

/** All probabilities are of class 1. `numMasked` units make `2 ** numMasked` masks; array index = maskId. */
export interface SubnetworksResult {
  readonly trainedSteps: number;
  readonly totalSteps: number;
  readonly curves: LossCurves;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly numMasked: number;
  readonly numMasks: number;
  readonly maskDraws: number; // masks drawn in training so far: one per example and step
  readonly distinctTrained: number; // different ones among them
  readonly expectedDistinct: number; // what as many independent draws give on average
  readonly distinctStep: readonly number[];
  readonly distinctCurve: readonly number[];
  /** Null until the training is done. */
  readonly crowd: {
    readonly predictions: Float32Array; // of each mask at (x, y) [numMasks]
    readonly maskProbability: Float64Array; // by number of kept units [numMasked + 1]
    readonly histogram: Float64Array; // probability that a drawn mask predicts in each of the equal bins of [0, 1] [40]
    readonly arithmeticMean: number;
    readonly sd: number; // over the crowd
    readonly geometricMean: number; // normalised weighted geometric mean (NWGM)
    readonly weightScaling: number; // the one pass of the whole network in eval
    readonly isExact: boolean; // one masked layer, or a linear net: NWGM and weight scaling must agree
    readonly passMeans: Float64Array; // mean of the first t + 1 Monte-Carlo passes [passes]
    readonly passError: Float64Array; // standard error that theory gives for t + 1 passes [passes]
    readonly thumbnails: readonly Thumbnail[];
    readonly side: number;
    readonly meanSurface: Float32Array; // arithmetic mean of the drawn thumbnails' crowd: of all masks when there are no more than 1024, else of the thumbnails
    readonly meanSurfaceMasks: number; // how many masks it averages
    readonly scaledSurface: Float32Array; // of the eval pass
  } | null;
}

// ---- the family ----

export interface NoiseMoments {
  readonly mean: number;
  readonly variance: number;
  readonly third: number; // central
  readonly fourth: number; // central
}

export interface NoiseFamilyMember {
  readonly predicted: NoiseMoments;
  readonly measured: NoiseMoments;
  readonly meanError: number; // standard error of the measured mean
  readonly histogram: Float64Array; // share of draws per bin [64], over [low, high]
  readonly negativeShare: number; // of multipliers below 0
}

export interface MomentsResult {
  readonly draws: number;
  readonly low: number;
  readonly high: number;
  readonly bernoulli: NoiseFamilyMember;
  readonly gaussian: NoiseFamilyMember;
}

export interface OutputStatistics {
  readonly mean: readonly number[]; // [outputs]
  readonly predictedMean: readonly number[];
  readonly covariance: Float64Array; // measured [outputs, outputs]
  readonly predictedCovariance: Float64Array;
  readonly correlation: number; // measured, between the first two outputs
  readonly predictedCorrelation: number;
  readonly cloud: Float32Array; // the first draws of the first two outputs [cloudSize, 2]
}

export interface DropConnectResult {
  readonly draws: number;
  readonly cloudSize: number;
  readonly weights: Float64Array; // [outputs, inputs]
  readonly inputs: Float64Array; // [inputs]
  readonly unitMask: Uint8Array; // of the first draw [inputs]
  readonly weightMask: Uint8Array; // of the first draw [outputs, inputs]
  readonly unitDropout: OutputStatistics;
  readonly dropConnect: OutputStatistics;
}

/** What one framework makes of the line. Sums are of masked weights, inputs of one. */
export interface TrickReading {
  readonly keepProb: number; // with which a weight really survives
  readonly keptShare: number; // counted
  readonly factor: number; // on a surviving weight: written / keepProb
  readonly mean: number; // of the sum, measured
  readonly expected: number;
  readonly sd: number;
  readonly predictedSd: number;
}

export interface KeepProbTrickResult {
  readonly weightSum: number; // with nothing dropped
  readonly tf1: TrickReading;
  readonly tf2: TrickReading;
  readonly rightEval: number; // written · Σ w: what eval must use
  readonly wrongEval: number; // Σ w: what keep_prob = 1 gives
}

export interface LayerMoments {
  readonly mean: readonly number[]; // of the output of layer 1, 2, …
  readonly variance: readonly number[];
}

export interface AlphaDropoutResult {
  readonly none: LayerMoments;
  readonly alpha: LayerMoments;
  readonly inverted: LayerMoments;
  readonly dropped: number; // what a dropped unit becomes: a · α′ + b
  readonly scale: number; // a
  readonly shift: number; // b
}

export const MASK_SHAPES = ['full', 'batchShared', 'timeShared', 'featureShared', 'perFeature', 'perExample'] as const;
export type MaskShape = (typeof MASK_SHAPES)[number];

export interface ShapedMask {
  readonly noiseShape: readonly [number, number, number]; // 1 where a draw is shared
  readonly mask: Uint8Array; // spread to [batch, time, features]
  readonly draws: number;
  readonly keptShare: number;
  readonly keptShareSd: number; // that p and the number of draws give: sharing makes it wider
}

export interface MaskShapesResult {
  readonly shapes: { readonly [Name in MaskShape]: ShapedMask };
}

export interface PlacementResult {
  readonly z: Float64Array; // [units]
  readonly mask: Uint8Array;
  readonly before: Float64Array; // f(drop(z))
  readonly after: Float64Array; // drop(f(z))
  readonly maxDifference: number;
  readonly droppedDifference: number; // greatest among dropped units: |f(0)|
  readonly keptDifference: number; // greatest among kept units: the scale's doing
}

/** h(t) = tanh(Wx · drop(x(t)) + Wh · state(t − 1)); state(t) = drop(h(t)); y(t) = drop(h(t)), each with its own mask. */
export interface RecurrenceResult {
  readonly inputMask: Uint8Array; // [time, batch, inputs]; all 1 for p = 0
  readonly stateMask: Uint8Array; // [time, batch, units]
  readonly outputMask: Uint8Array; // [time, batch, units]
  readonly hidden: Float32Array; // h with the masks on [time, batch, units]
  readonly plainHidden: Float32Array; // h with nothing dropped
  readonly output: Float32Array; // y [time, batch, units]
  readonly distinctInputMasks: number; // among time · batch rows
  readonly distinctStateMasks: number;
  readonly survivors: readonly number[]; // per time: share of state units kept at every time so far
  readonly drift: readonly number[]; // per time: root mean square of hidden − plainHidden
}

// ---- bugs, and train against eval ----

/** One training, and what its figures show. Lists by layer begin with the first hidden one. */
export interface TracedTraining {
  readonly steps: number; // done
  readonly curves: LossCurves;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly layers: readonly {
    readonly trainMean: number; // of the output on the training set at the weights now, averaged over fresh masks
    readonly evalMean: number; // the same as evaluation computes it
    readonly ratio: number; // evalMean / trainMean
    readonly keptShare: number; // of the masks of the last quarter of the steps; NaN before
    readonly evalKeptShare: number; // in evaluation: 1 where it masks nothing
  }[];
  /** First hidden layer, twelve steps in a row from the middle of the run [rows, units] each. */
  readonly masks: readonly Uint8Array[];
  readonly rows: number;
  readonly units: number;
  readonly distinctRows: number; // different rows among those of one mask
  readonly maskChange: number; // share of cells that differ from the step before
  /** Last hidden layer, step 0: dLoss/d(activation) behind the mask [gradientRows, gradientUnits], and the mask itself. */
  readonly gradient: Float32Array;
  readonly gradientMask: Uint8Array;
  readonly gradientRows: number;
  readonly gradientUnits: number;
  readonly droppedGradientShare: number; // share of dropped cells with a gradient; 0 when none is dropped
  readonly flicker: number; // mean |difference| of two predictions for the same inputs, as evaluation makes them
  readonly stillShare: number; // share of weights that have never moved
  readonly nonFiniteStep: number | null; // step whose loss was the first not finite; training ends there
  /** Probability of class 1 as evaluation predicts it, on [−2, 2]², rows from y = 2 down [surfaceSide, surfaceSide]. */
  readonly surface: Float32Array;
  readonly surfaceSide: number;
}

/** One number that tells the two apart, and what it ought to be in each. */
export interface BugSignature {
  readonly measure: string; // e.g. 'ratio of layer 1'
  readonly correct: number;
  readonly wrong: number;
  readonly expectedCorrect: number;
  readonly expectedWrong: number; // NaN where theory names no number, only a difference
  readonly holds: boolean; // the wrong run shows it and the correct run does not
}

export interface BugResult {
  readonly bug: BugId;
  readonly p: number; // in force; a bug may overrule what was asked
  readonly totalSteps: number;
  readonly correct: TracedTraining;
  readonly wrong: TracedTraining;
  /** Null until both are done. At p = 0.5 a hidden bug holds nothing. */
  readonly signature: BugSignature | null;
}

export interface TrainEvalResult {
  readonly totalSteps: number;
  readonly correct: TracedTraining;
  /** With the switches as set; equal to `correct` when none is. */
  readonly switched: TracedTraining;
  /** Share of the points after step 0 at which the test loss lies below the masked training loss, in the correct run. */
  readonly belowShare: number;
}

export interface StudyResultMap {
  millionWeights: MillionWeightsResult;
  schemes: SchemesResult;
  equivalence: EquivalenceResult;
  subnetworks: SubnetworksResult;
  moments: MomentsResult;
  dropConnect: DropConnectResult;
  keepProbTrick: KeepProbTrickResult;
  alphaDropout: AlphaDropoutResult;
  maskShapes: MaskShapesResult;
  placement: PlacementResult;
  recurrence: RecurrenceResult;
  bug: BugResult;
  trainEval: TrainEvalResult;
}
