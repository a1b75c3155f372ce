/** From settings to what the core's network is made of. The only place where the two vocabularies meet. */
import type { LiveSpec, NetworkSpec } from '../kernels/networkTypes';
import { weightMasksOf } from '../kernels/networkTypes';
import { dropProbability, type Settings } from '../protocol/settings';
import type { Dataset } from './types';

/** Returns what may change from step to step. */
export function liveSpec(settings: Settings): LiveSpec {
  const { mode, maskScope, learningRate, momentum, weightDecay, maxNorm } = settings;
  const dropProbabilities = [0, ...settings.hidden].map((_, layerIndex) => dropProbability(settings, layerIndex));
  return { mode, dropProbabilities, maskScope, learningRate, momentum, weightDecay, maxNorm };
}

/** Returns what a network is made of, with room for the weight masks that its settings need. */
export function networkSpec(settings: Settings, dataset: Dataset): NetworkSpec {
  const { hidden, activation, optimizer, batchSize, seed, channelSize } = settings;
  const sizes = [dataset.numInputs, ...hidden, dataset.numOutputs];
  const weightMasks = weightMasksOf(settings);
  return { sizes, activation, loss: dataset.loss, optimizer, batchSize, seed, channelSize, shuffle: true, weightMasks };
}
