/**
 * What each study may be asked: one typed table that says for every parameter its range and default, as the settings have theirs.
 *
 * Sliders read their ranges here and the worker checks against the same lines; nothing else may repeat a range. A study is named for
 * what it shows; `trains` says that it is long work, of which only one runs at a time.
 */
import { BUG_IDS, type BugId } from './bugs';
import { ACTIVATIONS, type Activation, MASK_SCOPES, MAX_SEED, type MaskScope } from './settings';

/** How one parameter is checked. `each` holds for every entry of a list. */
export type ParamRule<Value> = { readonly default: Value } & (
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly integer?: boolean }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'flag' }
  | {
      readonly kind: 'numbers';
      readonly min: number;
      readonly max: number;
      readonly integer?: boolean;
      readonly minLength: number;
      readonly maxLength: number;
    }
);

type ParamRules<Params> = { readonly [Name in keyof Params]: ParamRule<Params[Name]> };

/** The published experiment: sums of `numWeights` normal weights under fresh masks, `trials` times, for several drop probabilities. */
export interface MillionWeightsParams {
  readonly numWeights: number;
  readonly trials: number;
  readonly ps: readonly number[]; // one column each; all columns read the same uniforms, so their masks are nested
  readonly seed: number;
}

export const SCHEMES = ['unscaled', 'standard', 'inverted', 'both'] as const;
export type Scheme = (typeof SCHEMES)[number];
/** 'positive': every unit takes a weighted mean of the one below, so that only dropout moves the mean. 'normal': He's weights, as one trains. */
const SCHEME_WEIGHTS = ['positive', 'normal'] as const;

/** Four ways to scale, on the same weights and masks, through `numLayers` layers. */
export interface SchemesParams {
  readonly numLayers: number;
  readonly units: number;
  readonly batchSize: number;
  readonly passes: number; // masked passes averaged
  readonly p: number;
  readonly weights: (typeof SCHEME_WEIGHTS)[number];
  readonly seed: number;
}

const EQUIVALENCE_OPTIMIZERS = ['sgd', 'momentum', 'adam'] as const;
/**
 * How the standard twin is set up from the inverted one, q being the keep probability of a weight's input:
 * 'naive': same start, same rates. 'exact': the rule that makes the two coincide (V₀ = W₀/q; rate /q², Adam /q with ε·q; λ·q²; biases
 * as they are). 'startOnly': V₀ = W₀/q and nothing else. 'biasesToo': rate /q² on the biases as well. 'rateSquared': /q² even for Adam.
 * 'sameEpsilon': Adam /q but ε as it was. 'sameDecay': all but λ.
 */
export const EQUIVALENCE_RULES = ['naive', 'exact', 'startOnly', 'biasesToo', 'rateSquared', 'sameEpsilon', 'sameDecay'] as const;
export type EquivalenceRule = (typeof EQUIVALENCE_RULES)[number];

/** A standard and an inverted training on the same data, masks and (rescaled) start. */
export interface EquivalenceParams {
  readonly rule: EquivalenceRule;
  readonly optimizer: (typeof EQUIVALENCE_OPTIMIZERS)[number];
  readonly activation: Activation;
  readonly inputP: number;
  readonly p: number; // of both hidden layers
  readonly learningRate: number;
  readonly weightDecay: number; // coupled L2
  readonly epsilon: number; // Adam's
  readonly steps: number;
  readonly seed: number;
}

const SUBNETWORK_OUTPUTS = ['sigmoid', 'softmax'] as const;
export const PLANAR_DATASETS = ['moons', 'circles', 'xor', 'spiral', 'gaussians'] as const;
export type PlanarDataset = (typeof PLANAR_DATASETS)[number];
export const MAX_MASKED_UNITS = 14;

/** Every sub-network of a small net trained here. Errors when `hidden` adds up to more than MAX_MASKED_UNITS. */
export interface SubnetworksParams {
  readonly dataset: PlanarDataset;
  readonly output: (typeof SUBNETWORK_OUTPUTS)[number]; // 'softmax': one output per class instead of one in all
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly p: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly x: number; // the place that all sub-networks judge
  readonly y: number;
  readonly passes: number; // Monte-Carlo passes
  readonly thumbnails: number; // how many sub-networks are drawn
  readonly thumbnailSide: number; // in cells
  readonly seed: number;
}

