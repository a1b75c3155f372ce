/** Names and short explanations of modes and phases, and what the survivors are multiplied by. Pure. */
import type { Mode, Phase, Settings } from '../../protocol/settings';
import { fixed, multiplied, trimmed } from './format';

export const MODE_NAMES: Readonly<Record<Mode, string>> = {
  none: 'None',
  standard: 'Standard',
  inverted: 'Inverted',
  unscaled: 'Unscaled',
  gaussian: 'Gaussian',
  dropconnect: 'DropConnect',
  alpha: 'Alpha',
  spatial: 'Spatial',
};

export const PHASE_NAMES: Readonly<Record<Phase, string>> = { train: 'Train', eval: 'Eval', mc: 'MC' };

/** Returns the standard deviation of Gaussian dropout's noise, √(p ÷ (1 − p)). */
export function gaussianSd(p: number): number {
  return Math.sqrt(p / (1 - p));
}

/** Returns what happens to a kept value in training, as label and value: "survivors ×", "2.00". `scale` comes from the core. */
export function survivors(mode: Mode, p: number, scale: number): { label: string; value: string } {
  switch (mode) {
    case 'none':
      return { label: 'every unit', value: 'kept' };
    case 'gaussian':
      return { label: 'noise sd', value: trimmed(gaussianSd(p), 2, 2) };
    case 'dropconnect':
      return { label: 'kept weights ×', value: p === 1 ? 'none left' : trimmed(scale, 2, 2) };
    case 'standard':
    case 'inverted':
    case 'unscaled':
    case 'alpha':
    case 'spatial':
      return { label: 'survivors ×', value: p === 1 ? 'none left' : trimmed(scale, 2, 2) };
    default:
      return mode satisfies never;
  }
}

/** Returns what a kept value is multiplied by in training before the core has said so; the frame's own number replaces it. */
export function expectedScale(mode: Mode, p: number): number {
  return mode === 'inverted' || mode === 'spatial' || mode === 'dropconnect' ? (p < 1 ? 1 / (1 - p) : 0) : 1;
}

/** Says what scaling does in this mode: the second half of "Half the units sit out each step, …". */
export function scalingClause(mode: Mode, scale: number): string {
  if (mode === 'standard') return 'and nothing is scaled until test time, when the whole network is turned down by keep';
  if (mode === 'unscaled') return 'and nothing makes up for it';
  if (mode === 'alpha') return `the dropped take SELU’s floor, and the whole layer is squeezed by ${fixed(scale)} and shifted`;
  return scale === 1 ? 'the survivors stay as they are' : `so the survivors are ${multiplied(scale)}`;
}

/** Returns warnings that the present combination of settings deserves; empty when all is well. */
export function warnings(settings: Pick<Settings, 'mode' | 'activation' | 'p' | 'inputP' | 'hidden'>): readonly string[] {
  const found: string[] = [];
  if (settings.mode === 'alpha' && settings.activation !== 'selu')
    found.push('Alpha dropout keeps mean and variance only with the SELU activation. Here the activation is another, so both drift.');
  if (settings.mode === 'unscaled' && settings.p > 0)
    found.push('Unscaled is the classic bug: at test every layer receives more than it was trained on.');
  if (settings.mode !== 'none' && settings.p === 1 && settings.hidden.length > 0)
    found.push('Everything is dropped (drop 1.00): no signal passes, and only the last bias can learn.');
  if (settings.mode !== 'none' && settings.inputP === 1) found.push('Every input is dropped: the network is blind to the data.');
  return found;
}
