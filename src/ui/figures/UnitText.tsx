/** The focused unit, cell or weight in one line, for the ear: what the grid's current cell says. Loaded once a reader is there. */

import type { Highlight } from '../../viz/view';
import { useLabState, useReadout, useSettings } from '../hooks/labContext';
import { equationOf } from './cellText';

interface UnitTextProps {
  readonly highlight: Highlight;
  readonly row: number;
}

export default function UnitText({ highlight, row }: UnitTextProps) {
  const frame = useReadout();
  const settings = useSettings();
  const convention = useLabState((state) => state.view.convention);
  const found = frame && equationOf(frame, settings, convention, highlight, row);
  return found ? `${found.subject}: ${found.formula}. ${found.note}` : 'Use the arrow keys to walk.';
}
