/** What each member of the family promises, as formulas with the words that are said for them. */
import type { ReactNode } from 'react';
import type { Convention } from '../../../store/labStore';
import { Formula, gap, mfrac, mi, mn, mo, mrow, msub, msubsup, msup, mtext, munder, paren } from '../shell/Formula';
import { dropFactor, dropMath, dropSpoken, keepFactor, keepMath, keepSpoken } from '../shell/keep';

const z = (index: string) => msub(mi('z'), mn(index));

/** Gaussian noise with the moments of inverted dropout. */
export const noiseFormula = (convention: Convention): ReactNode => (
  <Formula isBlock spoken={`m is normal with mean 1 and variance ${dropSpoken(convention)} over ${keepSpoken(convention)}`}>
    {mi('m')}
    {mo('~')}
    {mi('N')}
    {paren('(')}
    {mn('1')}
    {mo(',')}
    {mfrac(dropMath(convention), keepMath(convention))}
    {paren(')')}
  </Formula>
);

/** The covariance of two outputs under inverted unit dropout; DropConnect has none. */
export const covarianceFormula = (convention: Convention): ReactNode => (
  <>
    <Formula
      isBlock
      spoken={`dropout: the covariance of z one and z two is ${dropSpoken(convention)} over ${keepSpoken(convention)}, times the sum over the inputs of w one k, w two k, x k squared`}
    >
      {mi('Cov')}
      {paren('(')}
      {z('1')}
      {mo(',')}
      {z('2')}
      {paren(')')}
      {mo('=')}
      {mfrac(dropMath(convention), keepMath(convention))}
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
export const alphaFormula = (convention: Convention): ReactNode => (
  <>
    <Formula
      isBlock
      spoken={`a is ${keepSpoken(convention)}, times 1 plus ${dropSpoken(convention)} times low squared, to the power of minus one half`}
    >
      {mi('a')}
      {mo('=')}
      {msup(
        mrow(
          paren('('),
          keepFactor(convention),
          paren('('),
          mn('1'),
          mo('+'),
          dropFactor(convention),
          msup(mi('low'), mn('2')),
          paren(')'),
          paren(')'),
        ),
        mrow(mo('−'), mfrac(mn('1'), mn('2'))),
      )}
    </Formula>
    <Formula isBlock spoken={`b is minus a times ${dropSpoken(convention)} times low`}>
      {mi('b')}
      {mo('=')}
      {mo('−')}
      {mi('a')}
      {dropFactor(convention)}
      {mi('low')}
    </Formula>
  </>
);

/** Why the order does not matter for ReLU. */
export const reluFormula = (): ReactNode => (
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
