/** The arithmetic of a unit, cell or weight, in words. Pure. */
import type { Frame } from '../../protocol/frame';
import type { Settings } from '../../protocol/settings';
import type { Convention } from '../../store/labStore';
import { layerName } from '../../viz/columns';
import type { Highlight } from '../../viz/view';
import { type Equation, equation } from '../words/equation';
import { compact, fixed } from '../words/format';
import { readUnit } from '../words/reading';
import { shownRow } from '../words/shownRow';

/** Returns the equation of a highlighted unit, or null when nothing that has one is highlighted. */
export function equationOf(frame: Frame, settings: Settings, convention: Convention, highlight: Highlight, row: number): Equation | null {
  if (highlight.layer === null || highlight.unit === null) return null;
  const rowIndex = shownRow(frame, highlight.row ?? row);
  if (highlight.target != null) return weightEquation(frame, settings, highlight.layer, highlight.unit, highlight.target, rowIndex);
  const reading = readUnit(frame, settings, { layerIndex: highlight.layer, unitIndex: highlight.unit, rowIndex });
  return reading && equation(convention, reading);
}

function weightEquation(frame: Frame, settings: Settings, layer: number, unit: number, target: number, row: number): Equation | null {
  const link = frame.links[layer];
  if (!link || unit >= link.inputs || target >= link.outputs) return null;
  const index = target * link.inputs + unit;
  const count = frame.layers.length;
  const isKept = link.mask[row * link.outputs * link.inputs + index] !== 0;
  const isCut = settings.mode === 'dropconnect' && settings.phase !== 'eval';
  const fate = isCut ? (isKept ? `kept for example ${row + 1}` : `dropped for example ${row + 1}`) : 'weight of this link';
  return {
    subject: `${layerName(layer, count)} unit ${unit + 1} to ${layerName(layer + 1, count)} unit ${target + 1}`,
    formula: `w = ${fixed(link.weights[index] ?? Number.NaN)}, dLoss/dw = ${compact(link.gradients[index] ?? Number.NaN)}`,
    note: fate,
  };
}
