/** The words of the page: every mode and phase, p = 0 and p = 1, NaN, singular and plural. */
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { compileCore } from '../../../src/kernels/core';
import type { CoreUnavailableError } from '../../../src/kernels/coreError';
import { loadCore } from '../../../src/kernels/coreFile';
import { DEFAULT_SETTINGS, MODES, PHASES, type Settings } from '../../../src/protocol/settings';
import { CONVENTIONS } from '../../../src/store/labStore';
import {
  activationCaption,
  activationLines,
  compareMeans,
  keptBand,
  labSummary,
  lossCaption,
  maskCaption,
  maskLegend,
  networkCaption,
  surfaceCaption,
} from '../../../src/ui/words/captions';
import { difference, standing } from '../../../src/ui/words/compare';
import { bothWays, counterpart, fromShown, inverseKeep, probabilityLabel, toShown } from '../../../src/ui/words/convention';
import { brief, compact, counted, fixed, grouped, listed, percent, portion, trimmed } from '../../../src/ui/words/format';
import { expectedScale, survivors, warnings } from '../../../src/ui/words/modes';
import type { LayerNumbers, Numbers } from '../../../src/ui/words/numbers';
import { plain } from '../../../src/ui/words/phrase';
import { describeProblem } from '../../../src/ui/words/problems';
import { effectNote, refusal, valueText } from '../../../src/ui/words/settings';
import { stageCaption } from '../../../src/ui/words/slowMotion';
import { story } from '../../../src/ui/words/story';
import { STAGES } from '../../../src/viz/stage';
import { bootFailure } from '../../../src/worker/failure';

const settings = (patch: Partial<Settings> = {}): Settings => ({ ...DEFAULT_SETTINGS, ...patch });

function layer(patch: Partial<LayerNumbers> = {}): LayerNumbers {
  const base = {
    trainMean: 0.63,
    trainSd: 0.9,
    trainZeros: 0.7,
    evalMean: 0.64,
    evalSd: 0.5,
    evalZeros: 0.4,
    predictedMean: 0.64,
    predictedError: 0.02,
    kept: 135,
    drawn: 288,
    p: 0.5,
    keepProb: 0.5,
    scale: 2,
    binLow: 0,
    binHigh: 4,
    masked: 1,
    units: 12,
  };
  return { ...base, ...patch };
}

function numbers(layers: readonly LayerNumbers[], header: Partial<Numbers['header']> = {}): Numbers {
  const base = {
    revision: 1,
    step: 240,
    epoch: 60,
    shownStep: 239,
    rehearsal: 0,
    batchSize: 24,
    numRows: 24,
    loss: 0.52,
    evalLoss: 0.4,
    curveCount: 24,
    surfacePasses: 0,
    trainAccuracy: 0.9,
    testAccuracy: 0.85,
    trainLoss: 0.41,
    testLoss: 0.45,
    stepsPerSecond: 60,
    sliceMs: 1,
    skippedFrames: 0,
  };
  return { header: { ...base, ...header }, layers, recentLoss: 0.52 };
}

const input = layer({ masked: 0, drawn: 0, kept: 0, p: 0, keepProb: 1, scale: 1, units: 2 });
const output = layer({ masked: 0, drawn: 0, kept: 0, p: 0, keepProb: 1, scale: 1, units: 1 });
const network = (hidden: Partial<LayerNumbers> = {}, header: Partial<Numbers['header']> = {}) =>
  numbers([input, layer(hidden), output], header);
const space = (text: string) => text.replace(/\u202f/g, ' ');

describe('numbers for people', () => {
  test('NaN, infinities, negative zero and huge values have words of their own', () => {
    expect(fixed(Number.NaN)).toBe('not a number');
    expect(fixed(Number.NEGATIVE_INFINITY)).toBe('minus infinity');
    expect(fixed(-0.001)).toBe('0.00');
    expect(fixed(-1.5)).toBe('−1.50');
    expect(fixed(2.5e25)).toBe('2.5e25');
    expect(percent(Number.NaN)).toBe('not a number');
  });
  test('trims decimals but keeps two', () => {
    expect([0.5, 0.125, 0, 1].map((value) => trimmed(value))).toEqual(['0.50', '0.125', '0.00', '1.00']);
  });
  test('counts in singular, plural and none', () => {
    expect([0, 1, 2].map((count) => counted(count, 'pass', 'passes'))).toEqual(['no passes', '1 pass', '2 passes']);
    expect(space(grouped(1240))).toBe('1 240');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  });
  test('names simple shares', () => {
    expect([0, 0.2, 0.5, 1].map(portion)).toEqual(['none', 'a fifth', 'half', 'all']);
    expect(space(portion(0.31))).toBe('31 %');
  });
  test('writes numbers of unknown size in little room', () => {
    expect([0, 0.00012, 0.05, 12.345].map(compact)).toEqual(['0.000', '1.2e−4', '0.050', '12.35']);
  });
});

