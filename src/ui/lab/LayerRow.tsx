/** One layer of the network in one line of its panel: how many units, and with which probability they drop. Empty means "as p". */
import type { ReactNode } from 'react';
import { OPEN_MODES } from '../../protocol/settings';
import { NumberField } from '../controls/NumberField';
import { Row } from '../controls/Row';
import { useLabState } from '../hooks/labContext';
import { bothWays, fromShown, probabilityLabel, toShown, writesKeep } from '../words/convention';
import { trimmed } from '../words/format';

interface LayerRowProps {
  readonly where: string;
  /** What stands for the number of units. */
  readonly units: ReactNode;
  /** Drop probability; null is as p of the whole network. */
  readonly value: number | null;
  readonly help: string | undefined;
  readonly onChange: (value: number | null) => void;
  /** Whether the probability may be left empty. */
  readonly canFollow: boolean;
}

export function LayerRow({ where, units, value, help, onChange, canFollow }: LayerRowProps) {
  const convention = useLabState((state) => state.view.convention);
  const p = useLabState((state) => state.settings.p);
  const isOpen = useLabState((state) => OPEN_MODES.includes(state.settings.mode));
  const inForce = value ?? p;
  return (
    <Row label={where} detail={value === null ? '' : bothWays(convention, inForce)} title={help}>
      {units}
      <NumberField
        label={probabilityLabel(convention, where)}
        value={toShown(convention, inForce)}
        isEmpty={value === null}
        placeholder="as p"
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
