/** A native range with a filled track. The value is the caller's; nothing is rounded here. */
import type { CSSProperties } from 'react';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** What assistive technology says instead of the bare number. */
  readonly valueText?: string;
  readonly disabled?: boolean;
  readonly id?: string;
  /** Fires once the value is let go of: pointer up, or key up. */
  readonly onCommit?: () => void;
}

export function Slider({ label, value, min, max, step, onChange, valueText, disabled = false, id, onCommit }: SliderProps) {
  const share = max > min ? Math.min(Math.max((value - min) / (max - min), 0), 1) : 0;
  return (
    <input
      type="range"
      className="slider"
      id={id}
      aria-label={label}
      aria-valuetext={valueText}
      min={min}
      max={max}
      step={step}
      value={value}
      disabled={disabled}
      style={{ '--share': `${share * 100}%` } as CSSProperties}
      onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      onPointerUp={onCommit}
      onKeyUp={onCommit}
    />
  );
}
