/** Rows of the panels, bound to a setting by name: label, help, range and effect all come from the table of settings. */
import { SETTINGS, type SettingName, type Settings } from '../../protocol/settings';
import { NumberField } from '../controls/NumberField';
import { Row } from '../controls/Row';
import type { Choice } from '../controls/SegmentedRadio';
import { SelectField } from '../controls/SelectField';
import { useChange, useLabState } from '../hooks/labContext';
import { useHelp } from '../hooks/useHelp';
import { numberRule } from '../words/settings';

type NumberName = { [Name in SettingName]: Settings[Name] extends number ? Name : never }[SettingName];
type TextName = { [Name in SettingName]: Settings[Name] extends string ? Name : never }[SettingName];

interface NumberSettingProps {
  readonly name: NumberName;
  readonly step: number;
  readonly format?: (value: number) => string;
  readonly label?: string;
}

export function NumberSetting(props: NumberSettingProps) {
  const { name, label } = props;
  const help = useHelp(({ helpText }) => helpText(name));
  return (
    <Row label={label ?? SETTINGS[name].label} title={help}>
      <NumberOf {...props} />
    </Row>
  );
}

/** The field of a setting, without a row of its own. */
export function NumberOf({ name, step, format, label }: NumberSettingProps) {
  const value = useLabState((state) => state.settings[name]);
  const change = useChange();
  return (
    <NumberField
      label={label ?? SETTINGS[name].label}
      value={value}
      step={step}
      onCommit={(next) => change({ [name]: next })}
      {...numberRule(name)}
      {...(format ? { format } : {})}
    />
  );
}

interface ChoiceSettingProps<Name extends TextName> {
  readonly name: Name;
  readonly names: Readonly<Record<Settings[Name], string>>;
  /** Takes the choice instead of a plain change of the setting. */
  readonly onChoose?: (value: Settings[Name]) => void;
}

export function ChoiceSetting<Name extends TextName>({ name, names, onChoose }: ChoiceSettingProps<Name>) {
  const value = useLabState((state) => state.settings[name]);
  const change = useChange();
  const field = SETTINGS[name];
  const help = useHelp(({ helpText }) => helpText(name));
  const choices = Object.entries<string>(names).map(([key, label]): Choice<string> => ({ value: key, label }));
  return (
    <Row label={field.label} title={help}>
      <SelectField
        label={field.label}
        choices={choices}
        value={value}
        onChange={(next) => (onChoose ? onChoose(next as Settings[Name]) : change({ [name]: next }))}
      />
    </Row>
  );
}
