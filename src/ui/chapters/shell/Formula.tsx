/**
 * Formulas as MathML, built from a few functions: no library at run time, no markup in strings. Each formula carries the words that a
 * screen reader says.
 */
import { createElement, type ReactNode } from 'react';

type Children = readonly ReactNode[];

const element =
  (name: string) =>
  (...children: Children): ReactNode =>
    createElement(name, null, ...children);

/** An identifier: `mi('p')`. */
export const mi = element('mi');
/** A number. */
export const mn = element('mn');
/** An operator or fence: `mo('=')`. */
export const mo = element('mo');
/** A fence that stays as low as what it holds. */
export const paren = (text: '(' | ')' | '[' | ']'): ReactNode => createElement('mo', { stretchy: 'false' }, text);
/** Room between two formulas on one line. */
export const gap = createElement('mspace', { width: '1em' });
/** Words within a formula. */
export const mtext = element('mtext');
/** Several things as one: the part of a fraction, say. */
export const mrow = element('mrow');
/** A fraction of two. */
export const mfrac = element('mfrac');
/** A base and its index. */
export const msub = element('msub');
/** A base and its power. */
export const msup = element('msup');
/** A base, its index and its power. */
export const msubsup = element('msubsup');
/** A root. */
export const msqrt = element('msqrt');
/** A sum with its lower bound below it. */
export const munder = element('munder');

/** A formula that takes several lines: each row is one. */
export const lines = (...rows: Children): ReactNode =>
  createElement('mtable', { columnalign: 'left' }, ...rows.map((row) => createElement('mtr', null, createElement('mtd', null, row))));

interface FormulaProps {
  /** The formula in words: "z is w one x plus w two y". */
  readonly spoken: string;
  readonly children: ReactNode;
  /** Stands in a line of its own. */
  readonly isBlock?: boolean;
}

export function Formula({ spoken, children, isBlock = false }: FormulaProps) {
  return createElement(
    'math',
    {
      xmlns: 'http://www.w3.org/1998/Math/MathML',
      display: isBlock ? 'block' : 'inline',
      alttext: spoken,
      'aria-label': spoken,
      role: 'math',
    },
    mrow(children),
  );
}
