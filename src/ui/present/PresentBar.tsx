/** The foot of the projector's screen: the controls that were chosen. It is not there when none was. */
import { MODES } from '../../protocol/settings';
import { SelectField } from '../controls/SelectField';
import { useChange, useLabState } from '../hooks/labContext';
import { DropControl, PhaseChoice } from '../lab/ModeBar';
import { TransportBar } from '../lab/TransportBar';
import { MODE_NAMES } from '../words/modes';

const CONTROLS = ['transport', 'mode', 'p', 'phase'] as const;

function nothing(): void {}

export function PresentBar() {
  const hidden = useLabState((state) => state.view.hidden);
  const [hasTransport, hasMode, hasP, hasPhase] = CONTROLS.map((name) => !hidden.includes(name));
  if (!hasTransport && !hasMode && !hasP && !hasPhase) return null;
  return (
    <footer className="present-bar">
      {hasTransport && <TransportBar isSlowMotion={false} onSlowMotion={nothing} hasSlowMotion={false} />}
      {hasMode && <ModeField />}
      {hasP && <DropControl />}
      {hasPhase && <PhaseChoice />}
    </footer>
  );
}

/** One name at a time: eight in a row leave no room for the figures. The keys 1 to 8 choose as well. */
function ModeField() {
  const mode = useLabState((state) => state.settings.mode);
  const change = useChange();
  return (
    <div className="labelled present-mode">
      <span className="small-label">mode</span>
      <SelectField
        label="mode of dropout"
        choices={MODES.map((value) => ({ value, label: MODE_NAMES[value] }))}
        value={mode}
        onChange={(value) => change({ mode: value })}
      />
    </div>
  );
}