describe('conventions of p', () => {
  test.each(CONVENTIONS)('%s: what is shown turns back into the same drop probability', (convention) => {
    for (const p of [0, 0.05, 0.1, 0.2, 0.3, 0.7, 0.8, 1]) expect(fromShown(convention, toShown(convention, p))).toBe(p);
  });
  test('both ways are always there, the chosen one first', () => {
    expect(bothWays('drop', 0.2)).toBe('drop 0.20 = keep 0.80');
    expect(bothWays('keep-paper', 0.2)).toBe('keep 0.80 = drop 0.20');
    expect(counterpart('keep_prob', 0.2)).toEqual({ label: 'drop 1 − keep_prob', value: '0.20' });
    expect(inverseKeep('drop')).toBe('1 ÷ (1 − p)');
    expect(inverseKeep('keep-paper')).toBe('1 ÷ p');
  });
  test('labels turn with the convention', () => {
    expect(CONVENTIONS.map((convention) => probabilityLabel(convention))).toEqual([
      'drop rate p',
      'rate (drop)',
      'keep probability p',
      'keep_prob',
    ]);
    expect(probabilityLabel('keep-paper', 'input')).toBe('input keep p');
  });
});

describe('modes', () => {
  test.each(MODES)('%s: every phase, p = 0, p = 1 and NaN make whole sentences', (mode) => {
    for (const phase of PHASES) {
      for (const p of [0, 0.37, 1]) {
        const now = settings({ mode, phase, p });
        const hidden = { p, keepProb: 1 - p, masked: p > 0 ? 1 : 0, drawn: p > 0 ? 288 : 0, kept: Math.round(288 * (1 - p)) };
        for (const all of [
          network(hidden),
          network({ ...hidden, trainMean: Number.NaN, evalMean: Number.NaN }, { loss: Number.NaN, trainLoss: Number.NaN }),
        ]) {
          const texts = [
            networkCaption(now, all, 0),
            story(now, all),
            lossCaption(now, all),
            surfaceCaption(now, all),
            activationCaption(now, all),
          ];
          for (const text of [...texts, ...activationLines(now, all.layers[1] as LayerNumbers)].map(plain)) {
            expect(text).toMatch(/\S/);
            expect(text).not.toMatch(/undefined|null|NaN|Infinity|\s{2,}/);
          }
        }
      }
    }
  });
  test('what a kept value is multiplied by', () => {
    expect(survivors('inverted', 0.2, expectedScale('inverted', 0.2))).toEqual({ label: 'survivors ×', value: '1.25' });
    expect(survivors('standard', 0.2, expectedScale('standard', 0.2)).value).toBe('1.00');
    expect(survivors('gaussian', 0.2, 1)).toEqual({ label: 'noise sd', value: '0.50' });
    expect(survivors('inverted', 1, expectedScale('inverted', 1)).value).toBe('none left');
  });
  test('alpha without selu, and dropping everything, are warned about', () => {
    expect(warnings(settings({ mode: 'alpha', activation: 'relu' }))).toHaveLength(1);
    expect(warnings(settings({ mode: 'alpha', activation: 'selu' }))).toHaveLength(0);
    expect(warnings(settings({ mode: 'inverted', p: 1 })).join()).toContain('Everything is dropped');
    expect(warnings(settings({ mode: 'none', p: 1 }))).toHaveLength(0);
  });
});

