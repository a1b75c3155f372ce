/** What the chapters say, on real studies: the words must follow the numbers. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../src/protocol/settings';
import { defaultParams, type EquivalenceParams, type TrainEvalParams } from '../../../../src/protocol/studyParams';
import { equivalenceStudy } from '../../../../src/studies/equivalence';
import { runStudy } from '../../../../src/studies/study';
import { trainEvalStudy } from '../../../../src/studies/trainEval';
import { changedNames } from '../../../../src/ui/chapters/framework/useFramework';
import { exactRule, flawedRules, verdictOf, verdictText } from '../../../../src/ui/chapters/scaling/equivalenceWords';
import { loopCode, newest, signature } from '../../../../src/ui/chapters/trainEval/trainEvalWords';

const twins = (patch: Partial<EquivalenceParams>) =>
  runStudy(equivalenceStudy, { ...defaultParams('equivalence'), p: 0.5, inputP: 0.5, learningRate: 0.2, steps: 60, ...patch });

describe('the verdict on the twins', () => {
  test('to the bit at keep 1/2 under the exact rule', () => {
    const result = twins({ rule: 'exact' });
    expect(verdictOf(result)).toBe('bits');
    expect(verdictText(result)).toBe('The same network to the bit, after each of 60 steps.');
    expect(Math.max(...result.difference)).toBe(0);
  });

  test('but for rounding at another keep', () => {
    const result = twins({ rule: 'exact', p: 0.4, inputP: 0.2 });
    expect(verdictOf(result)).toBe('rounding');
    expect(verdictText(result)).toMatch(/^The same network but for rounding: never more than \d\.\de−1\d apart in 60 steps\.$/);
  });

  test.each([
    ['naive', {}],
    ['startOnly', {}],
    ['biasesToo', {}],
    ['rateSquared', { optimizer: 'adam', learningRate: 0.01 }],
    ['sameDecay', { weightDecay: 0.01 }],
  ] as const)('apart under the rule %s', (rule, patch) => {
    const result = twins({ rule, ...patch });
    expect(verdictOf(result)).toBe('apart');
    expect(verdictText(result)).toMatch(/they part at step \d+, and after 60 steps their layers differ by up to \d+\s%\.$/);
  });

  test('offers only what can be wrong', () => {
    expect(flawedRules('sgd', 0)).toEqual(['startOnly', 'biasesToo']);
    expect(flawedRules('adam', 0.01)).toEqual(['startOnly', 'biasesToo', 'rateSquared', 'sameEpsilon', 'sameDecay']);
    expect(exactRule('adam', 0)).toContain('÷ q and ε × q');
    expect(exactRule('sgd', 0.01)).toContain('weight decay × q²');
  });
});

describe('the signature of train and eval', () => {
  const train = (patch: Partial<TrainEvalParams>) =>
    runStudy(trainEvalStudy, { ...defaultParams('trainEval'), p: 0.4, steps: 240, ...patch });
  const none = { forgotEval: false, forgotTrain: false };

  test('nothing forgotten: the numbers of the three curves', () => {
    const result = train(none);
    const text = signature(result, none);
    expect(text).toContain(`training loss of ${newest(result.correct.curves.trainEval).toFixed(2)}`);
    expect(text).toContain(`instead of ${newest(result.correct.curves.trainMasked).toFixed(2)}`);
    expect(result.correct.flicker).toBe(0);
  });

  test('forgot eval(): predictions flicker, and only part of the units judge', () => {
    const forgotten = { ...none, forgotEval: true };
    const result = train(forgotten);
    expect(result.switched.flicker).toBeGreaterThan(0.01);
    expect(result.switched.layers.every(({ evalKeptShare }) => evalKeptShare < 0.75)).toBe(true);
    expect(signature(result, forgotten)).toContain(`answers ${result.switched.flicker.toFixed(2)} apart`);
  });

  test('forgot train(): all units are kept from the first validation on, and two curves are one', () => {
    const forgotten = { ...none, forgotTrain: true };
    const result = train(forgotten);
    expect(result.switched.layers.map(({ keptShare }) => keptShare)).toEqual([1, 1]);
    expect(signature(result, forgotten)).toContain('100\u202f% of the units are kept');
  });

  test('both forgotten: nothing ever switches the masks off, in training or in validation', () => {
    const forgotten = { forgotEval: true, forgotTrain: true };
    const result = train(forgotten);
    expect(result.switched.layers.every(({ keptShare, evalKeptShare }) => keptShare < 0.75 && evalKeptShare < 0.75)).toBe(true);
    expect(signature(result, forgotten)).toMatch(/^Neither call: /);
  });

  test('the code strikes out what is missing', () => {
    const missing = (forgotten: typeof none) =>
      loopCode(forgotten).flatMap((line) => (typeof line !== 'string' && line.kind === 'missing' ? [line.text.trim()] : []));
    expect(missing(none)).toEqual([]);
    expect(missing({ forgotEval: true, forgotTrain: true })).toEqual(['model.train()', 'model.eval()']);
  });
});

describe('what changed last', () => {
  test('names the settings that differ, lists by their content', () => {
    expect(changedNames(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, p: 0, hidden: [...DEFAULT_SETTINGS.hidden] })).toEqual(['p']);
    expect(changedNames(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, hidden: [3], seed: 0 })).toEqual(['hidden', 'seed']);
    expect(changedNames(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS })).toEqual([]);
  });
});
