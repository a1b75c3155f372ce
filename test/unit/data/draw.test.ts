import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset';
import { type DataSettings, drawDataset } from '../../../src/data/draw';
import { PLANAR_NAMES } from '../../../src/data/planar';
import { WAVE_GAP, waveAt } from '../../../src/data/wave';
import { DATASETS, DEFAULT_SETTINGS } from '../../../src/protocol/settings';

const draw = (change: Partial<DataSettings>) => drawDataset({ ...DEFAULT_SETTINGS, trainSize: 80, ...change });
const clean = (change: Partial<DataSettings>) => draw({ noise: 0, labelNoise: 0, trainSize: 400, testSize: 400, ...change });

function hash(data: Dataset): string {
  const digest = createHash('sha256');
  for (const part of [data.trainInputs, data.trainTargets, data.trainFlipped, data.testInputs, data.testTargets]) {
    digest.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return digest.digest('hex').slice(0, 16);
}

/** Returns the share of test points whose nearest training point has their class. */
function nearestNeighbourAccuracy({ numInputs, trainInputs, trainTargets, testInputs, testTargets }: Dataset): number {
  let right = 0;
  testTargets.forEach((target, test) => {
    let nearest = Infinity;
    let label = -1;
    trainTargets.forEach((candidate, train) => {
      let distance = 0;
      for (let k = 0; k < numInputs; k++) {
        distance += ((trainInputs[train * numInputs + k] ?? NaN) - (testInputs[test * numInputs + k] ?? NaN)) ** 2;
      }
      if (distance < nearest) [nearest, label] = [distance, candidate];
    });
    right += Number(label === target);
  });
  return right / testTargets.length;
}

describe.each(DATASETS)('%s', (dataset) => {
  it('DA1 is the same again from the same seed, and another from another', () => {
    expect(hash(draw({ dataset }))).toBe(hash(draw({ dataset })));
    expect(new Set([0, 1, 7, 2 ** 32 - 1].map((dataSeed) => hash(draw({ dataset, dataSeed })))).size).toBe(4);
  });

  it('DA1 does not depend on what is no matter of data', () => {
    const settings = { ...DEFAULT_SETTINGS, trainSize: 80, dataset, seed: 3, hidden: [4], p: 0.9, batchSize: 7 };
    const elsewhere = drawDataset(settings);
    expect(hash(elsewhere)).toBe(hash(draw({ dataset })));
  });

  it('has the sizes asked for, and finite numbers', () => {
    const data = draw({ dataset, trainSize: 37, testSize: 11 });
    expect(data.trainInputs.length).toBe(37 * data.numInputs);
    expect([data.trainTargets.length, data.trainFlipped.length, data.testTargets.length]).toEqual([37, 37, 11]);
    expect(data.testInputs.length).toBe(11 * data.numInputs);
    for (const part of [data.trainInputs, data.trainTargets, data.testInputs]) expect(part.every(Number.isFinite)).toBe(true);
  });

  it('can be as small as one example', () => {
    const data = draw({ dataset, trainSize: 1, testSize: 1 });
    expect([data.trainTargets.length, data.testTargets.length]).toEqual([1, 1]);
  });

  it('begins with the smaller set when it grows', () => {
    const few = draw({ dataset, trainSize: 10, labelNoise: 0 });
    const many = draw({ dataset, trainSize: 30, labelNoise: 0 });
    expect(many.trainInputs.slice(0, few.trainInputs.length)).toEqual(few.trainInputs);
    expect(many.trainTargets.slice(0, 10)).toEqual(few.trainTargets);
  });

  it('trains and tests on different examples', () => {
    const { trainInputs, testInputs } = clean({ dataset });
    expect(testInputs).not.toEqual(trainInputs);
  });
});

describe('bits', () => {
  // Golden: these are the bits that addresses shared by people stand for. A change here changes everybody's data.
  it.each([
    ['moons', '88509c291286bc0e'],
    ['circles', 'f816a5c8ee34a91e'],
    ['xor', 'efc5298a75c7c125'],
    ['spiral', 'e80211fbd87a99e4'],
    ['gaussians', 'ac1ddb3a5ebf42a4'],
    ['wave', 'abf65c64c8cfb856'],
    ['digits', '18851696b6b6e7cc'],
  ] as const)('DA1 of %s are as ever', (dataset, expected) => {
    expect(hash(draw({ dataset }))).toBe(expected);
  });
});

describe.each(PLANAR_NAMES)('%s in the plane', (dataset) => {
  it('lies within about [−1.6, 1.6]² and is centred', () => {
    const { trainInputs } = clean({ dataset, trainSize: 2000 });
    const inside = trainInputs.filter((x) => Math.abs(x) <= 1.6).length / trainInputs.length;
    expect(inside).toBeGreaterThan(0.998);
    expect(trainInputs.every((x) => Math.abs(x) < 2.2)).toBe(true);
    const mean = trainInputs.reduce((sum, x) => sum + x, 0) / trainInputs.length;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1.2 / trainInputs.length)); // mean squares are below 1.2
  });

  it('has balanced classes', () => {
    for (const trainSize of [1, 2, 79, 80]) {
      const ones = clean({ dataset, trainSize }).trainTargets.reduce((sum, label) => sum + label, 0);
      expect(ones).toBe(Math.floor(trainSize / 2));
    }
  });

  it('can be told apart at low noise', () => {
    expect(nearestNeighbourAccuracy(clean({ dataset, noise: 0.05 }))).toBeGreaterThan(0.95);
  });

  it('carries noise of mean 0 and the standard deviation asked for, within 4 standard errors', () => {
    const size = 4000;
    const without = clean({ dataset, trainSize: size }).trainInputs;
    for (const noise of [0.2, 1]) {
      const moved = clean({ dataset, trainSize: size, noise }).trainInputs.map((x, index) => x - (without[index] ?? NaN));
      const mean = moved.reduce((sum, x) => sum + x, 0) / moved.length;
      const sd = Math.sqrt(moved.reduce((sum, x) => sum + x * x, 0) / moved.length);
      expect(Math.abs(mean)).toBeLessThan((4 * noise) / Math.sqrt(moved.length));
      expect(Math.abs(sd / noise - 1)).toBeLessThan(4 / Math.sqrt(2 * moved.length));
    }
  });
});

