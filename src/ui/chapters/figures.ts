/**
 * The chapters' figures by name, each loaded on demand, for pages that show one alone. A figure needs a `FigureHost` around it and no
 * props; names are public and stable for ever.
 */
import type { ComponentType } from 'react';

interface FigureEntry {
  readonly title: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

export const FIGURES = {
  'one-tensor': { title: 'One tensor through dropout', load: () => import('./tensor/TensorFigure') },
  'four-worlds': { title: 'Four masks and their mean', load: () => import('./worlds/WorldsFigure') },
  'many-worlds': { title: 'All masks of n units', load: () => import('./worlds/CrowdOfMasks') },
  'four-schemes': { title: 'Four ways to scale', load: () => import('./scaling/SchemesFigure') },
  equivalence: { title: 'Standard and inverted as twins', load: () => import('./scaling/EquivalenceFigure') },
  'train-eval': { title: 'Three loss curves', load: () => import('./trainEval/TrainEvalFigure') },
  framework: { title: 'The lab as code', load: () => import('./framework/FrameworkFigure') },
  'million-weights': { title: 'A million weights', load: () => import('./million/MillionFigure') },
  'sub-networks': { title: 'Every sub-network judges one place', load: () => import('./crowd/CrowdFigure') },
  'wall-of-sub-networks': { title: 'A wall of sub-networks', load: () => import('./crowd/WallFigure') },
  'equal-moments': { title: 'Bernoulli and Gaussian multipliers', load: () => import('./family/NoiseFigure') },
  dropconnect: { title: 'Units out, or weights out', load: () => import('./family/DropConnectFigure') },
  'keep-prob-trick': { title: 'DropConnect in one line', load: () => import('./family/TrickFigure') },
  'alpha-dropout': { title: 'Layer after layer of SELU', load: () => import('./family/SeluFigure') },
  stripes: { title: 'What shares a draw becomes a stripe', load: () => import('./family/ShapesFigure') },
  'before-or-after': { title: 'Before the activation, or after it', load: () => import('./family/PlacementFigure') },
  recurrent: { title: 'A recurrence, unrolled in time', load: () => import('./family/RecurrentFigure') },
  'bug-museum': { title: 'The bug museum', load: () => import('./museum/MuseumFigure') },
  'bug-quiz': { title: 'Which bug is it?', load: () => import('./museum/QuizFigure') },
} as const satisfies Record<string, FigureEntry>;

export type FigureId = keyof typeof FIGURES;
