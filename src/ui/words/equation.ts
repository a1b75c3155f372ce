/**
 * Writes out the arithmetic of one unit for one example, as the core did it: `a = 2.00 × 1 × relu(0.43) = 0.86`.
 * Pure: it formats numbers that came from the worker and never replaces them.
 */
import type { Convention } from '../../store/labStore';
import { layerName } from '../../viz/columns';
import { inverseKeep } from './convention';
import { fixed, trimmed } from './format';
import type { Reading } from './reading';

/** What a dropped unit becomes under alpha dropout before the affine step: −λα of SELU. */
const ALPHA_FLOOR = -1.7580993408473766;

export interface Equation {
  /** "Hidden 1, unit 3, example 12" */
  readonly subject: string;
  readonly formula: string;
  /** What to read into it: "dropped by the mask", "kept, but silent". */
  readonly note: string;
}

function applied(reading: Reading, z: number | null): string {
  const inner = z === null ? 'z' : fixed(z);
  if (reading.layerIndex === 0) return inner;
  return reading.activation === 'linear' ? inner : `${reading.activation}(${inner})`;
}

function trainFormula(reading: Reading): string {
  const { mode, isMasked, kept, output } = reading;
  const f = applied(reading, reading.preActivation);
  const end = `= ${fixed(output)}`;
  if (mode === 'dropconnect' && reading.layerIndex > 0) return weightFormula(reading);
  if (!isMasked || mode === 'dropconnect') return reading.layerIndex === 0 ? `a = ${fixed(output)}` : `a = ${f} ${end}`;
  const bit = kept ? '1' : '0';
  switch (mode) {
    case 'none':
      return `a = ${f} ${end}`;
    case 'standard':
    case 'unscaled':
      return `a = ${bit} × ${f} ${end}`;
    case 'inverted':
    case 'spatial':
      return reading.p === 1 ? `a = 0 × ${f} ${end}` : `a = ${trimmed(reading.scale, 2, 2)} × ${bit} × ${f} ${end}`;
    case 'gaussian':
      return `a = ${fixed(reading.noise)} × ${f} ${end}`;
    case 'alpha': {
      const shift = output - reading.scale * (kept ? reading.activationValue : ALPHA_FLOOR);
      const value = kept ? f : `(${fixed(ALPHA_FLOOR)})`;
      return `a = ${fixed(reading.scale)} × ${value} ${shift < 0 ? '−' : '+'} ${fixed(Math.abs(shift))} ${end}`;
    }
    default:
      return mode satisfies never;
  }
}

function weightFormula(reading: Reading): string {
  const bias = reading.bias ?? 0;
  const plus = `${bias < 0 ? '−' : '+'} ${fixed(Math.abs(bias))}`;
  const sum = `${trimmed(reading.linkScale, 2, 2)} × ∑(${reading.linksKept} of ${reading.linksDrawn} w·x) ${plus}`;
  if (isOutput(reading)) return `z = ${sum} = ${fixed(reading.preActivation)}`;
  if (reading.activation === 'linear') return `a = ${sum} = ${fixed(reading.output)}`;
  return `a = ${reading.activation}(${sum}) = ${applied(reading, reading.preActivation)} = ${fixed(reading.output)}`;
}

function evalFormula(reading: Reading): string {
  const f = applied(reading, reading.evalPreActivation);
  const scaled = reading.mode === 'standard' && reading.isMasked;
  if (scaled) return `a = ${trimmed(reading.keepProb, 2, 2)} × ${f} = ${fixed(reading.evalOutput)}`;
  return reading.layerIndex === 0 ? `a = ${fixed(reading.evalOutput)}` : `a = ${f} = ${fixed(reading.evalOutput)}`;
}

function isOutput(reading: Reading): boolean {
  return reading.layerIndex === reading.numLayers - 1;
}

function outputFormula(reading: Reading): string {
  const inEval = reading.phase === 'eval';
  const z = inEval ? reading.evalPreActivation : reading.preActivation;
  const value = inEval ? reading.evalPrediction : reading.prediction;
  const inner = z === null ? 'z' : fixed(z);
  const result = fixed(value);
  if (reading.loss === 'squared') return `output = z = ${result}`;
  if (reading.loss === 'binary') return `P(green) = sigmoid(${inner}) = ${result}`;
  return `P(${reading.unitIndex}) = softmax(${inner} among ten) = ${result}`;
}

function scaleNote(convention: Convention, reading: Reading): string {
  return `${trimmed(reading.scale, 2, 2)} = ${inverseKeep(convention)}`;
}

function note(convention: Convention, reading: Reading): string {
  const { mode, phase } = reading;
  if (isOutput(reading)) return 'the output is never dropped';
  if (phase === 'eval')
    return mode === 'standard' && reading.isMasked ? 'eval: every unit at work, turned down by keep' : 'eval: every unit at work';
  const prefix = phase === 'mc' ? 'one of the masked passes: ' : '';
  if (mode === 'dropconnect' && reading.layerIndex > 0) return `${prefix}links are dropped, not the unit`;
  if (!reading.isMasked) return `${prefix}nothing is dropped here`;
  if (mode === 'gaussian') return `${prefix}noise of mean 1 instead of a mask`;
  const fate = mode === 'spatial' ? `channel ${Math.floor(reading.unitIndex / reading.channelSize) + 1} ` : '';
  if (!reading.kept) return `${prefix}${fate}dropped by the mask`;
  const silent = reading.activationValue === 0 ? `${fate}kept, but silent: ${reading.activation} gives 0` : `${fate}kept`;
  const why = (mode === 'inverted' || mode === 'spatial') && reading.activationValue !== 0 ? `; ${scaleNote(convention, reading)}` : '';
  return prefix + silent + why;
}

/** Writes the equation of one unit for one example in the phase on show. */
export function equation(convention: Convention, reading: Reading): Equation {
  const name = layerName(reading.layerIndex, reading.numLayers);
  const subject = `${name}, unit ${reading.unitIndex + 1}, example ${reading.rowIndex + 1}`;
  if (isOutput(reading)) {
    const weights = reading.mode === 'dropconnect' && reading.phase !== 'eval' ? `${weightFormula(reading)}; ` : '';
    return { subject, formula: weights + outputFormula(reading), note: note(convention, reading) };
  }
  return { subject, formula: reading.phase === 'eval' ? evalFormula(reading) : trainFormula(reading), note: note(convention, reading) };
}
