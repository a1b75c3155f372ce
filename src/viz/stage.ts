/**
 * Where slow motion is within one step, and what that means for each layer of the diagram: what is already there, what is just happening.
 * Pure arithmetic on `progress`; the clock belongs to the caller.
 */
import type { ViewStyle } from './view';

/** The stages of slow motion through one step, in order. */
export const STAGES = ['data', 'mask', 'forward', 'loss', 'backward', 'update'] as const;
export type StageName = (typeof STAGES)[number];

export interface Stage {
  readonly name: StageName;
  /** How far the stage has come, in [0, 1]. */
  readonly progress: number;
}

export interface NetworkStyle extends ViewStyle {
  /** Null or absent: the whole step is over and everything is shown. */
  readonly stage?: Stage | null;
  /** True: links show |dLoss/dW| and its sign instead of the weight, units dLoss/d(output). */
  readonly showGradients?: boolean;
}

/** What of the diagram is on show. Layers and gaps count from the input; gap `g` lies between layers g and g + 1. */
export interface StageView {
  /** How much of a layer's value is shown, in [0, 1]. */
  readonly lit: (layer: number) => number;
  /** How much of a layer's mask is shown, in [0, 1]. */
  readonly masked: (layer: number) => number;
  /** True when the links of a gap carry the gradient instead of the weight. */
  readonly isGradient: (gap: number) => boolean;
  /** Position of the pulse in a gap, 0 at its left end, or null. */
  readonly pulse: (gap: number) => number | null;
  /** How far the loss has been compared, in [0, 1]: the target stands beside the output. */
  readonly loss: number;
  /** Strength of the flash of the links while they are updated, in [0, 1]. */
  readonly update: number;
}

const clamp = (value: number) => Math.min(Math.max(value, 0), 1);
const all = () => 1;
const never = () => false;
const nowhere = () => null;
const WHOLE: StageView = { lit: all, masked: all, isGradient: never, pulse: nowhere, loss: 0, update: 0 };

/** Returns what to show of a network of `numLayers` layers at `stage`; null shows all of it. */
export function stageView(stage: Stage | null, numLayers: number): StageView {
  if (!stage) return WHOLE;
  const progress = clamp(stage.progress);
  const numGaps = Math.max(numLayers - 1, 1);
  switch (stage.name) {
    case 'data':
      return { ...WHOLE, lit: (layer) => (layer === 0 ? progress : 0), masked: () => 0 };
    case 'mask':
      return { ...WHOLE, lit: (layer) => (layer === 0 ? 1 : 0), masked: (layer) => clamp(progress * (numLayers - 1) - layer + 1) };
    case 'forward': {
      const front = progress * numGaps;
      return {
        ...WHOLE,
        lit: (layer) => (layer === 0 ? 1 : clamp((front - layer) * 4 + 1)),
        pulse: (gap) => (front > gap && front < gap + 1 ? front - gap : null),
      };
    }
    case 'loss':
      return { ...WHOLE, loss: progress };
    case 'backward': {
      const front = numGaps * (1 - progress);
      return {
        ...WHOLE,
        loss: 1,
        isGradient: (gap) => front <= gap,
        pulse: (gap) => (front > gap && front < gap + 1 ? front - gap : null),
      };
    }
    case 'update':
      return { ...WHOLE, isGradient: () => progress < 0.5, update: 1 - Math.abs(progress * 2 - 1) };
    default:
      return stage.name satisfies never;
  }
}
