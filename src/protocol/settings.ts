/**
 * The settings of a lab: the one typed table that says for each of them its range, default, effect and words.
 *
 * Both wings read this file. It must not import from either, and nothing else in the house may repeat a range or a default.
 */

export const MODES = ['none', 'standard', 'inverted', 'unscaled', 'gaussian', 'dropconnect', 'alpha', 'spatial'] as const;
export const PHASES = ['train', 'eval', 'mc'] as const;
export const DATASETS = ['moons', 'circles', 'xor', 'spiral', 'gaussians', 'wave', 'digits'] as const;
export const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'selu', 'linear'] as const;
export const OPTIMIZERS = ['sgd', 'momentum', 'adam'] as const;
export const MASK_SCOPES = ['example', 'batch'] as const;

export type Mode = (typeof MODES)[number];
export type Phase = (typeof PHASES)[number];
export type DatasetName = (typeof DATASETS)[number];
export type Activation = (typeof ACTIVATIONS)[number];
export type Optimizer = (typeof OPTIMIZERS)[number];
export type MaskScope = (typeof MASK_SCOPES)[number];

/** One point that the user placed: `[x, y, label]`. Label is 0 or 1; 'wave' reads x as input and y as target; 'digits' ignores points. */
export type Point = readonly [x: number, y: number, label: number];

/** Everything that defines an experiment. Same settings and step, same fingerprint, on every machine. */
export interface Settings {
  readonly dataset: DatasetName;
  readonly trainSize: number;
  readonly testSize: number;
  readonly noise: number;
  readonly labelNoise: number;
  readonly dataSeed: number;
  readonly points: readonly Point[];
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly mode: Mode;
  readonly p: number;
  readonly inputP: number;
  readonly layerP: readonly (number | null)[];
  readonly maskScope: MaskScope;
  readonly channelSize: number;
  readonly phase: Phase;
  readonly passes: number;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly maxNorm: number;
  readonly batchSize: number;
  readonly seed: number;
}

export type SettingName = keyof Settings;

/**
 * What a change of a setting does to the run: 'live' applies from the next step on, 'restart' starts over at step 0,
 * 'view' changes only what is shown.
 */
export type Effect = 'live' | 'restart' | 'view';

interface Common<Value> {
  readonly default: Value;
  readonly effect: Effect;
  /** Name in the address and of the element's attribute; short, stable for ever. */
  readonly key: string;
  /** Words for people: the label of the control. */
  readonly label: string;
}

interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}

export type Field<Value> = Common<Value> &
  (
    | ({ readonly kind: 'number' } & NumberRule)
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    | ({ readonly kind: 'numbers'; readonly maxLength: number; readonly nullable: boolean } & NumberRule)
    | { readonly kind: 'points'; readonly maxLength: number; readonly min: number; readonly max: number }
  );

export const MAX_SEED = 2 ** 32 - 1;
export const MAX_HIDDEN_LAYERS = 4;
export const MAX_UNITS = 512;
export const MAX_INPUTS = 784;
const MAX_BATCH = 256;

/** Modes for which p = 1 has no meaning (infinite noise), so that their range is [0, 1). */
export const OPEN_MODES: readonly Mode[] = ['gaussian', 'alpha'];

const probability = { kind: 'number', min: 0, max: 1 } as const;
const seed = { kind: 'number', min: 0, max: MAX_SEED, integer: true } as const;

