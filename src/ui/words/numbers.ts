/** The numbers that sentences are made of, as plain records. Filled four times a second from the newest frame; painters never use them. */
import { type Frame, HEADER, type HeaderName, LAYER_STATS, type LayerStatName, readHeader, readStat } from '../../protocol/frame';
import type { Mode } from '../../protocol/settings';
import { recentLoss } from '../../viz/lossCurves';

type HeaderNumbers = Readonly<Record<HeaderName, number>>;
export type LayerNumbers = Readonly<Record<LayerStatName, number>> & { readonly units: number };

export interface Numbers {
  readonly header: HeaderNumbers;
  /** Input first, output last. */
  readonly layers: readonly LayerNumbers[];
  /** Train loss with masks, as the chart's line has it: the mean of its last points. NaN before the first step. */
  readonly recentLoss: number;
}

/** Copies the header and the layer statistics out of a frame. */
export function readNumbers(frame: Frame): Numbers {
  const header = Object.fromEntries(HEADER.map((name) => [name, readHeader(frame, name)])) as Record<HeaderName, number>;
  const layers = frame.layers.map((layer) => {
    const stats = Object.fromEntries(LAYER_STATS.map((name) => [name, readStat(layer, name)])) as Record<LayerStatName, number>;
    return { ...stats, units: layer.units };
  });
  return { header, layers, recentLoss: recentLoss(frame) };
}

/** Tells whether dropout is at work at a layer: a mask of units, of the weights out of it, or Gaussian noise. */
export function isAtWork(mode: Mode, layer: Pick<LayerNumbers, 'masked' | 'drawn' | 'p'>): boolean {
  return layer.masked === 1 || layer.drawn > 0 || (mode === 'gaussian' && layer.p > 0);
}
