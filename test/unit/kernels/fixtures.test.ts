/** Forward, loss and every gradient against PyTorch's in double, for each mode that the fixtures share with us. Masks are fed as given. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Network } from '../../../src/kernels/network';
import { type LiveSpec, weightMasksOf } from '../../../src/kernels/networkTypes';
import { core, LIVE, relativeError, SPEC } from './setup';

interface Case {
  mode: string;
  act: 'relu' | 'selu';
  z: number[][][];
  dropped_inputs: number[][][];
  loss: number;
  dW: number[][][];
  db: number[][];
  dx: number[][];
}
interface Fixture {
  p_drop: number[];
  W: number[][][];
  b: number[][];
  X: number[][];
  Y: number[];
  masks: number[][][];
  normals: number[][][];
  wmasks: number[][][];
  wmasks_example: number[][][][];
  cases: Case[];
}
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/mlp_modes.json', import.meta.url), 'utf8')) as Fixture;
const flat = (nested: readonly unknown[]): number[] => nested.flat(4) as number[];

/** Our mode for each of the fixtures' names; the others there are not modes of ours, or are passes in eval. */
const OURS: Record<string, Pick<LiveSpec, 'mode' | 'maskScope'>> = {
  none: { mode: 'none', maskScope: 'example' },
  inverted: { mode: 'inverted', maskScope: 'example' },
  vanilla: { mode: 'standard', maskScope: 'example' },
  gaussian: { mode: 'gaussian', maskScope: 'example' },
  dropconnect_batch_inv: { mode: 'dropconnect', maskScope: 'batch' },
  alpha: { mode: 'alpha', maskScope: 'example' },
};

function build(act: Case['act'], choice: Pick<LiveSpec, 'mode' | 'maskScope'>, probabilities = fixture.p_drop): Network {
  const live = { ...LIVE, ...choice, dropProbabilities: probabilities };
  const examples = { inputs: Float32Array.from(flat(fixture.X)), targets: Float32Array.from(fixture.Y) };
  const network = new Network(core, { ...SPEC, activation: act, weightMasks: weightMasksOf(live) }, examples, null);
  fixture.W.forEach((weights, l) => {
    network.setParameters(l, Float32Array.from(flat(weights)), Float32Array.from(fixture.b[l] as number[]));
  });
  network.configure(live);
  return network;
}

function giveDraws(network: Network): void {
  const sigma = (l: number) => Math.sqrt((fixture.p_drop[l] as number) / (1 - (fixture.p_drop[l] as number)));
  network.give({
    masks: fixture.masks.map((mask) => Uint8Array.from(flat(mask))),
    noise: fixture.normals.map((normals, l) => Float32Array.from(flat(normals), (normal) => 1 + sigma(l) * normal)),
    weightMasks: network.spec.weightMasks === 'none' ? [] : fixture.wmasks.map((mask) => Uint8Array.from(flat(mask))),
  });
}

/** dLoss/d(input) from the gradient of the dropped input, by the mask and noise that the network used. */
function inputGradient(network: Network, expected: Case): Float32Array {
  const gradient = network.read(0, 'grad');
  const noise = network.noise(0);
  const mask = network.mask(0);
  const q = 1 - (fixture.p_drop[0] as number);
  const scale =
    expected.mode === 'inverted' ? 1 / q : expected.mode === 'alpha' ? 1 / Math.sqrt(q * (1 + (1 - q) * 1.7580993408473766 ** 2)) : 1;
  return gradient.map((g, i) => g * (noise ? (noise[i] as number) : mask ? (mask[i] as number) * scale : 1));
}

function expectPass(network: Network, expected: Case): void {
  expect(network.batchLoss).toBeCloseTo(expected.loss, 5);
  expected.z.forEach((z, l) => {
    expect(relativeError(network.read(l + 1, 'z'), flat(z))).toBeLessThan(1e-5);
    expect(relativeError(network.weightGradients(l), flat(expected.dW[l] as number[][]))).toBeLessThan(1e-5);
    expect(relativeError(network.biasGradients(l), expected.db[l] as number[])).toBeLessThan(1e-5);
  });
  expect(network.findDirtyPadding()).toEqual([]);
}