export const SETTINGS: { readonly [Name in SettingName]: Field<Settings[Name]> } = {
  dataset: {
    kind: 'choice',
    choices: DATASETS,
    default: 'moons',
    effect: 'restart',
    key: 'data',
    label: 'data',
  },
  trainSize: {
    kind: 'number',
    min: 1,
    max: 5000,
    integer: true,
    default: 96,
    effect: 'restart',
    key: 'train',
    label: 'training points',
  },
  testSize: {
    kind: 'number',
    min: 1,
    max: 5000,
    integer: true,
    default: 120,
    effect: 'restart',
    key: 'test',
    label: 'test points',
  },
  noise: {
    kind: 'number',
    min: 0,
    max: 1,
    default: 0.2,
    effect: 'restart',
    key: 'noise',
    label: 'noise',
  },
  labelNoise: {
    kind: 'number',
    min: 0,
    max: 0.5,
    default: 0.1,
    effect: 'restart',
    key: 'flip',
    label: 'label noise',
  },
  dataSeed: { ...seed, default: 7, effect: 'restart', key: 'dseed', label: 'data seed' },
  points: {
    kind: 'points',
    maxLength: 200,
    min: -10,
    max: 10,
    default: [],
    effect: 'restart',
    key: 'points',
    label: 'own points',
  },
  hidden: {
    kind: 'numbers',
    min: 1,
    max: MAX_UNITS,
    integer: true,
    nullable: false,
    maxLength: MAX_HIDDEN_LAYERS,
    default: [12, 8],
    effect: 'restart',
    key: 'hidden',
    label: 'hidden units',
  },
  activation: {
    kind: 'choice',
    choices: ACTIVATIONS,
    default: 'relu',
    effect: 'restart',
    key: 'act',
    label: 'activation',
  },
  mode: { kind: 'choice', choices: MODES, default: 'inverted', effect: 'live', key: 'mode', label: 'mode' },
  p: {
    ...probability,
    default: 0.5,
    effect: 'live',
    key: 'p',
    label: 'drop rate p',
  },
  inputP: {
    ...probability,
    default: 0,
    effect: 'live',
    key: 'pin',
    label: 'input dropout',
  },
  layerP: {
    kind: 'numbers',
    min: 0,
    max: 1,
    nullable: true,
    maxLength: MAX_HIDDEN_LAYERS,
    default: [],
    effect: 'live',
    key: 'pl',
    label: 'p per layer',
  },
  maskScope: {
    kind: 'choice',
    choices: MASK_SCOPES,
    default: 'example',
    effect: 'live',
    key: 'scope',
    label: 'one mask per',
  },
  channelSize: {
    kind: 'number',
    min: 1,
    max: MAX_UNITS,
    integer: true,
    default: 2,
    effect: 'restart',
    key: 'chan',
    label: 'channel size',
  },
  phase: {
    kind: 'choice',
    choices: PHASES,
    default: 'train',
    effect: 'view',
    key: 'phase',
    label: 'phase',
  },
  passes: {
    kind: 'number',
    min: 1,
    max: 1000,
    integer: true,
    default: 100,
    effect: 'view',
    key: 'mc',
    label: 'MC passes',
  },
  optimizer: {
    kind: 'choice',
    choices: OPTIMIZERS,
    default: 'momentum',
    effect: 'restart',
    key: 'opt',
    label: 'optimiser',
  },
  learningRate: {
    kind: 'number',
    min: 0,
    max: 10,
    default: 0.1,
    effect: 'live',
    key: 'lr',
    label: 'learning rate',
  },
  momentum: {
    kind: 'number',
    min: 0,
    max: 0.999,
    default: 0.9,
    effect: 'live',
    key: 'mom',
    label: 'momentum',
  },
  weightDecay: {
    kind: 'number',
    min: 0,
    max: 1,
    default: 0,
    effect: 'live',
    key: 'wd',
    label: 'weight decay',
  },
  maxNorm: {
    kind: 'number',
    min: 0,
    max: 100,
    default: 0,
    effect: 'live',
    key: 'max',
    label: 'max-norm',
  },
  batchSize: {
    kind: 'number',
    min: 1,
    max: MAX_BATCH,
    integer: true,
    default: 24,
    effect: 'restart',
    key: 'batch',
    label: 'batch',
  },
  seed: {
    ...seed,
    default: 42,
    effect: 'restart',
    key: 'seed',
    label: 'seed',
  },
};

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** Freezes a value and all that it holds. Returns it. */
export function freezeDeep<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) freezeDeep(item);
  return Object.freeze(value);
}

export const DEFAULT_SETTINGS: Settings = freezeDeep(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].default])) as unknown as Settings,
);

/** Returns the drop probability in force on layer `layerIndex` (0 = input; hidden layers from 1). The output layer is never dropped. */
export function dropProbability(settings: Pick<Settings, 'p' | 'inputP' | 'layerP'>, layerIndex: number): number {
  return layerIndex === 0 ? settings.inputP : (settings.layerP[layerIndex - 1] ?? settings.p);
}
