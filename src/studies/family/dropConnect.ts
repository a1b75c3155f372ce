/**
 * Outputs that read the same inputs: unit dropout makes them rise and fall together, DropConnect, which masks each weight by itself,
 * does not. Means and variances are the same.
 */
import type { Dropout } from '../../math/dropout';
import { weightedSumCovariance, weightedSumMoments } from '../../math/expectations';
import { bernoulli, foldIn, type Key, normal } from '../../math/threefry';
import type { DropConnectParams } from '../../protocol/studyParams';
import type { DropConnectResult, OutputStatistics } from '../../protocol/studyResults';
import { streamKey } from '../keys';
import { instantStudy } from '../study';

const MAX_CLOUD = 400;

interface Layer {
  readonly weights: Float64Array; // [outputs, inputs]
  readonly inputs: Float64Array;
  readonly outputs: number;
}

/** Computes the outputs of draw after draw: `z_o = Σ w_oi m x_i / q`. `maskIndex` says which mask entry a weight reads. Shape: `[draws, outputs]`. */
function drawOutputs(layer: Layer, params: DropConnectParams, key: Key, maskIndex: (o: number, i: number) => number, perDraw: number) {
  const { draws, inputs, p } = params;
  const z = new Float64Array(draws * layer.outputs);
  for (let draw = 0; draw < draws; draw++) {
    const mask = Uint8Array.from({ length: perDraw }, (_, index) => bernoulli(key, 1 - p, draw * perDraw + index));
    for (let o = 0; o < layer.outputs; o++) {
      let sum = 0;
      for (let i = 0; i < inputs; i++) {
        if (mask[maskIndex(o, i)]) sum += ((layer.weights[o * inputs + i] as number) * (layer.inputs[i] as number)) / (1 - p);
      }
      z[draw * layer.outputs + o] = sum;
    }
  }
  return z;
}

function statisticsOf(z: Float64Array, layer: Layer, dropout: Dropout, cloudSize: number): OutputStatistics {
  const { outputs, weights, inputs } = layer;
  const draws = z.length / outputs;
  const mean = Array.from({ length: outputs }, (_, o) => {
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) sum += z[draw * outputs + o] as number;
    return sum / draws;
  });
  const row = (o: number) => [...weights.subarray(o * inputs.length, (o + 1) * inputs.length)];
  const covariance = new Float64Array(outputs * outputs);
  const predictedCovariance = new Float64Array(outputs * outputs);
  for (let a = 0; a < outputs; a++) {
    for (let b = 0; b < outputs; b++) {
      let sum = 0;
      for (let draw = 0; draw < draws; draw++) {
        sum += ((z[draw * outputs + a] as number) - (mean[a] as number)) * ((z[draw * outputs + b] as number) - (mean[b] as number));
      }
      covariance[a * outputs + b] = sum / (draws - 1);
      predictedCovariance[a * outputs + b] =
        a === b ? weightedSumMoments(dropout, row(a), [...inputs]).variance : weightedSumCovariance(dropout, row(a), row(b), [...inputs]);
    }
  }
  const correlationOf = (matrix: Float64Array) =>
    (matrix[1] as number) / Math.sqrt((matrix[0] as number) * (matrix[outputs + 1] as number));
  return {
    mean,
    predictedMean: mean.map((_, o) => weightedSumMoments(dropout, row(o), [...inputs]).mean),
    covariance,
    predictedCovariance,
    correlation: correlationOf(covariance),
    predictedCorrelation: correlationOf(predictedCovariance),
    cloud: Float32Array.from({ length: 2 * cloudSize }, (_, index) => z[(index >> 1) * outputs + (index & 1)] as number),
  };
}

function compute(params: DropConnectParams): DropConnectResult {
  const { inputs: numInputs, outputs, draws, p, seed } = params;
  const weightKey = streamKey(seed, 'weights');
  const inputKey = streamKey(seed, 'inputs');
  const layer: Layer = {
    weights: Float64Array.from({ length: outputs * numInputs }, (_, index) => normal(weightKey, index)),
    inputs: Float64Array.from({ length: numInputs }, (_, index) => normal(inputKey, index)),
    outputs,
  };
  const [unitKey, connectKey] = [0, 1].map((part) => foldIn(streamKey(seed, 'passes'), part)) as [Key, Key];
  const numWeights = outputs * numInputs;
  const unit = drawOutputs(layer, params, unitKey, (_, i) => i, numInputs);
  const connect = drawOutputs(layer, params, connectKey, (o, i) => o * numInputs + i, numWeights);
  const cloudSize = Math.min(draws, MAX_CLOUD);
  return {
    draws,
    cloudSize,
    weights: layer.weights,
    inputs: layer.inputs,
    unitMask: Uint8Array.from({ length: numInputs }, (_, index) => bernoulli(unitKey, 1 - p, index)),
    weightMask: Uint8Array.from({ length: numWeights }, (_, index) => bernoulli(connectKey, 1 - p, index)),
    unitDropout: statisticsOf(unit, layer, { mode: 'inverted', p }, cloudSize),
    dropConnect: statisticsOf(connect, layer, { mode: 'dropconnect', p }, cloudSize),
  };
}

export const dropConnectStudy = instantStudy('dropConnect', compute);
