/** Puts what is inside behind the gate that freezes the picture, and gives it larger labels. Controls stand outside of it. */
import { type ReactNode, useEffect, useMemo } from 'react';
import { useLabState, useNotify } from '../hooks/labContext';
import { PaletteContext, usePalette } from '../hooks/usePalette';
import { LabProvider } from '../lab/LabProvider';
import { ProblemPanel } from '../lab/ProblemPanel';
import type { ClassState } from './classroom';
import { createGate } from './gate';
import { ClassroomContext, useClassroom } from './useClassroom';

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
  const gate = useMemo(() => createGate(lab), [lab]);
  const { isFrozen } = state;
  useEffect(() => {
    gate.setFrozen(isFrozen);
    return () => gate.setFrozen(false);
  }, [gate, isFrozen]);
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
      <LabProvider lab={gate.lab} notify={notify}>
        <PaletteContext value={large}>{children}</PaletteContext>
      </LabProvider>
    </ClassroomContext>
  );
}
