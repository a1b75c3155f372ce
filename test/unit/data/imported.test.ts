import { describe, expect, it } from 'vitest';
import { importCsv } from '../../../src/data/importCsv';
import { MAX_EXAMPLES, splitExamples } from '../../../src/data/imported';
import { importIdx } from '../../../src/data/importIdx';

describe('CSV', () => {
  it('reads two classes with a line of names', () => {
    const examples = importCsv('x,y,label\n0.5,-1,1\n2,3e-1,0\n');
    expect(examples).toMatchObject({
      numInputs: 2,
      numOutputs: 1,
      loss: 'binary',
      inputNames: ['x', 'y'],
      classNames: ['0', '1'],
      leftOut: 0,
    });
    expect(Array.from(examples.inputs)).toEqual([0.5, -1, 2, Math.fround(0.3)]);
    expect(Array.from(examples.targets)).toEqual([1, 0]);
  });

  it('reads words as classes, sorted, and quoted cells with separators, quotes and line breaks', () => {
    const examples = importCsv('1;"b;""c"\n2;a\n3;"d\ne"\n\n4;a\n');
    expect(examples).toMatchObject({ numOutputs: 3, loss: 'softmax', inputNames: [], classNames: ['a', 'b;"c', 'd\ne'] });
    expect(Array.from(examples.targets)).toEqual([1, 0, 2, 0]);
  });

  it('sorts whole numbers as numbers', () => {
    expect(importCsv('0,10\n0,9\n0,2').classNames).toEqual(['2', '9', '10']);
  });

  it('reads values where they are no classes, or when told', () => {
    const values = importCsv('1\t0.5\n2\t-3\n');
    expect(values).toMatchObject({ loss: 'squared', numOutputs: 1, classNames: [] });
    expect(Array.from(values.targets)).toEqual([0.5, -3]);
    expect(importCsv('1,0\n2,1', { task: 'values' }).loss).toBe('squared');
    expect(importCsv('1,0.5\n2,-3', { task: 'classes' }).classNames).toEqual(['-3', '0.5']);
  });

  it('takes the target by name, keeps 0, and reads Windows line ends and a byte order mark', () => {
    const examples = importCsv('\uFEFFlabel,x\r\n0,0\r\n1,7\r\n', { target: 'label' });
    expect(Array.from(examples.inputs)).toEqual([0, 7]);
    expect(Array.from(examples.targets)).toEqual([0, 1]);
    expect(examples.inputNames).toEqual(['x']);
  });

  it('tells a line of names from a class that is a word', () => {
    expect(importCsv('1,label\n2,0\n3,1').targets.length).toBe(2);
    expect(importCsv('1,a\n2,b\n3,a').targets.length).toBe(3);
  });

  it.each([
    ['', 'there are no examples'],
    ['x,label\n', 'there are no examples'],
    ['x,y,label\n1,2,0\n1,abc,1', 'line 3: "y" must be a number, got "abc"'],
    ['x,y,label\n1,,0', 'line 2: "y" must be a number, got ""'],
    ['1,2,0\n1,2', 'line 2 has 2 cells, expected 3'],
    ['1,0\n2,"1', 'line 2: a quote is not closed'],
    ['1\n2', 'inputs must be in [1, 784], got 0'],
    ['1,0\n2,0', 'classes must be in [2, 10], got 1'],
    [Array.from({ length: 12 }, (_, i) => `1,k${i}`).join('\n'), 'classes must be in [2, 10], got 12'],
    [`${'1,'.repeat(785)}0`, 'inputs must be in [1, 784], got 785'],
  ])('refuses %j: %s', (text, message) => {
    expect(() => importCsv(text)).toThrow(message);
  });

  it('refuses a target that is not there, and values that are words', () => {
    expect(() => importCsv('x,y\n1,2', { target: 'z' })).toThrow('target "z" is not among the columns x, y');
    expect(() => importCsv('1,a\n2,b', { task: 'values' })).toThrow('line 1: "column 2" must be a number, got "a"');
  });

  it('counts what is beyond the limit', () => {
    const examples = importCsv(Array.from({ length: MAX_EXAMPLES + 3 }, (_, i) => `${i},${i % 2}`).join('\n'));
    expect([examples.targets.length, examples.leftOut]).toEqual([MAX_EXAMPLES, 3]);
  });
});

