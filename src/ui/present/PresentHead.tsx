/** The head of the projector's screen: what this is, where the picture stands, and the two words that all screens must share. */
import { type ReactNode, useState } from 'react';
import { StepCounters } from '../figures/StepCounters';
import { useLabState, useNumbers } from '../hooks/labContext';
import { Wordmark } from '../lab/Wordmark';
import { grouped } from '../words/format';
import type { ClassState } from './classroom';
import { useClassroom } from './useClassroom';
import { useWords } from './words/useWords';

interface PresentHeadProps {
  readonly state: ClassState;
  readonly children?: ReactNode;
}

export function PresentHead({ state, children }: PresentHeadProps) {
  const run = useLabState((each) => each.run);
  const numbers = useNumbers();
  const hidden = useLabState((each) => each.view.hidden);
  const step = run.phase === 'running' && numbers ? numbers.header.step : run.step;
  return (
    <header className="present-head">
      {state.title === '' ? <Wordmark /> : <h1 className="present-title">{state.title}</h1>}
      {children}
      <dl className="present-counters">
        {!hidden.includes('words') && <Words step={step} isFrozen={state.isFrozen} />}
        {state.isFrozen ? (
          <div className="present-frozen">
            <dt>frozen at step</dt>
            <dd>{grouped(step)}</dd>
          </div>
        ) : (
          !hidden.includes('counters') && <StepCounters />
        )}
      </dl>
      <p className="visually-hidden" role="status">
        {state.isFrozen && `The picture is frozen at step ${grouped(step)}.`}
      </p>
    </header>
  );
}

interface WordsProps {
  readonly step: number;
  readonly isFrozen: boolean;
}

/** The words belong to the picture: while it stands, those of its step stay. */
function Words({ step, isFrozen }: WordsProps) {
  const { lab } = useClassroom();
  const words = useWords(lab);
  const [kept, setKept] = useState(words);
  if (!isFrozen && kept !== words) setKept(words);
  const shown = isFrozen ? kept : words;
  return (
    <div className="present-words">
      <dt>{shown ? 'all screens share' : 'pause to compare screens'}</dt>
      <dd>{shown && (!isFrozen || shown.step === step) ? shown.words : '\u00a0'}</dd>
    </div>
  );
}
