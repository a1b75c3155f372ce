/**
 * The probability of keeping and of dropping, in the letters of the page's convention: in code, in formulas and in words. Nothing else in
 * the chapters writes `1 - p`.
 */
import type { ReactNode } from 'react';
import type { Convention } from '../../../store/labStore';
import { symbol, writesKeep } from '../../words/convention';
import { mi, mn, mo, mrow, paren } from './Formula';

/** Writes the probability of keeping as code: "1 - p", "keep_prob". */
export function keepCode(convention: Convention): string {
  return writesKeep(convention) ? symbol(convention) : `1 - ${symbol(convention)}`;
}

/** Writes a division by it: "/ (1 - p)", "/ keep_prob". */
export function perKeepCode(convention: Convention): string {
  return `/ ${keepFactorCode(convention)}`;
}

/** Writes the probability of dropping as code: "p", "1 - keep_prob"; as a factor or divisor in parentheses where it is a difference. */
export function dropCode(convention: Convention): string {
  return writesKeep(convention) ? `(1 - ${symbol(convention)})` : symbol(convention);
}

/** Writes the probability of keeping as a factor or divisor in code: "(1 - p)", "keep_prob". */
export function keepFactorCode(convention: Convention): string {
  return writesKeep(convention) ? symbol(convention) : `(${keepCode(convention)})`;
}

const bare = (convention: Convention) => mi(symbol(convention));
const complement = (convention: Convention) => mrow(mn('1'), mo('−'), mi(symbol(convention)));

/** The probability of keeping in a formula, without parentheses: for a fraction, or alone. */
export function keepMath(convention: Convention): ReactNode {
  return writesKeep(convention) ? bare(convention) : complement(convention);
}

/** The probability of dropping in a formula, without parentheses. */
export function dropMath(convention: Convention): ReactNode {
  return writesKeep(convention) ? complement(convention) : bare(convention);
}

/** Both as factors of a product: in parentheses where they are differences. */
export function keepFactor(convention: Convention): ReactNode {
  return writesKeep(convention) ? bare(convention) : mrow(paren('('), complement(convention), paren(')'));
}
export function dropFactor(convention: Convention): ReactNode {
  return writesKeep(convention) ? mrow(paren('('), complement(convention), paren(')')) : bare(convention);
}

/** Says them: "1 minus p", "keep prob". */
export function keepSpoken(convention: Convention): string {
  const name = symbol(convention).replace('_', ' ');
  return writesKeep(convention) ? name : `1 minus ${name}`;
}
export function dropSpoken(convention: Convention): string {
  const name = symbol(convention).replace('_', ' ');
  return writesKeep(convention) ? `1 minus ${name}` : name;
}
