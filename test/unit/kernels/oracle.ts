/** The readable network of math beside one in the core: the same parameters, data and draws, in double. */

import type { LiveSpec, NetworkSpec } from '../../../src/kernels/networkTypes';
import { stepKey } from '../../../src/math/masks';
import { backward, drawPass, forward, type LayerDraw, type Network as MathNetwork, type PassPlan } from '../../../src/math/mlp';
import type { Key } from '../../../src/math/threefry';
import type { TestNetwork } from './setup';

/** The live settings as the core takes them and the same as math takes them: p in float32, where only keep = fround(1 − p) is drawn with. */
export function mathNetwork(spec: NetworkSpec, { weights, biases }: Pick<TestNetwork, 'weights' | 'biases'>): MathNetwork {
  return {
    sizes: spec.sizes,
    activation: spec.activation,
    loss: spec.loss,
    weights: weights.map((values) => Float64Array.from(values)),
    biases: biases.map((values) => Float64Array.from(values)),
  };
}

export function mathDraws(spec: NetworkSpec, live: LiveSpec, size: number, passKey: Key): LayerDraw[] {
  const { mode, maskScope } = live;
  return drawPass(passKey, spec.sizes, size, { mode, maskScope, channelSize: spec.channelSize, p: live.dropProbabilities });
}

/** Runs the pass of a step in math, by masks that math draws itself. */
export function mathPass(
  network: MathNetwork,
  spec: NetworkSpec,
  live: LiveSpec,
  step: number,
  inputs: ArrayLike<number>,
  targets: ArrayLike<number>,
) {
  const draws = mathDraws(spec, live, targets.length, stepKey(spec.seed, step));
  const plan: PassPlan = { mode: live.mode, phase: 'train', p: live.dropProbabilities, draws };
  const layers = forward(network, plan, inputs);
  return { draws, plan, layers, gradients: backward(network, plan, layers, targets) };
}
