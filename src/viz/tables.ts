/**
 * Turns each figure into a table of the same numbers: the table view beside every picture. Pure functions of the frame.
 */
import type { Frame } from '../protocol/frame';
import type { DataReport } from '../protocol/messages';
import type { WordsView } from './describe';

export interface Table {
  readonly caption: string;
  readonly headers: readonly string[];
  /** Cells as text, one array per row, each as long as `headers`. */
  readonly rows: readonly (readonly string[])[];
}

/** One row per unit of the focused example: layer, unit, state, z, a, output. */
export declare function networkTable(frame: Frame, view: WordsView): Table;
/** One row per example, one column per unit of `layer`: its output, "dropped" or "0". */
export declare function maskTable(frame: Frame, layer: number, view: WordsView): Table;
/** The same with dLoss/d(output). */
export declare function gradientTable(frame: Frame, layer: number, view: WordsView): Table;
/** One row per bin: from, to, share in train, share in eval. */
export declare function histogramTable(frame: Frame, layer: number): Table;
/** One row per test example: where it is, its class or value, what the network says; for digits the confusion matrix. */
export declare function beliefTable(frame: Frame, data: DataReport): Table;
/** One row per point of the curves. */
export declare function lossTable(frame: Frame): Table;
