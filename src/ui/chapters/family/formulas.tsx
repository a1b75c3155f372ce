/** What each member of the family promises, as formulas with the words that are said for them. */
import type { ReactNode } from 'react';
import { Formula, gap, mfrac, mi, mn, mo, mrow, msub, msubsup, msup, mtext, munder, paren } from '../shell/Formula';

const keep = mrow(paren('('), mn('1'), mo('−'), mi('p'), paren(')'));
const z = (index: string) => msub(mi('z'), mn(index));

/** Gaussian noise with the moments of inverted dropout. */
export const noiseFormula: ReactNode = (
  <Formula isBlock spoken="m is normal with mean 1 and variance p over 1 minus p">
    {mi('m')}
    {mo('~')}
    {mi('N')}
    {paren('(')}
    {mn('1')}
    {mo(',')}
    {mfrac(mi('p'), mrow(mn('1'), mo('−'), mi('p')))}
    {paren(')')}
  </Formula>
);

/** The covariance of two outputs under inverted unit dropout; DropConnect has none. */
export const covarianceFormula: ReactNode = (
  <>
    <Formula
      isBlock
      spoken="dropout: the covariance of z one and z two is p over 1 minus p, times the sum over the inputs of w one k, w two k, x k squared"
    >
      {mi('Cov')}
      {paren('(')}
      {z('1')}
      {mo(',')}
      {z('2')}
      {paren(')')}
      {mo('=')}
      {mfrac(mi('p'), mrow(mn('1'), mo('−'), mi('p')))}
      {munder(mo('∑'), mi('k'))}
      {msub(mi('w'), mrow(mn('1'), mi('k')))}
      {msub(mi('w'), mrow(mn('2'), mi('k')))}
      {msubsup(mi('x'), mi('k'), mn('2'))}
    </Formula>
    <Formula isBlock spoken="DropConnect: the covariance of z one and z two is 0">
      {mi('Cov')}
      {paren('(')}
      {z('1')}
      {mo(',')}
      {z('2')}
      {paren(')')}
      {mo('=')}
      {mn('0')}
      {gap}
      {mtext('with DropConnect')}
    </Formula>
  </>
);

/** The affine correction of alpha dropout. */
export const alphaFormula: ReactNode = (
  <>
    <Formula isBlock spoken="a is 1 minus p, times 1 plus p times low squared, to the power of minus one half">
      {mi('a')}
      {mo('=')}
      {msup(
        mrow(paren('('), keep, paren('('), mn('1'), mo('+'), mi('p'), msup(mi('low'), mn('2')), paren(')'), paren(')')),
        mrow(mo('−'), mfrac(mn('1'), mn('2'))),
      )}
    </Formula>
    <Formula isBlock spoken="b is minus a times p times low">
      {mi('b')}
      {mo('=')}
      {mo('−')}
      {mi('a')}
      {mi('p')}
      {mi('low')}
    </Formula>
  </>
);

/** Why the order does not matter for ReLU. */
export const reluFormula: ReactNode = (
  <Formula isBlock spoken="ReLU of c m z is c m ReLU of z, for c above 0 and m 0 or 1">
    {mi('ReLU')}
    {paren('(')}
    {mi('c')}
    {mi('m')}
    {mi('z')}
    {paren(')')}
    {mo('=')}
    {mi('c')}
    {mi('m')}
    {mi('ReLU')}
    {paren('(')}
    {mi('z')}
    {paren(')')}
  </Formula>
);
