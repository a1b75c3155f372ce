/** The arithmetic of the unit that is pointed at, with its live numbers: `a = 2.00 × 1 × relu(0.43) = 0.86`. Loaded once a reader is there. */
import { useLabState, usePointingState, useReadout, useSettings } from '../hooks/labContext';
import { equationOf } from './cellText';

export default function EquationText() {
  const frame = useReadout();
  const settings = useSettings();
  const convention = useLabState((state) => state.view.convention);
  const { hover, focus, row } = usePointingState();
  const target = hover?.unit != null ? hover : focus?.unit != null ? focus : null;
  // Nothing is pointed at: the first hidden unit stands in, so that the line is never empty.
  const highlight = target ?? { layer: Math.min(1, settings.hidden.length), unit: 0, row: null, bin: null };
  const found = frame && equationOf(frame, settings, convention, highlight, row);
  return (
    found && (
      <>
        <span className="equation-subject">{found.subject}</span>
        <span className="equation-formula">{found.formula}</span>
        <span className="equation-note">{target ? found.note : `${found.note}. Point at any unit.`}</span>
      </>
    )
  );
}
