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
      pointing: createPointing(() => lab.frames.invalidate('network', 'mask', 'gradient', 'histogram', 'surface')),
    }),
    [lab, notify],
  );
  // A canvas does not follow when a font arrives: labels painted before it would keep their stand-in until the next frame.
  useEffect(() => {
    const repaint = () => lab.frames.invalidate();
    document.fonts.addEventListener('loadingdone', repaint);
    return () => document.fonts.removeEventListener('loadingdone', repaint);
  }, [lab]);
  return <LabContext value={value}>{children}</LabContext>;
}
