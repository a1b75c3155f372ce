/**
 * The chapters' figures by name, each loaded on demand, for pages that show one alone. A figure needs a `FigureHost` around it and no
 * props; names are public and stable for ever.
 */
import type { ComponentType } from 'react';

export interface FigureEntry {
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
} as const satisfies Record<string, FigureEntry>;

export type FigureId = keyof typeof FIGURES;
