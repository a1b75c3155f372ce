/**
 * What a figure of a chapter needs of the page it stands on: a convention for probabilities, a desk that runs studies, the lab if there is
 * one, and whether it is in view. With `FigureHost` around it a figure stands alone, in an embed or a story.
 */
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Lab } from '../../../bridge';
import type { Convention } from '../../../store/labStore';
import type { ProgressStore } from './progress';
import type { StudyDesk } from './studyDesk';

export interface Host {
  readonly convention: Convention;
  readonly setConvention: (convention: Convention) => void;
  readonly desk: StudyDesk;
  readonly progress: ProgressStore;
  /** The lab above the chapters; null where a figure stands alone. */
  readonly lab: Lab | null;
}

const HostContext = createContext<Host | null>(null);
const ActiveContext = createContext(true);

export const HostProvider = HostContext.Provider;

/** Says whether what is below may compute: true while it is in view. */
export const ActiveProvider = ActiveContext.Provider;

export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('a chapter figure must stand inside a FigureHost');
  return host;
}

/** Tells whether the figure is in view; out of it nothing runs. */
export function useIsActive(): boolean {
  return useContext(ActiveContext);
}

interface FigureHostProps {
  readonly desk: StudyDesk;
  readonly progress: ProgressStore;
  readonly convention?: Convention;
  readonly children: ReactNode;
}

/** Hosts figures that stand alone, without a lab. The convention is theirs to switch. */
export function FigureHost({ desk, progress, convention: first = 'drop', children }: FigureHostProps) {
  const [convention, setConvention] = useState<Convention>(first);
  const host = useMemo(() => ({ desk, progress, convention, setConvention, lab: null }), [desk, progress, convention]);
  return <HostContext value={host}>{children}</HostContext>;
}
