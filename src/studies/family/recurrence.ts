/**
 * A recurrence unrolled in time, with dropout on input, state and output: fresh masks at each time, or one for all (variational), one per
 * example or one for the batch.
 *
 * Order and places are those of TF's wrapper: input, cell, then state and output, each inverted, the output from before the state's mask.
 */
import { bernoulli, foldIn, type Key, normal } from '../../math/threefry';
import type { RecurrenceParams } from '../../protocol/studyParams';
import type { RecurrenceResult } from '../../protocol/studyResults';
import { streamKey } from '../keys';
import { exactTanh, linear } from '../net';
import { instantStudy } from '../study';

/** Draws the masks of one place. Shape: `[time, batch, width]`. */
function drawMasks({ variational, maskScope, time, batch }: RecurrenceParams, p: number, width: number, key: Key): Uint8Array {
  return Uint8Array.from({ length: time * batch * width }, (_, cell) => {
    if (p === 0) return 1;
    const t = variational ? 0 : Math.floor(cell / (batch * width));
    const b = maskScope === 'batch' ? 0 : Math.floor(cell / width) % batch;
    return bernoulli(key, 1 - p, (t * batch + b) * width + (cell % width));
  });
}

const scaled = (p: number) => (p < 1 ? 1 / (1 - p) : 0);

interface Masks {
  readonly input: Uint8Array;
  readonly state: Uint8Array;
}

/** Runs the recurrence `h = tanh(Wx · x + Wh · state)`; without masks, nothing is dropped. Shape: `[time, batch, units]`. */
function unroll(params: RecurrenceParams, inputs: Float64Array, masks: Masks | null): Float32Array {
  const { time, batch, units, inputs: numInputs, inputP, stateP, seed } = params;
  const weightKey = streamKey(seed, 'weights');
  const draw = (part: number, length: number, sd: number) =>
    Float64Array.from({ length }, (_, index) => sd * normal(foldIn(weightKey, part), index));
  const inputWeights = draw(0, units * numInputs, 1 / Math.sqrt(numInputs));
  const stateWeights = draw(1, units * units, 0.9 / Math.sqrt(units));
  const noBiases = new Float64Array(units);
  const hidden = new Float32Array(time * batch * units);
  let state = new Float64Array(batch * units);
  for (let t = 0; t < time; t++) {
    const x = inputs.slice(t * batch * numInputs, (t + 1) * batch * numInputs);
    const read = x.map((value, i) =>
      masks ? value * (masks.input[t * x.length + i] as number) * (inputP > 0 ? scaled(inputP) : 1) : value,
    );
    const fromState = linear(stateWeights, noBiases, state);
    const h = linear(inputWeights, noBiases, read).map((z, i) => exactTanh(z + (fromState[i] as number)));
    hidden.set(h, t * h.length);
    state = h.map((value, i) => (masks ? value * (masks.state[t * h.length + i] as number) * (stateP > 0 ? scaled(stateP) : 1) : value));
  }
  return hidden;
}

function distinctRows(mask: Uint8Array, width: number): number {
  return new Set(Array.from({ length: mask.length / width }, (_, row) => mask.slice(row * width, (row + 1) * width).join(''))).size;
}

/** Share of state units that every mask up to a time has kept. */
function survivorsOf(mask: Uint8Array, time: number): number[] {
  const width = mask.length / time;
  const alive = new Uint8Array(width).fill(1);
  return Array.from({ length: time }, (_, t) => {
    alive.forEach((one, i) => {
      alive[i] = one & (mask[t * width + i] as number);
    });
    return alive.reduce((sum, one) => sum + one, 0) / width;
  });
}

function compute(params: RecurrenceParams): RecurrenceResult {
  const { time, batch, units, inputs: numInputs, inputP, stateP, outputP, seed } = params;
  const inputKey = streamKey(seed, 'inputs');
  const inputs = Float64Array.from({ length: time * batch * numInputs }, (_, index) => normal(inputKey, index));
  const [forInput, forState, forOutput] = [0, 1, 2].map((part) => foldIn(streamKey(seed, 'passes'), part)) as [Key, Key, Key];
  const inputMask = drawMasks(params, inputP, numInputs, forInput);
  const stateMask = drawMasks(params, stateP, units, forState);
  const outputMask = drawMasks(params, outputP, units, forOutput);
  const hidden = unroll(params, inputs, { input: inputMask, state: stateMask });
  const plainHidden = unroll(params, inputs, null);
  const width = batch * units;
  return {
    inputMask,
    stateMask,
    outputMask,
    hidden,
    plainHidden,
    output: hidden.map((value, i) => value * (outputMask[i] as number) * (outputP > 0 ? scaled(outputP) : 1)),
    distinctInputMasks: distinctRows(inputMask, numInputs),
    distinctStateMasks: distinctRows(stateMask, units),
    survivors: survivorsOf(stateMask, time),
    drift: Array.from({ length: time }, (_, t) => {
      let sum = 0;
      for (let i = t * width; i < (t + 1) * width; i++) {
        const distance = (hidden[i] as number) - (plainHidden[i] as number);
        sum += distance * distance;
      }
      return Math.sqrt(sum / width);
    }),
  };
}

export const recurrenceStudy = instantStudy('recurrence', compute);