describe('shapes', () => {
  const points = (dataset: DataSettings['dataset']) => {
    const { trainInputs, trainTargets } = clean({ dataset });
    return Array.from(trainTargets, (label, i) => ({ x: trainInputs[2 * i] as number, y: trainInputs[2 * i + 1] as number, label }));
  };

  it('circles: radius 1.4 for class 0, 0.6 for class 1', () => {
    for (const { x, y, label } of points('circles')) expect(Math.hypot(x, y)).toBeCloseTo(label ? 0.6 : 1.4, 6);
  });

  it('xor: class 0 where the signs agree, and no point near an axis', () => {
    for (const { x, y, label } of points('xor')) {
      expect(label).toBe(x * y > 0 ? 0 : 1);
      expect(Math.min(Math.abs(x), Math.abs(y))).toBeGreaterThan(0.149);
    }
  });

  it('moons: half circles of radius 1', () => {
    for (const { x, y, label } of points('moons')) {
      const turned = label ? -1 : 1;
      expect(Math.hypot(turned * x + 0.5, turned * y + 0.25)).toBeCloseTo(1, 6);
      expect(turned * y).toBeGreaterThan(-0.2501);
    }
  });

  it('gaussians: clouds of standard deviation 0.25 about (±0.8, ±0.8)', () => {
    const offsets = points('gaussians').flatMap(({ x, y, label }) => [x - (label ? -0.8 : 0.8), y - (label ? -0.8 : 0.8)]);
    const sd = Math.sqrt(offsets.reduce((sum, offset) => sum + offset * offset, 0) / offsets.length);
    expect(Math.abs(sd / 0.25 - 1)).toBeLessThan(4 / Math.sqrt(2 * offsets.length));
  });
});

