/** The scripts of the studies that train, read as text: all bugs in one registry, and what of a run the page hands over. */
import { describe, expect, test } from 'vitest';
import { createStudySweep } from '../../../src/export/sweeps';
import { BUG_IDS } from '../../../src/protocol/bugs';
import type { StudyPatch } from '../../../src/protocol/study';
import type { StudyName } from '../../../src/protocol/studyParams';
import { doStudy } from '../../exports/studyCases';

async function write<Name extends StudyName>(name: Name, patch: StudyPatch<Name>): Promise<string> {
  return createStudySweep(name, await doStudy(name, patch)).content;
}

/** Returns the numbers of one name that the page hands over, as written. */
function handedOver(source: string, name: string): readonly string[] | null {
  const entry = new RegExp(`^ {8}"${name}": \\(\\[([^\\]]*)\\]`, 'm').exec(source)?.[1];
  return entry?.split(/,\s*/).filter((text) => text.trim() !== '') ?? null;
}

describe('the script of a bug', () => {
  test('holds every bug, each with the number that gives it away, and names the one of the page', async () => {
    const source = await write('bug', { bug: 'alphaSign', p: 0.3, steps: 1 });
    expect(source).toContain('BUG = "alphaSign"');
    const [registry, signatures] = ['BUGS', 'SIGNATURES'].map(
      (name) => source.slice(source.indexOf(`\n${name} = dict(`)).split('\n)')[0] ?? '',
    );
    for (const bug of BUG_IDS) {
      expect(registry).toContain(`    ${bug}=(`);
      expect(signatures).toContain(`    ${bug}=(`);
    }
  });

  test('is the same text for every bug but for the name and the numbers of the page', async () => {
    const [one, other] = await Promise.all(
      (['evalHalved', 'sameMaskEveryStep'] as const).map(async (bug) => {
        const source = await write('bug', { bug, p: 0.3, steps: 1 });
        return source.replace(`BUG = "${bug}"`, '').replace(/PAGE = \{[^}]*\}/s, '');
      }),
    );
    expect(one?.slice(0, one.indexOf('PAGE_SEED'))).toBe(other?.slice(0, other.indexOf('PAGE_SEED')));
  });

  test('has nan where the page stopped at a loss that is not finite', async () => {
    const source = await write('bug', { bug: 'nothingKeptNaN', p: 1, steps: 4 });
    expect(handedOver(source, 'wrong_test')?.slice(1)).toEqual(['NAN', 'NAN', 'NAN', 'NAN']);
    expect(handedOver(source, 'correct_test')).not.toContain('NAN');
    expect(source).toContain('"wrong_steps": (1, 0)');
  });
});

describe('what the page hands over of a training', () => {
  test.each<[number, number, boolean]>([
    [7, 8, true],
    [243, 82, true], // 81 points, and one for what is left over
    [1001, 84, false],
    [1500, 56, false],
  ])('of %d steps: %d points of each curve; what comes out in the end: %s', async (steps, count, isWhole) => {
    const source = await write('trainEval', { hidden: [1], p: 0.3, steps });
    expect(handedOver(source, 'correct_train_eval')).toHaveLength(count);
    expect(source.includes('"correct_test_accuracy": (')).toBe(isWhole);
    expect(source.includes('"below_share": (')).toBe(isWhole);
  });

  test('two sides where a switch is forgotten, else one', async () => {
    expect(await write('trainEval', { hidden: [1], p: 0.3, steps: 2, forgotTrain: true })).toContain('"switched_steps": (2, 0)');
    expect(await write('trainEval', { hidden: [1], p: 0.3, steps: 2 })).not.toContain('"switched_steps"');
  });

  test('of twins that coincide the size of what is left between them, of others how far they are apart', async () => {
    const allowed = (source: string) => /"layer_difference": \(\[[^\]]*\], (.*)\)/.exec(source)?.[1];
    const base = { p: 0.3, optimizer: 'sgd', steps: 5 } as const;
    expect(allowed(await write('equivalence', { ...base, rule: 'exact' }))).toBe('[1.00e-5, 1.00e-5, 1.00e-5]');
    expect(allowed(await write('equivalence', { ...base, rule: 'naive' }))).toBe('[1.00e-7, 1.00e-7, 1.00e-7]');
  });

  test('of sub-networks without a step what the untrained net says', async () => {
    const source = await write('subnetworks', { hidden: [3], p: 0.3, steps: 0 });
    expect(handedOver(source, 'test')).toHaveLength(1);
    expect(source).toContain('"distinct_trained": (0, 0)');
  });

  test.each<[StudyName, boolean]>([
    ['equivalence', true],
    ['bug', true],
    ['moments', false],
  ])('%s can say that a run is wild: %s', async (name, isTrained) => {
    const source = await write(name, name === 'moments' ? { draws: 100 } : { steps: 1 });
    expect(source.includes('def say_if_wild(')).toBe(isTrained);
    expect(source.includes('                say_if_wild(name, p, here, wanted)\n                return False\n')).toBe(isTrained);
    expect(source).toContain('                return False\n');
    expect(source).not.toContain('# afterwards');
  });
});
