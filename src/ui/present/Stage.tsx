/** Puts what is inside behind the gate that freezes the picture, and gives it larger labels. Controls stand outside of it. */
import { type ReactNode, useMemo } from 'react';
import { useLabState, useNotify } from '../hooks/labContext';
import { PaletteContext, usePalette } from '../hooks/usePalette';
import { LabProvider } from '../lab/LabProvider';
import { ProblemPanel } from '../lab/ProblemPanel';
import type { ClassState } from './classroom';
import { ClassroomContext, useClassroom } from './useClassroom';
import { useGate } from './useGate';

interface StageProps {
  readonly state: ClassState;
  readonly children: ReactNode;
}

/** How much larger the labels within the pictures are, against the page's. */
const LABEL_SCALE = 1.1;

export function Stage({ state, children }: StageProps) {
  const classroom = useClassroom();
  const { lab } = classroom;
  const notify = useNotify();
  const palette = usePalette();
  const error = useLabState(({ run }) => run.error);
  const gated = useGate(lab, state.isFrozen);
  const large = useMemo(() => ({ ...palette, labelSize: palette.labelSize * LABEL_SCALE }), [palette]);
  if (error?.fatal) {
    return (
      <main className="present-problem">
        <ProblemPanel failure={error} />
      </main>
    );
  }
  return (
    <ClassroomContext value={classroom}>
      <LabProvider lab={gated} notify={notify}>
        <PaletteContext value={large}>{children}</PaletteContext>
      </LabProvider>
    </ClassroomContext>
  );
}