describe('wave', () => {
  it('lies on its curve without noise', () => {
    const { trainInputs, trainTargets } = clean({ dataset: 'wave' });
    trainInputs.forEach((x, i) => {
      expect(trainTargets[i]).toBeCloseTo(waveAt(x), 5);
    });
    expect(trainTargets.every((y) => Math.abs(y) < 1.4)).toBe(true);
  });

  it('trains on both sides of the gap and never in it; tests in it too', () => {
    const { trainInputs, testInputs } = clean({ dataset: 'wave', trainSize: 2000 });
    const inGap = (x: number) => x > Math.fround(WAVE_GAP.from) && x < Math.fround(WAVE_GAP.to);
    expect(trainInputs.some(inGap)).toBe(false);
    expect(Math.min(...trainInputs)).toBeLessThan(-1.9);
    expect(Math.max(...trainInputs)).toBeGreaterThan(1.9);
    const share = testInputs.filter(inGap).length / testInputs.length;
    expect(Math.abs(share - 0.9 / 4)).toBeLessThan(4 * Math.sqrt((0.225 * 0.775) / testInputs.length));
  });

  it('has noise on y alone', () => {
    const without = clean({ dataset: 'wave', trainSize: 4000 });
    const withNoise = clean({ dataset: 'wave', trainSize: 4000, noise: 0.3 });
    expect(withNoise.trainInputs).toEqual(without.trainInputs);
    const variance = withNoise.trainTargets.reduce((sum, y, i) => sum + (y - (without.trainTargets[i] ?? NaN)) ** 2, 0) / 4000;
    expect(Math.abs(variance / 0.09 - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
  });

  it('has no labels to turn', () => {
    const data = draw({ dataset: 'wave', labelNoise: 0.5 });
    expect(data.trainFlipped.every((flipped) => flipped === 0)).toBe(true);
    expect(data.trainTargets).toEqual(draw({ dataset: 'wave', labelNoise: 0 }).trainTargets);
  });
});

describe('digits', () => {
  it('are pixels in [0, 1], with ink on paper', () => {
    for (const noise of [0, 0.5]) {
      const { trainInputs } = clean({ dataset: 'digits', noise });
      expect(trainInputs.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true);
      for (let i = 0; i < 400; i++) {
        const sum = trainInputs.subarray(i * 64, i * 64 + 64).reduce((total, pixel) => total + pixel, 0);
        expect(sum).toBeGreaterThan(6);
        expect(sum).toBeLessThan(48);
      }
    }
  });

  it('have every class as often', () => {
    const counts = Array<number>(10).fill(0);
    for (const digit of clean({ dataset: 'digits', trainSize: 95 }).trainTargets) counts[digit] = (counts[digit] ?? NaN) + 1;
    expect(counts).toEqual([10, 10, 10, 10, 10, 9, 9, 9, 9, 9]);
  });

  it('can be told apart', () => {
    expect(nearestNeighbourAccuracy(clean({ dataset: 'digits', trainSize: 400, testSize: 100, noise: 0.1 }))).toBeGreaterThan(0.95);
  });

  it('of one class are no two alike', () => {
    const { trainInputs } = clean({ dataset: 'digits' });
    const threes = Array.from({ length: 40 }, (_, k) => String(trainInputs.slice((10 * k + 3) * 64, (10 * k + 4) * 64)));
    expect(new Set(threes).size).toBe(40);
  });
});

describe('label noise', () => {
  const flippedShare = (change: Partial<DataSettings>) => draw(change).trainFlipped.reduce((sum, flipped) => sum + flipped, 0);

  it.each([
    [0.1, 80, 8],
    [0.5, 80, 40],
    [0.5, 1, 1],
    [0.1, 1, 0],
    [0, 80, 0],
    [0.13, 37, 5],
  ])('DA2 of %d turns round(share · n) of %d labels: %d', (labelNoise, trainSize, expected) => {
    for (const dataset of ['moons', 'digits'] as const) expect(flippedShare({ dataset, labelNoise, trainSize })).toBe(expected);
  });

  it('DA2 marks exactly the labels that are wrong, and makes them a class that exists', () => {
    for (const dataset of ['spiral', 'digits'] as const) {
      const right = draw({ dataset, labelNoise: 0, trainSize: 300 });
      const wrong = draw({ dataset, labelNoise: 0.37, trainSize: 300 });
      expect(wrong.trainInputs).toEqual(right.trainInputs);
      wrong.trainTargets.forEach((label, i) => {
        expect(label !== right.trainTargets[i]).toBe(wrong.trainFlipped[i] === 1);
        expect(label >= 0 && label < (dataset === 'digits' ? 10 : 2) && Number.isInteger(label)).toBe(true);
      });
    }
  });

  it('is nested: a higher share turns the same labels and more', () => {
    const few = draw({ labelNoise: 0.1 }).trainFlipped;
    const many = draw({ labelNoise: 0.3 }).trainFlipped;
    expect(few.every((flipped, i) => flipped <= (many[i] ?? NaN))).toBe(true);
  });

  it('spreads the wrong labels of digits over the nine others', () => {
    const right = draw({ dataset: 'digits', labelNoise: 0, trainSize: 2000 });
    const wrong = draw({ dataset: 'digits', labelNoise: 0.5, trainSize: 2000 });
    const counts = Array<number>(10).fill(0);
    wrong.trainTargets.forEach((label, i) => {
      const away = (label - (right.trainTargets[i] ?? NaN) + 10) % 10;
      counts[away] = (counts[away] ?? NaN) + 1;
    });
    const bound = 4 * Math.sqrt(1000 * (1 / 9) * (8 / 9));
    expect(counts[0]).toBe(1000);
    for (const count of counts.slice(1)) expect(Math.abs(count - 1000 / 9)).toBeLessThan(bound);
  });

  it('DA2 never touches the test labels', () => {
    expect(draw({ labelNoise: 0.5 }).testTargets).toEqual(draw({ labelNoise: 0 }).testTargets);
  });
});

describe('own points', () => {
  const points = [
    [0.5, -1.5, 1],
    [0, 0, 0],
  ] as const;

  it('DA3 come last in the training set, as they were placed', () => {
    const without = draw({ labelNoise: 0.5 });
    const data = draw({ labelNoise: 0.5, points });
    expect(data.trainTargets.length).toBe(82);
    expect(data.trainInputs.slice(0, 160)).toEqual(without.trainInputs);
    expect(Array.from(data.trainInputs.slice(160))).toEqual([0.5, -1.5, 0, 0]);
    expect(Array.from(data.trainTargets.slice(80))).toEqual([1, 0]);
    expect([...data.trainFlipped]).toEqual([...without.trainFlipped, 0, 0]);
    expect(data.testInputs).toEqual(without.testInputs);
  });

  it('DA3 are x and y to the wave, and nothing to digits', () => {
    const wave = draw({ dataset: 'wave', points });
    expect(Array.from(wave.trainInputs.slice(80))).toEqual([0.5, 0]);
    expect(Array.from(wave.trainTargets.slice(80))).toEqual([-1.5, 0]);
    expect(hash(draw({ dataset: 'digits', points }))).toBe(hash(draw({ dataset: 'digits' })));
  });
});