describe('sentences under the figures', () => {
  test('the story names the share, the factor and whether the means agree', () => {
    expect(plain(story(settings(), network()))).toBe(
      'Half the units sit out each step, so the survivors are doubled. That is why the train and eval means of hidden 1 agree: 0.63 ≈ 0.64.',
    );
    expect(plain(story(settings({ mode: 'unscaled', p: 0.2 }), network({ trainMean: 0.5, evalMean: 0.64, p: 0.2, scale: 1 })))).toBe(
      'A fifth of the units sit out each step, and nothing makes up for it. So the train and eval means of hidden 1 part: 0.50 ≠ 0.64.',
    );
  });
  test('a layer that gives nothing but zeros is not said to agree with itself', () => {
    const silent = network({ trainMean: 0, evalMean: 0, trainZeros: 1, evalZeros: 1 });
    expect(plain(story(settings({ p: 0.2 }), silent))).toMatch(/But hidden 1 is silent for this whole batch/);
    expect(plain(story(settings({ p: 0.2 }), silent))).not.toContain('agree');
  });
  test('numbers of five digits and more stay short where columns are narrow', () => {
    expect(brief(-9999.5)).toBe('−9999.50');
    expect(brief(11582.31)).toBe('1.2e4');
    expect(brief(Number.NaN)).toBe('not a number');
    expect(plain(activationLines(settings(), layer({ trainMean: 11582.31, evalMean: 11886.82 }))[0] ?? [])).not.toContain('11582');
  });
  test('what theory expects is said where there is room for it', () => {
    const said = (hasRoom: boolean) => plain(activationLines(settings(), layer(), hasRoom)[0] ?? []);
    expect(said(true)).toBe(`${said(false)}, theory 0.64\u202f±\u202f0.02`);
  });
  test('chance is told from a real gap', () => {
    expect(compareMeans({ trainMean: 1, evalMean: 1.04, predictedError: 0 })).toBe('agree');
    expect(compareMeans({ trainMean: 1, evalMean: 1.2, predictedError: 0.1 })).toBe('scatter');
    expect(compareMeans({ trainMean: 1, evalMean: 1.5, predictedError: 0.1 })).toBe('part');
  });
  test('the mask says what was kept, against what was expected', () => {
    expect(space(plain(maskCaption(settings(), layer())))).toBe('kept 47 % of 288, expected 50 %');
    expect(plain(maskCaption(settings({ p: 0 }), layer({ drawn: 0, masked: 0, p: 0 })))).toBe('nothing dropped: drop 0.00 = keep 1.00');
    expect(plain(maskCaption(settings({ phase: 'eval' }), layer()))).toContain('nothing is dropped in eval');
    expect(maskLegend(settings({ batchSize: 1 }), 1)[0]).toBe('rows: 1 example');
    expect(maskLegend(settings({ maskScope: 'batch' }), 24)[0]).toBe('rows: 24 examples, one mask for all');
  });
  test('the band of three standard deviations is the binomial one', () => {
    const { low, high } = keptBand({ keepProb: 0.8, drawn: 400 });
    expect(low).toBeCloseTo(0.74, 10);
    expect(high).toBeCloseTo(0.86, 10);
    expect(keptBand({ keepProb: 0, drawn: 10 })).toEqual({ low: 0, high: 0 });
  });
  test('misread test points: none, one, many', () => {
    const caption = (testAccuracy: number) => space(plain(surfaceCaption(settings({ testSize: 100 }), network({}, { testAccuracy }))));
    expect(caption(1)).toContain('No test point is misread: 100 % right.');
    expect(caption(0.99)).toContain('1 test point is misread (ringed)');
    expect(caption(0.9)).toContain('10 test points are misread (ringed)');
  });
  test('Monte-Carlo says how many passes it has averaged', () => {
    expect(plain(surfaceCaption(settings({ phase: 'mc' }), network({}, { surfacePasses: 1 })))).toContain('Mean of 1 masked pass;');
    expect(plain(surfaceCaption(settings({ phase: 'mc', dataset: 'digits' }), network()))).toMatch(/^Eval mode, the whole network\./);
  });
  test('a pass that was not trained is called a rehearsal', () => {
    expect(plain(networkCaption(settings(), network({}, { rehearsal: 1 }), 0))).toContain('Rehearsal, not trained');
  });
  test('a loss that is no number is said to be none', () => {
    expect(plain(lossCaption(settings(), network({}, { testLoss: Number.NaN })))).toBe('The loss is no longer a number.');
    expect(labSummary(settings(), 'drop', network({}, { trainLoss: Number.NaN }))).toContain('the loss is not a number');
  });
  test.each(STAGES)('slow motion, %s: real numbers in the caption', (stage) => {
    const gradients = { largestWeightGradient: 0.31, blockedCells: 141, hiddenCells: 288 };
    expect(plain(stageCaption(stage, settings(), network(), gradients))).toMatch(/\d/);
  });
});

