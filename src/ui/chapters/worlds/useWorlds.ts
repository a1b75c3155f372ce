/** The state of "Two units, four worlds": weights, inputs, p, and how many terms have been added up. */
import { useMemo, useState } from 'react';
import { fourWorlds, type TwoUnits, twoUnitMoments, type World } from './worlds';

export const NUM_WORLDS = 4;

export interface WorldsState {
  readonly units: TwoUnits;
  readonly numTerms: number;
  readonly worlds: readonly World[];
  readonly mean: number;
  readonly variance: number;
  /** The sum with nothing dropped. */
  readonly whole: number;
  change(patch: Partial<TwoUnits>): void;
  setNumTerms(numTerms: number): void;
}

const FIRST: TwoUnits = { w: [2, -3], x: [1.5, 0.5], p: 0.2, isInverted: false };

/** `isWhole`: starts with all terms added, else with half of them. */
export function useWorlds(isWhole = true): WorldsState {
  const [units, setUnits] = useState(FIRST);
  const [chosenTerms, setNumTerms] = useState<number | null>(null);
  const numTerms = chosenTerms ?? (isWhole ? NUM_WORLDS : NUM_WORLDS / 2);
  const numbers = useMemo(() => {
    const { mean, variance } = twoUnitMoments(units);
    return { worlds: fourWorlds(units), mean, variance, whole: units.w[0] * units.x[0] + units.w[1] * units.x[1] };
  }, [units]);
  return { units, numTerms, ...numbers, change: (patch) => setUnits((before) => ({ ...before, ...patch })), setNumTerms };
}
