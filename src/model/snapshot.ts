/** Copies what the core holds into the plain arrays that leave the worker. Reads only. */
import type { Network } from '../kernels/network';
import type { LayerSnapshot, StepSnapshot } from '../protocol/snapshot';
import type { Pass } from './types';

function readLayer(network: Network, layerIndex: number): LayerSnapshot {
  return {
    units: network.spec.sizes[layerIndex] as number,
    preActivation: network.read(layerIndex, 'z'),
    activation: network.read(layerIndex, 'a'),
    mask: network.mask(layerIndex),
    weightMask: network.weightMask(layerIndex),
    noise: network.noise(layerIndex),
    output: network.read(layerIndex, 'out'),
    gradient: network.read(layerIndex, 'grad'),
  };
}

/** Copies the newest captured pass of a network. The output layer has `output = activation = preActivation`: the loss reads logits. */
export function readPass(network: Network, stepIndex: number, rehearsal: boolean): Pass {
  const layerIndices = network.spec.sizes.map((_, layerIndex) => layerIndex);
  const links = layerIndices.slice(0, -1);
  const { targets, examples } = network.batch();
  const step: StepSnapshot = {
    inputs: network.read(0, 'z'),
    targets,
    size: network.size,
    layers: layerIndices.map((layerIndex) => readLayer(network, layerIndex)),
    loss: network.batchLoss,
    weightGradients: links.map((layerIndex) => network.weightGradients(layerIndex)),
    biasGradients: links.map((layerIndex) => network.biasGradients(layerIndex)),
  };
  return {
    stepIndex,
    rehearsal,
    examples,
    step,
    outputs: network.readPredictions(false),
    evalLayers: layerIndices.map((layerIndex) => network.read(layerIndex, 'evalOut')),
    evalOutputs: network.readPredictions(true),
    evalLoss: network.evalLoss,
  };
}

/** Copies all weights `[units of layer l + 1, units of layer l]` and biases. */
export function readParameters(network: Network): { weights: Float32Array[]; biases: Float32Array[] } {
  const links = network.spec.sizes.slice(0, -1).map((_, layerIndex) => layerIndex);
  return {
    weights: links.map((layerIndex) => network.weights(layerIndex)),
    biases: links.map((layerIndex) => network.biases(layerIndex)),
  };
}
