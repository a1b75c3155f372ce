/** Puts one lab in reach of the components below: its context, its pointing, its notices. */
import { type ReactNode, useEffect, useMemo } from 'react';
import type { Lab } from '../../bridge';
import type { UnitRef } from '../../store/labStore';
import { LabContext } from '../hooks/labContext';
import { createPointing, type Pointing } from '../hooks/pointing';

interface LabProviderProps {
  readonly lab: Lab;
  readonly notify: (message: string | null) => void;
  readonly children: ReactNode;
}

/** Returns the unit that the keyboard is on; null where it is on none, or on something else. */
function unitOf(pointing: Pointing): UnitRef | null {
  const { layer = null, unit = null } = pointing.get().focus ?? {};
  return layer === null || unit === null ? null : { layer, unit };
}

export function LabProvider({ lab, notify, children }: LabProviderProps) {
  const value = useMemo(
    () => ({
      lab,
      notify,
      pointing: createPointing(
        () => lab.frames.invalidate('network', 'mask', 'gradient', 'histogram', 'surface'),
        lab.store.getState().view.focused,
      ),
    }),
    [lab, notify],
  );
  // What the keyboard is on belongs to the view, and so to the address; what an attribute says of it is pointed at.
  useEffect(() => {
    const { pointing } = value;
    const differs = () => {
      const { layer, unit } = unitOf(pointing) ?? {};
      const { focused } = lab.store.getState().view;
      return focused?.layer !== layer || focused?.unit !== unit;
    };
    const cleanups = [
      pointing.subscribe(() => {
        if (differs()) lab.store.getState().setView({ focused: unitOf(pointing) });
      }),
      lab.store.subscribe(({ view: { focused } }, before) => {
        if (focused !== before.view.focused && differs()) pointing.focus(focused && { ...focused, row: null, bin: null });
      }),
    ];
    return () => {
      for (const cleanup of cleanups) cleanup();
    };
  }, [lab, value]);
  // A canvas does not follow when a font arrives: labels painted before it would keep their stand-in until the next frame.
  useEffect(() => {
    const repaint = () => lab.frames.invalidate();
    document.fonts.addEventListener('loadingdone', repaint);
    return () => document.fonts.removeEventListener('loadingdone', repaint);
  }, [lab]);
  return <LabContext value={value}>{children}</LabContext>;
}
