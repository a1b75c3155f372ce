/**
 * A number that is typed: taken on Enter or when the field is left, refused with the allowed range in words. Arrow keys step it at once.
 * While it is typed the draft is the field's own, so that "0." on the way to "0.25" changes nothing.
 */
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { refusal } from '../words/settings';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onCommit: (value: number) => void;
  readonly min: number;
  readonly max: number;
  /** What an arrow key adds. */
  readonly step: number;
  readonly integer?: boolean;
  /** The upper end is excluded. */
  readonly openMax?: boolean;
  readonly format?: (value: number) => string;
  /** Text for an empty field, which then means `onClear`. */
  readonly placeholder?: string;
  readonly isEmpty?: boolean;
  readonly onClear?: () => void;
  readonly title?: string;
  readonly disabled?: boolean;
  readonly className?: string;
}

interface Draft {
  /** What is being typed; null while nothing is. */
  readonly text: string | null;
  /** Why what was typed is refused, in words. */
  readonly problem: string | null;
  readonly type: (text: string) => void;
  readonly commit: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

function useDraft(props: NumberFieldProps): Draft {
  const { label, value, onCommit, min, max, step, integer = false, openMax = false, isEmpty = false, onClear } = props;
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // What was typed or refused belongs to the value, name and range it was typed for; they may change by another route.
  const field = [label, value, isEmpty, min, max, openMax].join();
  const [draftedFor, setDraftedFor] = useState(field);
  const forget = () => {
    setText(null);
    setProblem(null);
  };
  if (draftedFor !== field) {
    setDraftedFor(field);
    forget();
  }
  const isCancelled = useRef(false);

  const take = (next: number) => {
    const why = refusal(label, next, min, max, integer, openMax);
    setProblem(why);
    if (why !== null) return;
    setText(null);
    if (next !== value || isEmpty) onCommit(next);
  };
  const commit = () => {
    if (isCancelled.current || text === null) {
      isCancelled.current = false;
      return;
    }
    const typed = text.trim().replace(',', '.').replace('−', '-');
    if (typed === '' && onClear) {
      forget();
      onClear();
    } else take(typed === '' ? Number.NaN : Number(typed));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') {
      isCancelled.current = true;
      forget();
      event.currentTarget.blur();
      isCancelled.current = false;
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const size = (event.shiftKey ? 10 : 1) * step * (event.key === 'ArrowUp' ? 1 : -1);
      const next = Math.round((value + size) * 1e6) / 1e6;
      const top = openMax ? max - step : max;
      take(Math.min(Math.max(next, min), top));
    }
  };
  return { text, problem, type: setText, commit, onKeyDown };
}

export function NumberField(props: NumberFieldProps) {
  const { label, value, integer = false, format = String, isEmpty = false } = props;
  const draft = useDraft(props);
  const problemId = useId();
  return (
    <span className={`number-field ${props.className ?? ''}`}>
      <input
        type="text"
        inputMode={integer ? 'numeric' : 'decimal'}
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-invalid={draft.problem !== null}
        aria-describedby={draft.problem === null ? undefined : problemId}
        title={props.title}
        placeholder={props.placeholder}
        disabled={props.disabled}
        value={draft.text ?? (isEmpty ? '' : format(value))}
        size={Math.max(4, (draft.text ?? format(value)).length)}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={draft.commit}
        onKeyDown={draft.onKeyDown}
      />
      {draft.problem !== null && (
        <span className="field-problem" id={problemId} role="alert">
          {draft.problem}
        </span>
      )}
    </span>
  );
}
