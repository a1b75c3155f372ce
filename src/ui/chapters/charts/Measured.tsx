/** Gives a picture the width it has, so that its letters keep their size on every screen. */
import type { ReactNode } from 'react';
import { useWidth } from '../../hooks/useWidth';

interface MeasuredProps {
  readonly children: (width: number) => ReactNode;
  /** Widest it gets, in CSS pixels. */
  readonly maxWidth?: number;
}

export function Measured({ children, maxWidth = 1100 }: MeasuredProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={box} className="measured" style={{ maxWidth }}>
      {width > 0 && children(width)}
    </div>
  );
}
