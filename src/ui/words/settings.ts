/** Words about settings: summaries of the panels, names of choices, refusals and what a change does to the run. Pure; ranges come from the table. */
import { type Activation, type DatasetName, type Optimizer, SETTINGS, type SettingName, type Settings } from '../../protocol/settings';
import { counted, fixed, listed, percent, trimmed } from './format';

export const DATASET_NAMES: Readonly<Record<DatasetName, string>> = {
  moons: 'Moons',
  circles: 'Circles',
  xor: 'XOR',
  spiral: 'Spiral',
  gaussians: 'Gaussians',
  wave: 'Wave (1-D)',
  digits: 'Digits',
};

export const ACTIVATION_NAMES: Readonly<Record<Activation, string>> = {
  relu: 'ReLU',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
  selu: 'SELU',
  linear: 'linear',
};

export const OPTIMIZER_NAMES: Readonly<Record<Optimizer, string>> = { sgd: 'SGD', momentum: 'Momentum', adam: 'Adam' };

export const SCOPE_NAMES: Readonly<Record<Settings['maskScope'], string>> = { example: 'example', batch: 'batch' };

interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** Returns the range of a number, or of the numbers in a list. Errors: TypeError when the setting holds no numbers. */
export function numberRule(name: SettingName): NumberRule {
  const field = SETTINGS[name];
  if (field.kind !== 'number' && field.kind !== 'numbers') throw new TypeError(`the setting ${name} holds no number`);
  return { min: field.min, max: field.max, integer: field.integer ?? false };
}

/** Returns how many items a list may have. Errors: TypeError when the setting is no list. */
export function maxLength(name: SettingName): number {
  const field = SETTINGS[name];
  if (field.kind !== 'points' && field.kind !== 'numbers') throw new TypeError(`the setting ${name} is no list`);
  return field.maxLength;
}

/** Says of a panel's settings which of them restart the run: "Hidden units and activation restart the run." The rest applies at once. */
export function effectNote(names: readonly SettingName[]): string {
  const restarting = names.filter((name) => SETTINGS[name].effect === 'restart').map((name) => SETTINGS[name].label);
  if (restarting.length === 0) return 'Changes apply from the next step on.';
  if (restarting.length === names.length) return 'A change here restarts the run.';
  const words = listed(restarting);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${restarting.length === 1 ? 'restarts' : 'restart'} the run.`;
}

/** Returns why `value` is refused for a number, naming field, value and range; null when it is fine. */
export function refusal(label: string, value: number, min: number, max: number, integer: boolean, openMax = false): string | null {
  const [low, high] = [trimmed(min, 0, 6), trimmed(max, 0, 6)];
  const range = openMax ? `at least ${low} and below ${high}` : `between ${low} and ${high}`;
  if (Number.isNaN(value)) return `${label} must be a number ${range}.`;
  const isOutside = value < min || value > max || (openMax && value === max);
  if (isOutside) return `${label} must be ${range}, got ${trimmed(value, 0, 6)}.`;
  if (integer && !Number.isInteger(value)) return `${label} must be a whole number, got ${trimmed(value, 0, 6)}.`;
  return null;
}

/** Sums up the data panel: "Moons, 80 points, label noise 10 %". */
export function dataSummary(settings: Settings): string {
  const parts = [DATASET_NAMES[settings.dataset], counted(settings.trainSize, 'point')];
  if (settings.points.length > 0) parts.push(`${counted(settings.points.length, 'own point')}`);
  if (settings.labelNoise > 0) parts.push(`label noise ${percent(settings.labelNoise)}`);
  return parts.join(', ');
}

/** Sums up the network panel: "12 · 8, ReLU". */
export function networkSummary(settings: Settings): string {
  return `${settings.hidden.length === 0 ? 'no hidden layer' : settings.hidden.join(' · ')}, ${ACTIVATION_NAMES[settings.activation]}`;
}

/** Sums up the optimiser panel: "Momentum, rate 0.10, batch 24". */
export function optimiserSummary(settings: Settings): string {
  return `${OPTIMIZER_NAMES[settings.optimizer]}, rate ${trimmed(settings.learningRate, 2, 4)}, batch ${settings.batchSize}`;
}

/** Writes the value of a setting for people, for sentences about changes: "0.20", "adam", "12 · 8", "off". */
export function valueText(name: SettingName, value: unknown): string {
  if (name === 'maxNorm' && value === 0) return 'off';
  if (typeof value === 'number')
    return Number.isInteger(value) && SETTINGS[name].kind === 'number' && name !== 'p' ? String(value) : trimmed(value, 2, 4);
  if (Array.isArray(value))
    return value.length === 0
      ? 'none'
      : name === 'points'
        ? counted(value.length, 'point')
        : value.map((each) => (each === null ? 'p' : compactUnit(each))).join(' · ');
  return String(value);
}

function compactUnit(value: unknown): string {
  return typeof value === 'number' && !Number.isInteger(value) ? fixed(value) : String(value);
}