/** Bernoulli and Gaussian noise of equal mean and variance. */
export interface MomentsParams {
  readonly p: number;
  readonly draws: number;
  readonly seed: number;
}

/** Two linear outputs (or more) under unit dropout and under DropConnect. */
export interface DropConnectParams {
  readonly inputs: number;
  readonly outputs: number;
  readonly p: number;
  readonly draws: number;
  readonly seed: number;
}

/** `tf.nn.dropout(w, written) * written`, read by TF 1 (keep) and by TF 2 (drop). */
export interface KeepProbTrickParams {
  readonly written: number; // the number in the code, meant as the keep probability
  readonly weights: number;
  readonly draws: number;
  readonly seed: number;
}

/** SELU layers under alpha dropout and under plain inverted dropout. */
export interface AlphaDropoutParams {
  readonly numLayers: number;
  readonly units: number;
  readonly batchSize: number;
  readonly p: number;
  readonly seed: number;
}

/** Masks of a `[batch, time, features]` tensor under six ways to share a draw. */
export interface MaskShapesParams {
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly p: number;
  readonly seed: number;
}

/** The same masks before and after the activation. */
export interface PlacementParams {
  readonly activation: Activation;
  readonly units: number;
  readonly p: number;
  readonly seed: number;
}

/** A recurrence unrolled in time, with dropout on its input, its output and its state. */
export interface RecurrenceParams {
  readonly inputP: number;
  readonly outputP: number;
  readonly stateP: number;
  readonly variational: boolean; // one mask for all times instead of a fresh one for each
  readonly maskScope: MaskScope; // 'batch': TF's wrapper when variational; 'example': Keras
  readonly time: number;
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
  readonly seed: number;
}

/** A training with one bug next to the same training without it. Data: moons. Parameters that the bug needs otherwise are overruled by it. */
interface BugParams {
  readonly bug: BugId;
  readonly p: number;
  readonly steps: number;
  readonly seed: number;
}

/** The three loss curves, and what forgetting a switch makes of them. */
export interface TrainEvalParams {
  readonly forgotEval: boolean; // losses are measured, and predictions made, with the masks on
  readonly forgotTrain: boolean; // after the first evaluation the masks stay off
  readonly dataset: PlanarDataset;
  readonly p: number;
  readonly hidden: readonly number[];
  readonly learningRate: number;
  readonly steps: number;
  readonly seed: number;
}

export interface StudyParamsMap {
  millionWeights: MillionWeightsParams;
  schemes: SchemesParams;
  equivalence: EquivalenceParams;
  subnetworks: SubnetworksParams;
  moments: MomentsParams;
  dropConnect: DropConnectParams;
  keepProbTrick: KeepProbTrickParams;
  alphaDropout: AlphaDropoutParams;
  maskShapes: MaskShapesParams;
  placement: PlacementParams;
  recurrence: RecurrenceParams;
  bug: BugParams;
  trainEval: TrainEvalParams;
}

export type StudyName = keyof StudyParamsMap;

interface StudyEntry<Params> {
  readonly trains: boolean;
  readonly params: ParamRules<Params>;
}

function whole<Default extends number>(min: number, max: number, value: Default): ParamRule<number> {
  return { kind: 'number', min, max, integer: true, default: value };
}
function real(min: number, max: number, value: number): ParamRule<number> {
  return { kind: 'number', min, max, default: value };
}
function choice<Value extends string>(choices: readonly Value[], value: Value): ParamRule<Value> {
  return { kind: 'choice', choices, default: value };
}
function flag(value: boolean): ParamRule<boolean> {
  return { kind: 'flag', default: value };
}
function list(rule: { min: number; max: number; integer?: boolean; minLength: number; maxLength: number }, value: readonly number[]) {
  return { kind: 'numbers', ...rule, default: value } satisfies ParamRule<readonly number[]>;
}

const p = (value: number) => real(0, 1, value);
/** Where p = 1 has no meaning: infinite noise, no variance left, or a division by what is kept. */
const openP = (value: number) => real(0, 0.99, value);
const seed = whole(0, MAX_SEED, 42);
const dataset = choice(PLANAR_DATASETS, 'moons');

