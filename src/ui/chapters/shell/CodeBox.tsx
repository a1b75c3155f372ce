/** A few lines of code beside a figure. Lines may be marked (the ones that matter), added or missing; comments stay quiet. */
import './codeBox.css';
import { useId } from 'react';

export interface ShownLine {
  readonly text: string;
  /** 'marked': look here. 'missing': this line ought to be there and is not. */
  readonly kind?: 'marked' | 'missing';
}

interface CodeBoxProps {
  readonly title: string;
  readonly lines: readonly (string | ShownLine)[];
}

/** Splits a line where its comment begins, so that the comment can be set softer. */
function splitComment(text: string): readonly [string, string] {
  const at = text.search(/(?:^|\s)#/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

export function CodeBox({ title, lines }: CodeBoxProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="code-box" aria-labelledby={`${id}-title`} tabIndex={0}>
      <h3 className="code-title" id={`${id}-title`}>
        {title}
      </h3>
      <pre>
        <code>
          {lines.map((line, index) => {
            const { text, kind } = typeof line === 'string' ? { text: line, kind: undefined } : line;
            const [code, comment] = splitComment(text);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              <span key={index} className={`snippet-line ${kind === undefined ? '' : `snippet-${kind}`}`}>
                {kind === 'missing' && <span className="visually-hidden">missing: </span>}
                {code}
                {comment !== '' && <span className="snippet-comment">{comment}</span>}
                {'\n'}
              </span>
            );
          })}
        </code>
      </pre>
    </section>
  );
}
