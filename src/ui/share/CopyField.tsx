/** A text to take along: shown whole, selected by a click, copied by a button that says so. */
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../controls/Button';

interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  readonly lines: number;
}

const SAID_MS = 2500;
type Outcome = 'copied' | 'selected' | null;

export function CopyField({ label, text, lines }: CopyFieldProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [outcome, setOutcome] = useState<Outcome>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // Frames and old browsers may not write to the clipboard; the reader's own copy does.
      field.current?.select();
      setOutcome('selected');
    }
  };
  return (
    <div className="copy-field">
      <div className="copy-head">
        <label htmlFor={id}>{label}</label>
        <span className="copy-said" role="status">
          {outcome === 'copied' && 'copied'}
          {outcome === 'selected' && 'selected: copy it with Ctrl or ⌘ C'}
        </span>
        <Button onClick={() => void copy()} aria-label={`Copy: ${label}`}>
          Copy
        </Button>
      </div>
      <textarea
        id={id}
        ref={field}
        readOnly
        rows={lines}
        spellCheck={false}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
    </div>
  );
}
