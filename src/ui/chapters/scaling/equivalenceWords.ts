/** Words of the twins: what each rule does, and what the numbers of a run say. Pure. */
import type { EquivalenceParams, EquivalenceRule } from '../../../protocol/studyParams';
import type { EquivalenceResult } from '../../../protocol/studyResults';
import { compact, grouped, percent } from '../../words/format';

type Optimizer = EquivalenceParams['optimizer'];

export const RULE_NAMES: Readonly<Record<EquivalenceRule, string>> = {
  naive: 'naive: same start, same rate',
  exact: 'exact',
  startOnly: 'only the start is rescaled',
  biasesToo: 'rate ÷ q² on biases as well',
  rateSquared: 'Adam with rate ÷ q²',
  sameEpsilon: 'Adam with ε as it was',
  sameDecay: 'weight decay as it was',
};

/** Returns the rules that differ from 'exact' in one thing that matters for this optimiser and decay. */
export function flawedRules(optimizer: Optimizer, weightDecay: number): readonly EquivalenceRule[] {
  return [
    'startOnly',
    'biasesToo',
    ...(optimizer === 'adam' ? (['rateSquared', 'sameEpsilon'] as const) : []),
    ...(weightDecay > 0 ? (['sameDecay'] as const) : []),
  ];
}

/** Below this, two runs in double precision differ by rounding alone. */
const ROUNDING = 1e-9;

type Verdict = 'bits' | 'rounding' | 'apart' | 'unknown';

/** Tells how two trainings compare so far. */
export function verdictOf(result: EquivalenceResult): Verdict {
  if (result.steps === 0) return 'unknown';
  if (result.isBitwiseEqual) return 'bits';
  return Math.max(...result.difference, 0) < ROUNDING ? 'rounding' : 'apart';
}

/** Says how two trainings compare so far. */
export function verdictText(result: EquivalenceResult): string {
  const largest = Math.max(...result.difference, 0);
  const steps = `${grouped(result.steps)} steps`;
  switch (verdictOf(result)) {
    case 'unknown':
      return 'Not a step has been trained yet.';
    case 'bits':
      return `The same network to the bit, after each of ${steps}.`;
    case 'rounding':
      return `The same network but for rounding: never more than ${compact(largest)} apart in ${steps}.`;
    case 'apart':
      return `Two different networks: they part at step ${grouped(result.firstParting ?? 1)}, and after ${steps} their layers differ by up to ${percent(result.difference.at(-1) ?? 0)}.`;
  }
}

/** Says in one sentence what 'exact' has to scale for an optimiser. */
export function exactRule(optimizer: Optimizer, weightDecay: number): string {
  const decay = weightDecay > 0 ? '; weight decay × q²' : '';
  if (optimizer === 'adam')
    return `V₀ = W₀ ÷ q; learning rate ÷ q and ε × q on weights fed by dropout${decay}; biases as they are. Adam divides the gradient by its own size, so one q is enough.`;
  return `V₀ = W₀ ÷ q; learning rate ÷ q² on weights fed by dropout${decay}; biases as they are.`;
}
