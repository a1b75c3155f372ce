/** A seed: a whole number to type, and a die that draws another. The die is for people, so the host's randomness is good enough. */
import { MAX_SEED } from '../../protocol/settings';
import { NumberField } from './NumberField';

interface SeedFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly title?: string;
}

/** Seeds that people can say to each other: up to four digits. */
const DRAWN_SEEDS = 10_000;

function drawSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word % DRAWN_SEEDS;
}

export function SeedField({ label, value, onChange, title }: SeedFieldProps) {
  return (
    <span className="seed-field">
      <NumberField
        label={label}
        value={value}
        min={0}
        max={MAX_SEED}
        step={1}
        integer
        onCommit={onChange}
        {...(title === undefined ? {} : { title })}
      />
      <button
        type="button"
        className="die"
        aria-label={`draw another ${label}`}
        title={`Draw another ${label}`}
        onClick={() => onChange(drawSeed())}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="none" stroke="currentColor" strokeWidth="1.3" />
          <circle cx="5" cy="5" r="1.2" fill="currentColor" />
          <circle cx="11" cy="5" r="1.2" fill="currentColor" />
          <circle cx="8" cy="8" r="1.2" fill="currentColor" />
          <circle cx="5" cy="11" r="1.2" fill="currentColor" />
          <circle cx="11" cy="11" r="1.2" fill="currentColor" />
        </svg>
      </button>
    </span>
  );
}
