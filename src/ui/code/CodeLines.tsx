/** Lines of Python: words of the language, strings and comments told apart by weight and tone, the lines of the last change marked. */
import { useEffect, useMemo, useRef } from 'react';
import { parse } from 'sugar-high/core';
import { keywords, onCommentEnd, onCommentStart } from 'sugar-high/lang/python';

interface CodeLinesProps {
  readonly label: string;
  readonly text: string;
  /** 0-based. */
  readonly marked: readonly number[];
}

const PYTHON = { keywords, onCommentStart, onCommentEnd };
/** Hues mean something else in this house: code is set in ink alone. */
const LOUD = new Set(['keyword', 'string', 'comment']);

export function CodeLines({ label, text, marked }: CodeLinesProps) {
  const box = useRef<HTMLElement>(null);
  const lines = useMemo(() => parse(text.replace(/\n$/, ''), PYTHON).lines, [text]);
  const firstMarked = marked[0];
  useEffect(() => {
    const line = firstMarked === undefined ? null : box.current?.querySelectorAll<HTMLElement>('.code-dialog-line')[firstMarked];
    if (!line || !box.current) return;
    const { scrollTop, clientHeight } = box.current;
    const isVisible = line.offsetTop >= scrollTop && line.offsetTop + line.offsetHeight <= scrollTop + clientHeight;
    if (!isVisible) box.current.scrollTop = Math.max(0, line.offsetTop - clientHeight / 3);
  }, [firstMarked]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={box} className="code-dialog-lines" tabIndex={0} aria-label={label}>
      <pre>
        <code>
          {lines.map(({ tokens }, index) => {
            const isMarked = marked.includes(index);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              <span key={index} className={`code-dialog-line ${isMarked ? 'is-marked' : ''}`}>
                {isMarked && <span className="visually-hidden">changed: </span>}
                {tokens.map(({ type, value }, place) =>
                  LOUD.has(type) ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <span key={place} className={`code-${type}`}>
                      {value}
                    </span>
                  ) : (
                    value
                  ),
                )}
                {'\n'}
              </span>
            );
          })}
        </code>
      </pre>
    </section>
  );
}
