/** What the chapter "A crowd of sub-networks" shows, against enumeration in src/math and the crowd's own study. */
import { describe, expect, test } from 'vitest';
import { defaultParams, type SubnetworksParams } from '../../../../src/protocol/studyParams';
import { runStudy } from '../../../../src/studies/study';
import { subnetworksStudy } from '../../../../src/studies/subnetworks';
import { crowdTable, gapText, maskBits, structureText, trainedText, wallTable } from '../../../../src/ui/chapters/crowd/crowd';
import { drawnPasses } from '../../../../src/ui/chapters/crowd/Passes';
import { placeAt } from '../../../../src/ui/chapters/crowd/PlacePlane';
import { hiddenOf } from '../../../../src/ui/chapters/crowd/useCrowd';

const run = (patch: Partial<SubnetworksParams>) =>
  runStudy(subnetworksStudy, {
    ...defaultParams('subnetworks'),
    steps: 60,
    hidden: [6],
    passes: 40,
    thumbnails: 5,
    thumbnailSide: 6,
    ...patch,
  });

describe('the three numbers', () => {
  test('agree exactly with one masked layer into softmax, and do not with two', () => {
    const one = run({}).crowd;
    const two = run({ hidden: [4, 4], steps: 300 }).crowd;
    if (!one || !two) throw new Error('the training did not end');
    expect(gapText(one.geometricMean, one.weightScaling)).toMatch(/^0$|rounding$/);
    expect(Number(gapText(one.arithmeticMean, one.weightScaling))).toBeGreaterThan(0.0005);
    expect(Number(gapText(two.geometricMean, two.weightScaling))).toBeGreaterThan(0.0005);
  });

  test('are those of the masks one by one', () => {
    const { crowd, numMasked, numMasks } = run({ p: 0.3 });
    if (!crowd) throw new Error('the training did not end');
    let [mean, total] = [0, 0];
    crowd.predictions.forEach((prediction, maskId) => {
      const kept = maskBits(maskId, numMasked).reduce((sum, bit) => sum + bit, 0);
      const chance = 0.7 ** kept * 0.3 ** (numMasked - kept);
      mean += chance * prediction;
      total += chance;
    });
    expect(total).toBeCloseTo(1, 9);
    const rows = new Map(crowdTable(crowd, numMasks).rows.map(([name, value]) => [name, value]));
    expect(Number(rows.get('arithmetic mean'))).toBeCloseTo(mean, 5);
    expect(Number(rows.get('weight scaling, one pass'))).toBeCloseTo(crowd.weightScaling, 5);
  });

  test.each([0, 1])('p = %d leaves one sub-network, and every number is one', (p) => {
    const result = run({ p });
    const { crowd } = result;
    if (!crowd) throw new Error('the training did not end');
    expect(crowd.arithmeticMean).toBeCloseTo(crowd.predictions[p === 0 ? result.numMasks - 1 : 0] ?? Number.NaN, 6);
    const rows = [...crowdTable(crowd, result.numMasks).rows, ...wallTable(result, crowd).rows];
    expect(rows.flat().filter((text) => /NaN|number/.test(text))).toEqual([]);
    expect(trainedText(result)).toMatch(/^1 different sub-network of 64 trained so far/);
  });
});

describe('small readings', () => {
  test('bit i of a mask’s number is unit i', () => {
    expect([...maskBits(0b0110, 4)]).toEqual([0, 1, 1, 0]);
    expect([...maskBits(2 ** 14 - 1, 14)]).toEqual(Array(14).fill(1));
  });

  test('units are shared by two layers, none is lost', () => {
    expect(hiddenOf('one', 9)).toEqual([9]);
    expect(hiddenOf('two', 9)).toEqual([5, 4]);
    expect(hiddenOf('two', 2)).toEqual([1, 1]);
    expect(structureText({ hidden: [5, 4] })).toBe('two masked layers, 5 and 4 units');
  });

  test('the plane is [−2, 2]², its first row at the top; outside counts as its edge', () => {
    expect(placeAt(0, 0)).toEqual({ x: -2, y: 2 });
    expect(placeAt(0.5, 0.75)).toEqual({ x: 0, y: -1 });
    expect(placeAt(1.7, -3)).toEqual({ x: 2, y: 2 });
  });

  test('drawn passes rise from the first to the last', () => {
    for (const count of [1, 2, 500, 5000]) {
      const passes = drawnPasses(count);
      expect([passes[0], passes.at(-1)]).toEqual([1, count]);
      expect(passes).toEqual([...new Set(passes)].sort((a, b) => a - b));
    }
  });
});
