/** Chooses what differs in lab B, and its value there. */
import { useState } from 'react';
import { useStore } from 'zustand';
import type { LabPair } from '../../bridge';
import { SETTINGS, type SettingName, type Settings } from '../../protocol/settings';
import { NumberField } from '../controls/NumberField';
import { SelectField } from '../controls/SelectField';
import { useAsk, useLabState, useSetView } from '../hooks/labContext';
import { COMPARABLE } from '../words/compare';
import { bothWays, fromShown, probabilityLabel, toShown } from '../words/convention';
import { trimmed } from '../words/format';
import { MODE_NAMES } from '../words/modes';
import { ACTIVATION_NAMES, numberRule, OPTIMIZER_NAMES } from '../words/settings';

interface CompareControlProps {
  readonly pair: LabPair;
}

const NAMES: Readonly<Record<string, string>> = { ...MODE_NAMES, ...ACTIVATION_NAMES, ...OPTIMIZER_NAMES };

function isProbability(name: SettingName): name is 'p' | 'inputP' {
  return name === 'p' || name === 'inputP';
}

export function CompareControl({ pair }: CompareControlProps) {
  const ask = useAsk();
  const [name, setName] = useState<SettingName>(() => (Object.keys(pair.difference)[0] as SettingName | undefined) ?? 'mode');
  const value = useStore(pair.b.store, (state) => state.settings[name]);
  const setView = useSetView();
  const differ = (difference: Partial<Settings>) => ask(() => pair.setDifference(difference).then(() => setView({ compare: difference })));
  return (
    <span className="compare-control">
      <SelectField
        label="what differs in B"
        choices={COMPARABLE.map((each) => ({ value: each, label: SETTINGS[each].label }))}
        value={name}
        onChange={(next) => {
          setName(next);
          differ({ [next]: pair.b.store.getState().settings[next] });
        }}
      />
      <DifferenceValue name={name} value={value} onChange={(next) => differ({ [name]: next })} />
    </span>
  );
}

interface DifferenceValueProps {
  readonly name: SettingName;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function DifferenceValue({ name, value, onChange }: DifferenceValueProps) {
  const convention = useLabState((state) => state.view.convention);
  const field = SETTINGS[name];
  if (field.kind === 'choice') {
    return (
      <SelectField
        label={`${field.label} in B`}
        choices={field.choices.map((choice) => ({ value: choice, label: NAMES[choice] ?? choice }))}
        value={String(value)}
        onChange={onChange}
      />
    );
  }
  if (field.kind !== 'number' || typeof value !== 'number') return null;
  if (!isProbability(name)) {
    return (
      <NumberField label={`${field.label} in B`} value={value} step={field.integer ? 1 : 0.01} {...numberRule(name)} onCommit={onChange} />
    );
  }
  return (
    <>
      <NumberField
        label={`${probabilityLabel(convention, name === 'p' ? '' : 'input')} in B`}
        value={toShown(convention, value)}
        min={0}
        max={1}
        step={0.05}
        format={(shown) => trimmed(shown)}
        onCommit={(shown) => onChange(fromShown(convention, shown))}
      />
      <span className="both-ways">{bothWays(convention, value)}</span>
    </>
  );
}