describe('a pass against PyTorch', () => {
  for (const expected of fixture.cases.filter(({ mode }) => mode in OURS)) {
    it(`NT1 agrees in mode ${expected.mode} with ${expected.act}`, () => {
      // the fixture of inverted DropConnect keeps one half at every layer
      const probabilities = expected.mode === 'dropconnect_batch_inv' ? [0.5, 0.5, 0.5] : fixture.p_drop;
      const network = build(expected.act, OURS[expected.mode] as Pick<LiveSpec, 'mode' | 'maskScope'>, probabilities);
      giveDraws(network);
      expect(network.rehearse(3)).toBe(true);
      expectPass(network, expected);
      expected.dropped_inputs.forEach((out, l) => {
        if (expected.mode !== 'dropconnect_batch_inv') expect(relativeError(network.read(l, 'out'), flat(out))).toBeLessThan(1e-5);
      });
      expect(relativeError(inputGradient(network, expected), flat(expected.dx))).toBeLessThan(1e-5);
    });
  }

  it('NT1 agrees with DropConnect per example, whose fixture does not divide by keep: we feed weights that undo it', () => {
    const expected = fixture.cases.find(({ mode }) => mode === 'dropconnect_example') as Case;
    const network = build('relu', { mode: 'dropconnect', maskScope: 'example' });
    const keep = fixture.p_drop.map((p) => 1 - p);
    fixture.W.forEach((weights, l) => {
      const scaled = Float32Array.from(flat(weights), (weight) => weight * (keep[l] as number));
      network.setParameters(l, scaled, Float32Array.from(fixture.b[l] as number[]));
    });
    network.give({ weightMasks: fixture.wmasks_example.map((mask) => Uint8Array.from(flat(mask))) });
    network.rehearse(3);
    expect(network.batchLoss).toBeCloseTo(expected.loss, 5);
    expected.z.forEach((z, l) => {
      expect(relativeError(network.read(l + 1, 'z'), flat(z))).toBeLessThan(1e-5);
      const gradients = network.weightGradients(l).map((g) => g * (keep[l] as number));
      expect(relativeError(gradients, flat(expected.dW[l] as number[][]))).toBeLessThan(1e-5);
      expect(relativeError(network.biasGradients(l), expected.db[l] as number[])).toBeLessThan(1e-5);
    });
    expect(relativeError(network.read(0, 'grad'), flat(expected.dx))).toBeLessThan(1e-5);
  });

  it('draws the masks of the fixture by itself at step 3 of seed 42', () => {
    for (const scope of ['example', 'batch'] as const) {
      const network = build('relu', { mode: 'inverted', maskScope: scope });
      network.rehearse(3);
      fixture.masks.forEach((mask, l) => {
        const units = (mask[0] as number[]).length;
        const expected = scope === 'example' ? flat(mask) : Array.from({ length: 4 }, () => flat(mask).slice(0, units)).flat();
        expect([...(network.mask(l) as Uint8Array)]).toEqual(expected);
      });
    }
    const gaussian = build('relu', { mode: 'gaussian', maskScope: 'example' });
    gaussian.rehearse(3);
    fixture.normals.forEach((normals, l) => {
      const p = fixture.p_drop[l] as number;
      const expected = flat(normals).map((normal) => 1 + Math.sqrt(p / (1 - p)) * normal);
      expect(relativeError(gaussian.noise(l) as Float32Array, expected)).toBeLessThan(1e-6);
    });
  });

  it('evaluates as the standard mode does in eval, by keep', () => {
    const expected = fixture.cases.find(({ mode }) => mode === 'vanilla_eval') as Case;
    const network = build('relu', { mode: 'standard', maskScope: 'example' });
    network.rehearse(3);
    expect(network.evalLoss).toBeCloseTo(expected.loss, 5);
    expect(relativeError(network.read(3, 'evalOut'), flat(expected.z[2] as number[][]))).toBeLessThan(1e-5);
    expected.dropped_inputs.forEach((out, l) => {
      expect(relativeError(network.read(l, 'evalOut'), flat(out))).toBeLessThan(1e-5);
    });
  });
});
