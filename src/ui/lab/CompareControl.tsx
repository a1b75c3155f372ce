/** Chooses what differs in lab B, and its value there. */
import { useState } from 'react';
import { useStore } from 'zustand';
import type { LabPair } from '../../bridge';
import { SETTINGS, type SettingName, type Settings } from '../../protocol/settings';
import { NumberField } from '../controls/NumberField';
import { SelectField } from '../controls/SelectField';
import { useAsk, useLabState, useSetView } from '../hooks/labContext';
import { COMPARABLE, sideWords } from '../words/compare';
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

/** What differs by more than one of the settings that can be chosen: a lesson or an address may ask for that. */
const SEVERAL = 'several';

export function CompareControl({ pair }: CompareControlProps) {
  const ask = useAsk();
  const difference = useLabState((state) => state.view.compare) ?? pair.difference;
  // What was chosen a moment ago holds until lab B has it. What a scene or the address asks for afterwards counts again.
  const [chosen, setChosen] = useState<{ readonly name: SettingName; readonly instead: Partial<Settings> } | null>(null);
  const names = Object.keys(difference) as SettingName[];
  const [first = 'mode'] = chosen?.instead === difference ? [chosen.name] : names;
  const isSeveral = first !== chosen?.name && (names.length > 1 || !COMPARABLE.some((each) => each === first));
  const value = useStore(pair.b.store, (state) => state.settings[first]);
  const setView = useSetView();
  const differ = (next: Partial<Settings>) => ask(() => pair.setDifference(next).then(() => setView({ compare: next })));
  const choices = COMPARABLE.map((each) => ({ value: each, label: SETTINGS[each].label }));
  return (
    <span className="compare-control">
      <SelectField
        label="what differs in B"
        choices={isSeveral ? [{ value: SEVERAL, label: names.map((each) => SETTINGS[each].label).join(', ') }, ...choices] : choices}
        value={isSeveral ? SEVERAL : first}
        onChange={(next) => {
          if (next === SEVERAL) return;
          setChosen({ name: next, instead: difference });
          differ({ [next]: pair.b.store.getState().settings[next] });
        }}
      />
      {isSeveral ? <Several pair={pair} /> : <DifferenceValue name={first} value={value} onChange={(next) => differ({ [first]: next })} />}
    </span>
  );
}

/** Says what differs where no one control could. */
function Several({ pair }: CompareControlProps) {
  const convention = useLabState((state) => state.view.convention);
  const a = useLabState((state) => state.settings);
  const b = useStore(pair.b.store, (state) => state.settings);
  return <span>{sideWords(convention, b, a)}</span>;
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
