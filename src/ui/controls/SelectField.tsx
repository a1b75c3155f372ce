/** A native select that wears the clothes of the other fields. */
import type { Choice } from './SegmentedRadio';

interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly title?: string | undefined;
}

export function SelectField<Value extends string>({ label, choices, value, onChange, title }: SelectFieldProps<Value>) {
  return (
    <span className="select-wrap">
      <select
        className="select-field"
        aria-label={label}
        title={title}
        value={value}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </span>
  );
}