describe('comparison', () => {
  test('says what differs and what is the same', () => {
    expect(difference('drop', settings(), settings({ mode: 'none' }))).toBe(
      'Only the mode differs: A has Inverted, B has None. Data, initial weights and random numbers are the same.',
    );
    expect(difference('drop', settings(), settings())).toContain('bit for bit alike');
    expect(difference('keep-paper', settings({ p: 0.2 }), settings({ p: 0 }))).toContain('A has keep 0.80 = drop 0.20');
    expect(difference('drop', settings(), settings({ seed: 0 }))).toContain('initial weights and random numbers are not');
  });
  test('says how both stand, and when they are not at the same step', () => {
    expect(standing(network(), network({}, { testLoss: 0.6 }))).toContain('test loss 0.45 against 0.60');
    expect(standing(network(), network({}, { step: 3 }))).toBe('A is at step 240, B at step 3.');
  });
});

describe('settings and problems', () => {
  test('a refusal names field, value and range', () => {
    expect(refusal('points', 6000, 1, 5000, true)).toBe('points must be between 1 and 5000, got 6000.');
    expect(refusal('p', Number.NaN, 0, 1, false)).toContain('must be a number between');
    expect(refusal('p', 1, 0, 1, false, true)).toContain('below 1');
    expect(refusal('units', 1.5, 1, 512, true)).toBe('units must be a whole number, got 1.5.');
    expect(refusal('seed', 0, 0, 10, true)).toBeNull();
  });
  test('a panel says which of its settings restart the run', () => {
    expect(effectNote(['dataset', 'trainSize'])).toBe('A change here restarts the run.');
    expect(effectNote(['optimizer', 'learningRate'])).toBe('Optimiser restarts the run.');
    expect(effectNote(['p'])).toBe('Changes apply from the next step on.');
  });
  test('values of settings in words', () => {
    expect(valueText('maxNorm', 0)).toBe('off');
    expect(valueText('hidden', [12, 8])).toBe('12 · 8');
    expect(valueText('layerP', [null, 0.25])).toBe('p · 0.25');
    expect(valueText('p', 0)).toBe('0.00');
  });
  test('a blocked worker names what its own kind needs: the page a file of its own, an embed a blob', () => {
    for (const code of ['worker-blocked', 'wasm-blocked'] as const) {
      expect(describeProblem(code, '', settings()).remedies[0]).toContain("'self' to worker-src");
      expect(describeProblem(code, '', settings(), 'blob:').remedies[0]).toContain('blob: to worker-src');
    }
  });
  test('SC8 a browser without WebAssembly is told from a page that forbids it: the words of the core lead to its own remedy', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    const error: unknown = await compileCore().catch((reason: unknown) => reason);
    vi.unstubAllGlobals();
    const { code, message } = error as CoreUnavailableError;
    const { remedies } = describeProblem(bootFailure(error).code, message, settings());
    expect(code).toBe('wasm-off');
    expect(remedies.join()).toContain('Lockdown Mode');
    expect(remedies.join()).not.toContain('Content-Security-Policy');
  });
  test('SC8 a core that did not arrive is told from one that failed: its own title, the file and the policy by name', async () => {
    const error: unknown = await loadCore().catch((reason: unknown) => reason);
    const { code, message } = bootFailure(error);
    const problem = describeProblem(code, message, settings());
    expect(problem.title).toBe('The core did not arrive');
    expect(problem.remedies.join()).toContain("connect-src of its Content-Security-Policy allows 'self'");
    expect(describeProblem('internal', 'The training worker has failed: no core.wasm.', settings()).title).not.toBe(problem.title);
  });
  test('a browser that is too old is sent to those which the README names', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const versions = /Chrome and Edge (\d+), Firefox (\d+), Safari ([\d.]+), or later/.exec(readme)?.slice(1);
    expect(versions).toHaveLength(3);
    expect(describeProblem('no-simd', '', settings()).remedies[0]?.match(/\d[\d.]*/g)).toEqual(versions);
  });
  test('every failure has a title, a way out and a button', () => {
    for (const code of [
      'protocol',
      'no-simd',
      'wasm-off',
      'wasm-blocked',
      'core-missing',
      'worker-blocked',
      'worker-sandboxed',
      'worker-untrusted',
      'worker-lost',
      'non-finite',
      'bad-request',
      'internal',
    ] as const) {
      const problem = describeProblem(code, 'the message', settings());
      expect(problem.title).toMatch(/\w/);
      expect(problem.remedies.length).toBeGreaterThan(0);
    }
    expect(describeProblem('non-finite', '', settings({ learningRate: 3 })).remedies[0]).toContain('now 3.00');
  });
});
