/** The members of the family as tabs: arrow keys walk them, Home and End go to the ends, and only the chosen one computes. */
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';

interface TabEntry<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly entries: readonly TabEntry<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  /** The panel of the chosen tab. */
  readonly children: ReactNode;
}

/** Returns the place that a key leads to; null when the key is none of the tabs'. */
export function tabAfter(key: string, place: number, count: number): number | null {
  if (key === 'ArrowRight') return (place + 1) % count;
  if (key === 'ArrowLeft') return (place + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

export function Tabs<Id extends string>({ label, entries, chosen, onChoose, children }: TabsProps<Id>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const place = entries.findIndex((entry) => entry.id === chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = tabAfter(event.key, place, entries.length);
    const entry = next === null ? undefined : entries[next];
    if (next === null || !entry) return;
    event.preventDefault();
    onChoose(entry.id);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div>
      <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {entries.map((entry) => (
          <button
            key={entry.id}
            type="button"
            role="tab"
            className="tab"
            id={`${id}-${entry.id}`}
            aria-selected={entry.id === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={entry.id === chosen ? 0 : -1}
            onClick={() => onChoose(entry.id)}
          >
            {entry.label}
          </button>
        ))}
      </div>
      <div className="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </div>
  );
}
