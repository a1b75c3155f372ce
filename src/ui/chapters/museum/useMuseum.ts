/** The state of the museum: which bug is on show, at which p, through which instrument. Shared by the figure and the words around it. */
import { useState } from 'react';
import { type Betrayer, BUG_IDS, BUGS, type BugId } from '../../../protocol/bugs';
import { type StudyView, useStudy } from '../shell/useStudy';

/** 'own': where the bug shows best. 'half': where keep and drop are one number. */
type ShownAt = 'own' | 'half';

export interface MuseumState {
  readonly bug: BugId;
  readonly shownAt: ShownAt;
  readonly p: number;
  readonly instrument: Betrayer;
  readonly view: StudyView<'bug'>;
  /** Whether it is told that one half hides a bug: that answers the chapter's question. */
  readonly isHalfTold: boolean;
  choose(bug: BugId): void;
  setShownAt(shownAt: ShownAt): void;
  setInstrument(instrument: Betrayer): void;
}

const HALF = 0.5;

export function useMuseum(first: BugId = BUG_IDS[0], isHalfTold = true): MuseumState {
  const [bug, setBug] = useState<BugId>(first);
  const [shownAt, setShownAt] = useState<ShownAt>('own');
  const [instrument, setInstrument] = useState<Betrayer>(BUGS[first].betrayedBy);
  const p = shownAt === 'half' ? HALF : BUGS[bug].p;
  const view = useStudy('bug', { bug, p });
  return {
    bug,
    shownAt,
    p,
    instrument,
    view,
    isHalfTold,
    choose: (next) => {
      setBug(next);
      setShownAt('own');
      setInstrument(BUGS[next].betrayedBy);
    },
    setShownAt,
    setInstrument,
  };
}
