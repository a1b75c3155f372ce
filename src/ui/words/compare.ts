/** Says in words how lab B differs from lab A. Pure. */
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../../protocol/settings';
import type { Convention } from '../../store/labStore';
import { bothWays } from './convention';
import { fixed, percent } from './format';
import { MODE_NAMES } from './modes';
import type { Numbers } from './numbers';
import { valueText } from './settings';

/** Settings that may differ between A and B: all but those that change only the view, the data or the size of the picture. */
export const COMPARABLE: readonly SettingName[] = [
  'mode',
  'p',
  'inputP',
  'maskScope',
  'activation',
  'optimizer',
  'learningRate',
  'momentum',
  'weightDecay',
  'maxNorm',
  'batchSize',
  'channelSize',
  'seed',
];

function shown(convention: Convention, name: SettingName, settings: Settings): string {
  if (name === 'mode') return MODE_NAMES[settings.mode];
  if (name === 'p' || name === 'inputP') return bothWays(convention, settings[name]);
  return valueText(name, settings[name]);
}

/** Returns the settings in which the two differ, views aside. */
function differing(a: Settings, b: Settings): readonly SettingName[] {
  return SETTING_NAMES.filter((name) => SETTINGS[name].effect !== 'view' && JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}

/** Says what differs: "Only mode differs: A has Inverted, B has Standard. Data, initial weights and random numbers are the same." */
export function difference(convention: Convention, a: Settings, b: Settings): string {
  const names = differing(a, b);
  const shared = 'Data, initial weights and random numbers are the same.';
  if (names.length === 0) return `A and B are the same so far: they run bit for bit alike. ${shared}`;
  const kept = names.includes('seed') ? 'The data are the same; initial weights and random numbers are not.' : shared;
  const sides = (name: SettingName) => `A has ${shown(convention, name, a)}, B has ${shown(convention, name, b)}`;
  const [only] = names;
  if (names.length === 1 && only) return `Only the ${SETTINGS[only].label} differs: ${sides(only)}. ${kept}`;
  return `${names.length} settings differ: ${names.map((name) => `${SETTINGS[name].label} (${sides(name)})`).join('; ')}. ${kept}`;
}

/** Says what one side has where the two differ: "mode Inverted", "drop rate p p = 0.3 (keeps 0.7)"; '' where they are the same. */
export function sideWords(convention: Convention, own: Settings, other: Settings): string {
  return differing(own, other)
    .map((name) => (name === 'p' ? shown(convention, name, own) : `${SETTINGS[name].label} ${shown(convention, name, own)}`))
    .join(', ');
}

function versus(label: string, a: number, b: number, write: (value: number) => string): string | null {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
  return write(a) === write(b) ? `${label} equal at ${write(a)}` : `${label} ${write(a)} against ${write(b)}`;
}

/** Says how A and B stand: "At step 240: test loss 0.31 against 0.45, test accuracy 88 % against 82 %." */
export function standing(a: Numbers, b: Numbers): string {
  if (a.header.step !== b.header.step) return `A is at step ${a.header.step}, B at step ${b.header.step}.`;
  const parts = [
    versus('train loss in eval', a.header.trainLoss, b.header.trainLoss, (value) => fixed(value)),
    versus('test loss', a.header.testLoss, b.header.testLoss, (value) => fixed(value)),
    versus('test accuracy', a.header.testAccuracy, b.header.testAccuracy, (value) => percent(value)),
  ].filter((part) => part !== null);
  return parts.length === 0
    ? `At step ${a.header.step} one of the losses is not a number.`
    : `At step ${a.header.step}, A against B: ${parts.join(', ')}.`;
}
