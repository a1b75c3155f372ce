import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';
import { formatAddress, parseAddress } from '../../../src/store/address';

test('the address of the defaults is empty, and the empty address gives the defaults', () => {
  expect(formatAddress(DEFAULT_SETTINGS)).toBe('');
  expect(parseAddress('')).toEqual({ settings: DEFAULT_SETTINGS, view: {}, notices: [] });
});

test('ST2 zeros in the address are values', () => {
  const { settings, notices } = parseAddress('?p=0&mode=gaussian&seed=0&flip=0&debug');
  expect(settings).toMatchObject({ p: 0, mode: 'gaussian', seed: 0, labelNoise: 0 });
  expect(notices).toEqual([]);
});

test('what is none of ours is left alone, `debug` opens the overlay', () => {
  expect(parseAddress('?utm=1&P=0.2').settings).toBe(DEFAULT_SETTINGS);
  expect(parseAddress('?debug').view).toEqual({ debug: true });
});

describe('there and back', () => {
  test.each<Partial<Settings>>([
    { p: 0.3, mode: 'gaussian', seed: 0 },
    { hidden: [], layerP: [] },
    { hidden: [1], layerP: [null] },
    { hidden: [3, 4, 5], layerP: [0.1, null, 0] },
    { layerP: [null, 0.2] },
    { layerP: [null, null] },
    { points: [[0.5, -1, 0]] },
    {
      points: [
        [0.5, -1, 0],
        [1e-7, 2, 1],
      ],
    },
    { learningRate: 1e-7, dataset: 'digits', phase: 'mc', passes: 7 },
  ])('%o', (patch) => {
    const settings = parseSettings(patch, DEFAULT_SETTINGS);
    expect(parseAddress(`?${formatAddress(settings)}`)).toEqual({ settings, view: {}, notices: [] });
  });
});

test('lists stay readable in the address', () => {
  const settings = parseSettings(
    {
      hidden: [3, 4],
      points: [
        [0, 1, 1],
        [1, 0, 0],
      ],
    },
    DEFAULT_SETTINGS,
  );
  expect(formatAddress(settings)).toBe('points=0,1,1;1,0,0&hidden=3,4');
});

test('ST2 bad values are refused one by one, with the default kept and a notice for each', () => {
  const { settings, notices } = parseAddress('?p=1.5&seed=&hidden=4,x&lr=0.3&mode=what&noise=NaN');
  expect(settings).toEqual({ ...DEFAULT_SETTINGS, learningRate: 0.3 });
  expect(notices.map(({ key, text }) => `${key}=${text}`)).toEqual(['noise=NaN', 'hidden=4,x', 'mode=what', 'p=1.5', 'seed=']);
  expect(notices.at(3)?.message).toBe('p=1.5: p must be between 0 and 1, got 1.5. 0.5 is used instead.');
  expect(notices.at(1)?.message).toContain('got [4, "x"]');
});

test('DR4 what does not go together loses the later of the two', () => {
  const { settings, notices } = parseAddress('?p=1&mode=alpha');
  expect(settings).toMatchObject({ mode: 'alpha', p: DEFAULT_SETTINGS.p });
  expect(notices.map(({ key }) => key)).toEqual(['p']);
});
