/** The studies' own small network against math's readable one: the same pass, loss and gradients, with masks, for every activation. */
import { describe, expect, test } from 'vitest';
import { stepKey } from '../../../src/math/masks';
import { backward, drawPass, forward, meanLoss, type Network } from '../../../src/math/mlp';
import { key, normal } from '../../../src/math/threefry';
import { ACTIVATIONS } from '../../../src/protocol/settings';
import { backNet, createNet, exactTanh, runNet, scoreNet } from '../../../src/studies/net';
import { INVERTED, STANDARD } from '../../../src/studies/technique';
import { TechniqueGate } from '../../../src/studies/training';

describe('the readable network of the studies', () => {
  test.each(ACTIVATIONS.flatMap((activation) => [{ activation, loss: 'softmax' } as const, { activation, loss: 'binary' } as const]))(
    'NT1 $activation, $loss: pass, loss and gradients as math has them, standard and inverted',
    ({ activation, loss }) => {
      const sizes = [3, 6, 5, loss === 'binary' ? 1 : 3];
      const p = 0.4;
      const net = createNet(sizes, activation, loss, key(2));
      const inputs = Float64Array.from({ length: 12 }, (_, index) => normal(key(3), index));
      const targets = loss === 'binary' ? [0, 1, 1, 0] : [0, 2, 1, 2];
      for (const [mode, technique] of [
        ['inverted', INVERTED],
        ['standard', STANDARD],
      ] as const) {
        const draws = drawPass(stepKey(5, 1), sizes, 4, { mode, p: [0, p, p], maskScope: 'example', channelSize: 1 });
        const plan = { mode, phase: 'train', p: [0, p, p], draws } as const;
        const network: Network = { ...net };
        const layers = forward(network, plan, inputs);
        const expected = backward(network, plan, layers, targets);
        const gate = new TechniqueGate(technique, p, (layerIndex) => Uint8Array.from(draws[layerIndex]?.units ?? []));
        const pass = runNet(net, inputs, gate);
        const gradients = backNet(net, pass, targets, gate);
        expect(scoreNet(net, pass.preActivations[3] as Float64Array, targets).loss).toBeCloseTo(meanLoss(network, layers, targets), 12);
        layers.forEach(({ preActivation }, layerIndex) => {
          preActivation.forEach((z, i) => {
            expect(pass.preActivations[layerIndex]?.[i]).toBeCloseTo(z, 12);
          });
        });
        expected.weights.forEach((weights, layerIndex) => {
          weights.forEach((g, i) => {
            expect(gradients.weights[layerIndex]?.[i]).toBeCloseTo(g, 12);
          });
          expected.biases[layerIndex]?.forEach((g, i) => {
            expect(gradients.biases[layerIndex]?.[i]).toBeCloseTo(g, 12);
          });
        });
      }
    },
  );

  test('its tangent is the host’s to 1e-15, and NaN stays NaN', () => {
    for (let x = -12; x <= 12; x += 0.37) expect(Math.abs(exactTanh(x) - Math.tanh(x))).toBeLessThan(1e-15);
    expect(exactTanh(Number.NaN)).toBeNaN();
  });
});
