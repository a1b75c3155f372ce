/** A row of radio buttons that reads as one control. Native radios: arrow keys, one tab stop, and forms come for free. */
import { useId } from 'react';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly title?: string | undefined;
}

interface SegmentedRadioProps<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

export function SegmentedRadio<Value extends string>({ legend, choices, value, onChange, className = '' }: SegmentedRadioProps<Value>) {
  const name = useId();
  return (
    <fieldset className={`segmented ${className}`}>
      <legend className="visually-hidden">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={`segment segment-${choice.value}`} title={choice.title}>
          <input type="radio" name={name} value={choice.value} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