export const STUDIES: { readonly [Name in StudyName]: StudyEntry<StudyParamsMap[Name]> } = {
  millionWeights: {
    trains: true,
    params: {
      numWeights: whole(1, 4_000_000, 1_000_000),
      trials: whole(2, 10_000, 1000),
      ps: list({ min: 0, max: 1, minLength: 1, maxLength: 4 }, [0, 0.3, 0.5, 0.7]),
      seed,
    },
  },
  schemes: {
    trains: false,
    params: {
      numLayers: whole(1, 8, 4),
      units: whole(1, 256, 64),
      batchSize: whole(1, 256, 32),
      passes: whole(1, 100, 8),
      p: p(0.2),
      weights: choice(SCHEME_WEIGHTS, 'positive'),
      seed,
    },
  },
  equivalence: {
    trains: true,
    params: {
      rule: choice(EQUIVALENCE_RULES, 'naive'),
      optimizer: choice(EQUIVALENCE_OPTIMIZERS, 'sgd'),
      activation: choice(ACTIVATIONS, 'relu'),
      inputP: openP(0.2),
      p: openP(0.5),
      learningRate: real(0.0001, 1, 0.05),
      weightDecay: real(0, 0.1, 0),
      epsilon: real(0, 0.1, 1e-8),
      steps: whole(1, 2000, 300),
      seed,
    },
  },
  subnetworks: {
    trains: true,
    params: {
      dataset,
      output: choice(SUBNETWORK_OUTPUTS, 'softmax'),
      hidden: list({ min: 1, max: MAX_MASKED_UNITS, integer: true, minLength: 1, maxLength: 2 }, [10]),
      activation: choice(ACTIVATIONS, 'relu'),
      p: p(0.4),
      steps: whole(0, 5000, 800),
      learningRate: real(0.0001, 1, 0.1),
      batchSize: whole(1, 64, 16),
      x: real(-2, 2, -0.5),
      y: real(-2, 2, -0.3),
      passes: whole(1, 5000, 500),
      thumbnails: whole(0, 96, 24),
      thumbnailSide: whole(4, 48, 20),
      seed,
    },
  },
  moments: { trains: false, params: { p: openP(0.3), draws: whole(100, 200_000, 20_000), seed } },
  dropConnect: {
    trains: false,
    params: { inputs: whole(1, 64, 12), outputs: whole(2, 6, 2), p: openP(0.4), draws: whole(100, 50_000, 4000), seed },
  },
  keepProbTrick: {
    trains: false,
    params: { written: real(0.01, 0.99, 0.7), weights: whole(1, 2000, 100), draws: whole(10, 5000, 1000), seed },
  },
  alphaDropout: {
    trains: false,
    params: { numLayers: whole(1, 12, 8), units: whole(2, 256, 128), batchSize: whole(2, 256, 128), p: openP(0.1), seed },
  },
  maskShapes: {
    trains: false,
    params: { batch: whole(1, 16, 4), time: whole(1, 32, 8), features: whole(1, 32, 12), p: p(0.4), seed },
  },
  placement: { trains: false, params: { activation: choice(ACTIVATIONS, 'relu'), units: whole(1, 256, 48), p: p(0.3), seed } },
  recurrence: {
    trains: false,
    params: {
      inputP: p(0.2),
      outputP: p(0),
      stateP: p(0.3),
      variational: flag(false),
      maskScope: choice(MASK_SCOPES, 'example'),
      time: whole(1, 64, 16),
      batch: whole(1, 16, 4),
      inputs: whole(1, 32, 6),
      units: whole(1, 32, 10),
      seed,
    },
  },
  bug: { trains: true, params: { bug: choice(BUG_IDS, 'evalScaledByDrop'), p: p(0.2), steps: whole(1, 3000, 400), seed } },
  trainEval: {
    trains: true,
    params: {
      forgotEval: flag(false),
      forgotTrain: flag(false),
      dataset,
      p: p(0.4),
      hidden: list({ min: 1, max: 64, integer: true, minLength: 1, maxLength: 3 }, [16, 16]),
      learningRate: real(0.0001, 1, 0.1),
      steps: whole(1, 5000, 800),
      seed,
    },
  },
};

/** Returns the parameters a study runs with when it is told nothing. */
export function defaultParams<Name extends StudyName>(name: Name): StudyParamsMap[Name] {
  const rules: Readonly<Record<string, ParamRule<unknown>>> = STUDIES[name].params;
  return Object.fromEntries(Object.entries(rules).map(([param, rule]) => [param, rule.default])) as never;
}
