/** What the current cell of a walkable figure says: how to walk, or the unit that the keyboard is on. */
import { Suspense } from 'react';
import type { Highlight } from '../../viz/view';
import { lateLazy } from '../hooks/whenReader';

const UnitText = lateLazy(() => import('./UnitText'));
const HOW = 'Use the arrow keys to walk.';

interface FocusTextProps {
  readonly highlight: Highlight | null;
  readonly row: number;
}

export function FocusText({ highlight, row }: FocusTextProps) {
  if (!highlight) return HOW;
  return (
    <Suspense fallback={HOW}>
      <UnitText highlight={highlight} row={row} />
    </Suspense>
  );
}
