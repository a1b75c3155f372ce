/** The state of "A million weights": how many weights and trials, from which seed, and the run. */
import { useState } from 'react';
import { defaultParams } from '../../../protocol/studyParams';
import { type StudyView, useStudy } from '../shell/useStudy';
import { isQuick } from './million';

export interface MillionState {
  readonly numWeights: number;
  readonly trials: number;
  readonly seed: number;
  readonly view: StudyView<'millionWeights'>;
  /** Weights and trials are as many as were published. */
  readonly isFull: boolean;
  setNumWeights(numWeights: number): void;
  setTrials(trials: number): void;
  setSeed(seed: number): void;
  /** Runs it at the published size. */
  runFull(): void;
}

const FIRST = defaultParams('millionWeights');

const FIRST_TRIALS = 100;

/** A short run starts by itself, a long one waits to be asked for. */
export function useMillion(firstWeights = FIRST.numWeights, firstTrials = FIRST_TRIALS): MillionState {
  const [numWeights, setNumWeights] = useState(firstWeights);
  const [trials, setTrials] = useState(firstTrials);
  const [seed, setSeed] = useState(FIRST.seed);
  const [isAsked, setIsAsked] = useState(false);
  const view = useStudy('millionWeights', { numWeights, trials, seed }, { isAuto: isAsked || isQuick(numWeights, trials) });
  const isFull = numWeights === FIRST.numWeights && trials === FIRST.trials;
  /** Sizes that are slid to wait again. */
  const resize = (set: (size: number) => void) => (size: number) => {
    setIsAsked(false);
    set(size);
  };
  return {
    numWeights,
    trials,
    seed,
    view,
    isFull,
    setNumWeights: resize(setNumWeights),
    setTrials: resize(setTrials),
    setSeed: resize(setSeed),
    runFull: () => {
      setNumWeights(FIRST.numWeights);
      setTrials(FIRST.trials);
      setIsAsked(true);
    },
  };
}
