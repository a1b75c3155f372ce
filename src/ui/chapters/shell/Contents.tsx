/** The table of contents: where the reader is, which questions are answered, and the ways to forget or to print. */
import { useSyncExternalStore } from 'react';
import { Button } from '../../controls/Button';
import type { ChapterEntry } from '../chapterList';
import { useHost } from './host';

interface ContentsProps {
  readonly entries: readonly ChapterEntry[];
  readonly currentId: string | null;
  readonly onPrint: () => void;
}

export function Contents({ entries, currentId, onPrint }: ContentsProps) {
  const { progress } = useHost();
  const { answers, isKept } = useSyncExternalStore(progress.subscribe, progress.get);
  const numAnswered = entries.filter(({ id }) => id in answers).length;
  return (
    <nav className="contents" aria-label="Chapters">
      <ol className="contents-list">
        {entries.map(({ id, title }) => {
          const isCurrent = id === currentId;
          const isAnswered = id in answers;
          return (
            <li key={id}>
              <a href={`#${id}`} aria-current={isCurrent ? 'location' : undefined} data-answered={isAnswered}>
                <span className="contents-mark" aria-hidden="true">
                  {isAnswered ? '✓' : isCurrent ? '●' : '○'}
                </span>
                {title}
                {isAnswered && <span className="visually-hidden">, answered</span>}
              </a>
            </li>
          );
        })}
      </ol>
      <p className="contents-progress">
        {numAnswered} of {entries.length} answered
        {isKept ? '' : '; this browser keeps nothing, so only for this visit'}
      </p>
      <div className="contents-actions">
        <Button kind="quiet" disabled={Object.keys(answers).length === 0} onClick={() => progress.clear()}>
          Forget my answers
        </Button>
        <Button kind="quiet" onClick={onPrint}>
          Print all chapters
        </Button>
      </div>
    </nav>
  );
}
