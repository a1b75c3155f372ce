/** A slider of a figure with its label and its value in sight; and the one for a probability, which shows both conventions. */
import { Slider } from '../../controls/Slider';
import { counterpart, fromShown, probabilityLabel, toShown, writesKeep } from '../../words/convention';
import { trimmed } from '../../words/format';
import { useHost } from './host';

interface KnobProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  readonly format?: (value: number) => string;
  /** A second, smaller text after the value. */
  readonly detail?: string;
}

export function Knob({ label, value, min, max, step, onChange, format = (shown) => trimmed(shown), detail = '' }: KnobProps) {
  const text = format(value);
  return (
    <div className="knob">
      <span className="knob-label" aria-hidden="true">
        {label}
      </span>
      <Slider
        label={label}
        value={value}
        min={min}
        max={max}
        step={step}
        onChange={onChange}
        valueText={detail === '' ? text : `${text}, ${detail}`}
      />
      <span className="knob-value" aria-hidden="true">
        {text}
        {detail !== '' && <span className="knob-detail"> {detail}</span>}
      </span>
    </div>
  );
}

interface ProbabilityKnobProps {
  /** Drop probability. */
  readonly p: number;
  readonly onChange: (p: number) => void;
  /** Greatest drop probability; default 1. */
  readonly max?: number;
  readonly min?: number;
  readonly step?: number;
  /** Which probability, where a figure has several: "input". */
  readonly where?: string;
}

/** Asks for a drop probability in the letters of the page's convention. */
export function ProbabilityKnob({ p, onChange, min = 0, max = 1, step = 0.05, where = '' }: ProbabilityKnobProps) {
  const { convention } = useHost();
  const [low, high] = writesKeep(convention) ? [toShown(convention, max), toShown(convention, min)] : [min, max];
  const other = counterpart(convention, p);
  return (
    <Knob
      label={probabilityLabel(convention, where)}
      value={toShown(convention, p)}
      min={low}
      max={high}
      step={step}
      onChange={(shown) => onChange(fromShown(convention, shown))}
      detail={`${other.label} = ${other.value}`}
    />
  );
}
