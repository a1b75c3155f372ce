/** A drop probability in a panel, written in the chosen convention. Empty means "as p", where that is allowed. */
import { OPEN_MODES } from '../../protocol/settings';
import { NumberField } from '../controls/NumberField';
import { Row } from '../controls/Row';
import { useLabState } from '../hooks/labContext';
import { bothWays, fromShown, probabilityLabel, toShown, writesKeep } from '../words/convention';
import { trimmed } from '../words/format';

interface ProbabilityFieldProps {
  readonly where: string;
  /** Drop probability; null follows `fallback`. */
  readonly value: number | null;
  readonly fallback: number;
  readonly help: string | undefined;
  readonly onChange: (value: number | null) => void;
  readonly canFollow: boolean;
}

export function ProbabilityField({ where, value, fallback, help, onChange, canFollow }: ProbabilityFieldProps) {
  const convention = useLabState((state) => state.view.convention);
  const isOpen = useLabState((state) => OPEN_MODES.includes(state.settings.mode));
  const inForce = value ?? fallback;
  const label = probabilityLabel(convention, where);
  return (
    <Row label={value === null ? `${where}, as p` : label} detail={bothWays(convention, inForce)} title={help}>
      <NumberField
        label={label}
        value={toShown(convention, inForce)}
        isEmpty={value === null}
        placeholder={trimmed(toShown(convention, fallback))}
        min={0}
        max={1}
        openMax={isOpen && !writesKeep(convention)}
        step={0.05}
        format={(shown) => trimmed(shown)}
        onCommit={(shown) => onChange(fromShown(convention, shown))}
        {...(canFollow ? { onClear: () => onChange(null) } : {})}
      />
    </Row>
  );
}
