/** Mode, drop probability and phase over a figure that stands alone: the bar of the lab with its eight modes folded into one field. */
import { DropControl, ModeSelect, PhaseChoice } from '../../ui/parts';

export function CompactModeBar() {
  return (
    <section className="mode-bar" aria-label="Dropout">
      <ModeSelect />
      <PhaseChoice />
      <DropControl />
    </section>
  );
}
