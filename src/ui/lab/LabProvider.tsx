/** Puts one lab in reach of the components below: its context, its pointing, its notices. */
import { type ReactNode, useEffect, useMemo } from 'react';
import type { Lab } from '../../bridge';
import { LabContext } from '../hooks/labContext';
import { createPointing } from '../hooks/pointing';

interface LabProviderProps {
  readonly lab: Lab;
  readonly notify: (message: string | null) => void;
  readonly children: ReactNode;
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
  // What the keyboard is on belongs to the view, and so to the address.
  useEffect(() => {
    const { pointing } = value;
    return pointing.subscribe(() => {
      const { layer = null, unit = null } = pointing.get().focus ?? {};
      const focused = layer === null || unit === null ? null : { layer, unit };
      const before = lab.store.getState().view.focused;
      if (focused?.layer !== before?.layer || focused?.unit !== before?.unit) lab.store.getState().setView({ focused });
    });
  }, [lab, value]);
  // A canvas does not follow when a font arrives: labels painted before it would keep their stand-in until the next frame.
  useEffect(() => {
    const repaint = () => lab.frames.invalidate();
    document.fonts.addEventListener('loadingdone', repaint);
    return () => document.fonts.removeEventListener('loadingdone', repaint);
  }, [lab]);
  return <LabContext value={value}>{children}</LabContext>;
}
