/** The chapters in their order: what the table of contents lists, and how each body is loaded, a file of its own each. */
import { type ComponentType, lazy } from 'react';

export interface ChapterEntry {
  /** Name in the address, after '#'; stable for ever. */
  readonly id: string;
  readonly title: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** What `load` brings, for a Suspense to wait for. */
  readonly Body: ComponentType;
}

const BODIES: readonly Omit<ChapterEntry, 'Body'>[] = [
  { id: 'one-tensor', title: 'One tensor', load: () => import('./tensor/Chapter') },
  { id: 'four-worlds', title: 'Two units, four worlds', load: () => import('./worlds/Chapter') },
  { id: 'divide-by-keep', title: 'Why divide by keep?', load: () => import('./scaling/Chapter') },
  { id: 'million-weights', title: 'A million weights', load: () => import('./million/Chapter') },
  { id: 'train-is-not-eval', title: 'Train is not eval', load: () => import('./trainEval/Chapter') },
  { id: 'sub-networks', title: 'A crowd of sub-networks', load: () => import('./crowd/Chapter') },
  { id: 'family', title: 'The family', load: () => import('./family/Chapter') },
  { id: 'bug-museum', title: 'The bug museum', load: () => import('./museum/Chapter') },
  { id: 'in-your-framework', title: 'In your framework', load: () => import('./framework/Chapter') },
];

export const CHAPTERS: readonly ChapterEntry[] = BODIES.map((entry) => ({ ...entry, Body: lazy(entry.load) }));
