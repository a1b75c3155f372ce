/** Where the keyboard stands on the picture of the network's belief, and what is there in words. Pure. */
import { type Frame, NUM_WAVE_POINTS, SURFACE_SIDE } from '../../protocol/frame';
import { type PlaneLayout, pixelX, pixelY } from '../../viz/beliefLayout';
import { fixed, percent } from '../words/format';
import type { Cursor } from './WalkableCanvas';

/** Stops along each side of the picture. Odd, so that the middle is one of them. */
export const GRID_STEPS = 41;

interface GridPoint {
  readonly dataX: number;
  readonly dataY: number;
  readonly x: number; // CSS pixels
  readonly y: number;
}

/** Returns the point under the keyboard, in data and in pixels. */
export function gridPoint(layout: PlaneLayout, cursor: Cursor): GridPoint {
  const at = ([low, high]: readonly [number, number], share: number) => low + (high - low) * share;
  const dataX = at(layout.xDomain, cursor.column / (GRID_STEPS - 1));
  const dataY = at(layout.yDomain, 1 - cursor.row / (GRID_STEPS - 1));
  return { dataX, dataY, x: pixelX(layout, dataX), y: pixelY(layout, dataY) };
}

/** Says what the network believes at the point under the keyboard. */
export function beliefCellText(frame: Frame, layout: PlaneLayout, cursor: Cursor, isWave: boolean): string {
  const { dataX, dataY } = gridPoint(layout, cursor);
  const column = cursor.column / (GRID_STEPS - 1);
  if (isWave) {
    const index = Math.round(column * (NUM_WAVE_POINTS - 1));
    return `x ${fixed(dataX)}, y ${fixed(dataY)}: the network says ${fixed(frame.surface[index] ?? Number.NaN)}`;
  }
  const index = Math.round((cursor.row / (GRID_STEPS - 1)) * (SURFACE_SIDE - 1)) * SURFACE_SIDE + Math.round(column * (SURFACE_SIDE - 1));
  const green = frame.surface[index] ?? Number.NaN;
  return `x ${fixed(dataX)}, y ${fixed(dataY)}: green with probability ${percent(green)}`;
}
