/**
 * Where everything of a network lies in its memory: sizes are added up first, so that the memory is made exactly as large and never grows.
 *
 * The records that the core reads are in assembly/layout.ts; this file only decides addresses.
 */
import { KEY_SLOT, LAYER_BYTES, NET_BYTES } from './assembly/layout';
import { HEAP_START } from './core';
import { MAX_LAYERS } from './networkChecks';
import type { NetworkSpec } from './networkTypes';

/** The keys of sixteen steps, those of as many layers as a network may have, and one slot of room. */
const KEY_SLOTS = 1 + MAX_LAYERS + 1;

/** Most rows that one call evaluates. */
export const CHUNK_ROWS = 128;

export interface LayerPlan {
  readonly units: number;
  readonly columns: number; // vectors of four
  readonly ld: number; // bytes per row
  readonly z: number;
  readonly a: number;
  readonly out: number;
  readonly grad: number;
  readonly delta: number;
  readonly mask: number;
  readonly noise: number;
  readonly evalOut: number;
  readonly chunk: number;
  readonly factor: number;
  readonly term: number;
  readonly link: LinkPlan | null; // null: the output layer
}

interface LinkPlan {
  readonly weights: number;
  readonly bias: number;
  readonly ld: number;
  readonly mask: number;
  readonly masked: number;
  readonly mcMask: number;
}

export interface NetworkPlan {
  readonly net: number;
  readonly layers: readonly LayerPlan[];
  readonly state: number; // parameters, then moments, then powers: what a checkpoint holds
  readonly stateBytes: number;
  readonly parameterBytes: number;
  readonly gradients: number;
  readonly powers: number;
  readonly trainInputs: number;
  readonly trainTargets: number;
  readonly testInputs: number;
  readonly testTargets: number;
  readonly order: number;
  readonly batchTargets: number;
  readonly batchExamples: number;
  readonly chunkInputs: number;
  readonly predictions: number;
  readonly read: number;
  readonly scratch: number;
  readonly zero: number;
  readonly keys: number;
  readonly terms: number;
  readonly room: number;
  readonly bytes: number;
}

const columnsOf = (units: number) => Math.ceil(units / 4);

/** Bytes per row: whole vectors, and a little more where rows would otherwise fall on the same lines of the cache. */
function rowBytes(units: number): number {
  const padded = columnsOf(units) * 4;
  return (padded >= 128 && padded % 64 === 0 ? padded + 16 : padded) * 4;
}

/** Reserves bytes behind all that was reserved before. Returns their address, a multiple of 64. */
type Take = (bytes: number) => number;

function createTake(): { take: Take; end: () => number } {
  let offset = HEAP_START;
  const take = (bytes: number) => {
    const start = offset;
    offset += Math.ceil(bytes / 64) * 64;
    return start;
  };
  return { take, end: () => offset };
}

/** Lays a network out: `numTrain` and `numTest` examples, and everything a step, a capture and an evaluation need. */
export function planNetwork(spec: NetworkSpec, numTrain: number, numTest: number): NetworkPlan {
  const { take, end } = createTake();
  const { sizes } = spec;
  const moments = { sgd: 0, momentum: 1, adam: 2 }[spec.optimizer];

  const net = take(NET_BYTES + LAYER_BYTES * sizes.length);
  const state = end();
  const links = sizes.slice(1).map((outputs, l) => {
    const ld = rowBytes(outputs);
    return { ld, weights: take(columnsOf(sizes[l] ?? 0) * 4 * ld), bias: take(ld) };
  });
  const parameterBytes = end() - state;
  take(parameterBytes * moments);
  const powers = take(16);
  const stateBytes = end() - state;
  const gradients = take(parameterBytes);
  const layers = planLayers(spec, links, take);
  const rest = planExamples(spec, numTrain, numTest, take);
  return { net, layers, state, stateBytes, parameterBytes, gradients, powers, ...rest, bytes: end() };
}

function planLayers(spec: NetworkSpec, links: readonly { ld: number; weights: number; bias: number }[], take: Take): LayerPlan[] {
  const { sizes, batchSize } = spec;
  const widest = Math.max(...sizes.map(rowBytes));
  const chunks = [take(CHUNK_ROWS * widest), take(CHUNK_ROWS * widest)] as const;
  return sizes.map((units, l) => {
    const ld = rowBytes(units);
    const rowsOfLayer = () => take(Math.ceil(batchSize / 4) * 4 * ld);
    const link = links[l];
    return {
      units,
      columns: columnsOf(units),
      ld,
      z: rowsOfLayer(),
      a: rowsOfLayer(),
      out: rowsOfLayer(),
      grad: rowsOfLayer(),
      delta: rowsOfLayer(),
      mask: take(batchSize * units + 32),
      noise: take(batchSize * ld + 128),
      evalOut: rowsOfLayer(),
      chunk: chunks[l % 2 === 0 ? 0 : 1],
      factor: take(ld),
      term: take(ld),
      link: link ? { ...link, ...weightMaskPlan(spec, l, link.ld, take) } : null,
    };
  });
}

/** Lays out the examples, what is read and written of them, and the room that the loops over them need. */
function planExamples({ sizes, batchSize }: NetworkSpec, numTrain: number, numTest: number, take: Take) {
  const widest = Math.max(...sizes.map(rowBytes));
  const inputRow = rowBytes(sizes[0] ?? 0);
  const numOutputs = sizes.at(-1) ?? 0;
  const rows = Math.max(batchSize, CHUNK_ROWS);
  return {
    trainInputs: take(numTrain * inputRow),
    trainTargets: take(numTrain * 4),
    testInputs: take(numTest * inputRow),
    testTargets: take(numTest * 4 + 16),
    order: take(2 * (numTrain + 32) * 4),
    batchTargets: take(batchSize * 4 + 16),
    batchExamples: take(batchSize * 4),
    chunkInputs: take(CHUNK_ROWS * inputRow),
    predictions: take(rows * numOutputs * 4),
    read: take(Math.max(numTrain, numTest) * 4),
    scratch: take(widest * 8),
    zero: take(64),
    keys: take(KEY_SLOTS * KEY_SLOT),
    terms: take((2 * rows + 16) * 4 + rowBytes(numOutputs)),
    room: take(widest + 64),
  };
}

function weightMaskPlan(spec: NetworkSpec, l: number, ld: number, take: Take) {
  if (spec.weightMasks === 'none') return { mask: 0, masked: 0, mcMask: 0 };
  const inputs = columnsOf(spec.sizes[l] ?? 0) * 4;
  const nibbles = inputs * columnsOf(spec.sizes[l + 1] ?? 0);
  const numMasks = spec.weightMasks === 'example' ? spec.batchSize : 1;
  return { mask: take(numMasks * nibbles), masked: take(inputs * ld), mcMask: take(nibbles) };
}
