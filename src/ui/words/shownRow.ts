/** Which example of a frame the figures show. Pure; apart from reading.ts, which comes later. */
import { type Frame, readHeader } from '../../protocol/frame';

/** Returns the row to show: the last batch of an epoch may be shorter than the row that was chosen. */
export function shownRow(frame: Frame, row: number): number {
  return Math.max(0, Math.min(row, readHeader(frame, 'numRows') - 1));
}
