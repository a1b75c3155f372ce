/** Mode, drop probability and phase over a figure that stands alone: the bar of the lab with its eight modes folded into one field. */
import { MODES } from '../../protocol/settings';
import { DropControl, MODE_NAMES, PhaseChoice, SelectField, useChange, useLabState } from '../../ui/parts';

export function CompactModeBar() {
  const mode = useLabState((state) => state.settings.mode);
  const change = useChange();
  return (
    <section className="mode-bar" aria-label="Dropout">
      <span className="mode-choice">
        <SelectField
          label="Mode of dropout"
          choices={MODES.map((value) => ({ value, label: MODE_NAMES[value] }))}
          value={mode}
          onChange={(value) => change({ mode: value })}
        />
      </span>
      <PhaseChoice />
      <DropControl />
    </section>
  );
}