describe('IDX', () => {
  const words = (...values: number[]) => values.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
  const images = (lengths: number[], data: number[]) => Uint8Array.from([0, 0, 8, 3, ...words(...lengths), ...data]);
  const labels = (data: number[]) => Uint8Array.from([0, 0, 8, 1, ...words(data.length), ...data]);

  it('reads pictures in [0, 1] and their classes, from the middle of a buffer too', () => {
    const file = images([2, 1, 2], [0, 255, 51, 102]);
    const within = new Uint8Array([9, 9, ...file]).subarray(2);
    const examples = importIdx(within, labels([2, 0]));
    expect(examples).toMatchObject({ numInputs: 2, numOutputs: 3, loss: 'softmax', classNames: ['0', '1', '2'], leftOut: 0 });
    expect(Array.from(examples.inputs)).toEqual([0, 1, 0.2, 0.4].map(Math.fround));
    expect(Array.from(examples.targets)).toEqual([2, 0]);
  });

  it('labels of 0 alone are still two classes', () => {
    expect(importIdx(images([1, 1, 1], [7]), labels([0]))).toMatchObject({ numOutputs: 1, loss: 'binary' });
  });

  it.each([
    [labels([1]), labels([1]), 'images: not an IDX file of bytes with 3 axes'],
    [images([1, 1, 1], [7]), new Uint8Array(0), 'labels: not an IDX file of bytes with 1 axes'],
    [images([1, 2, 2], [7, 7]), labels([1]), 'images: 4 bytes of data announced, 2 found'],
    [images([2, 1, 1], [7, 7]), labels([1]), 'images hold 2 examples, labels 1'],
    [images([0, 1, 1], []), labels([]), 'there are no examples'],
    [images([1, 29, 28], Array<number>(812).fill(0)), labels([1]), 'pixels must be in [1, 784], got 812'],
    [images([1, 1, 1], [7]), labels([10]), 'classes must be in [2, 10], got 11'],
  ])('refuses what it cannot read: case %#', (pictures, classes, message) => {
    expect(() => importIdx(pictures, classes)).toThrow(message);
  });
});

describe('the split of imported examples', () => {
  const examples = importCsv(Array.from({ length: 40 }, (_, i) => `${i},${100 - i},${i % 2}`).join('\n'));

  it('puts each example in one of the two sets, input with its target', () => {
    const data = splitExamples(examples, 0.25, 7);
    expect([data.trainTargets.length, data.testTargets.length, data.trainFlipped.length]).toEqual([30, 10, 30]);
    const seen = [data.trainInputs, data.testInputs].flatMap((inputs) => Array.from(inputs).filter((_, k) => k % 2 === 0));
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    data.testTargets.forEach((target, i) => {
      expect(target).toBe((data.testInputs[2 * i] ?? NaN) % 2);
      expect(data.testInputs[2 * i + 1]).toBe(100 - (data.testInputs[2 * i] ?? NaN));
    });
  });

  it('is the same from the same seed, another from another', () => {
    expect(splitExamples(examples, 0.25, 0)).toEqual(splitExamples(examples, 0.25, 0));
    expect(splitExamples(examples, 0.25, 0).testInputs).not.toEqual(splitExamples(examples, 0.25, 1).testInputs);
  });

  it('leaves at least one example on each side', () => {
    expect(splitExamples(examples, 0, 7).testTargets.length).toBe(1);
    expect(splitExamples(examples, 1, 7).trainTargets.length).toBe(1);
  });

  it('refuses a share out of range and a lone example', () => {
    expect(() => splitExamples(examples, 2, 7)).toThrow(new RangeError('testShare must be in [0, 1], got 2'));
    expect(() => splitExamples(examples, NaN, 7)).toThrow(new RangeError('testShare must be in [0, 1], got NaN'));
    expect(() => splitExamples(importCsv('1,0.5'), 0.5, 7)).toThrow(new RangeError('examples must be 2 or more, got 1'));
  });
});
