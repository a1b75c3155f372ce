/** The scripts of the chapters' studies, read as text: what they carry, what they offer, what they refuse. Python runs them in test/exports. */
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createStudySweep } from '../../../src/export/sweeps';
import type { StudyName } from '../../../src/protocol/studyParams';
import { doStudy, STUDY_CASES } from '../../exports/studyCases';

const NAMES = Object.keys(STUDY_CASES) as StudyName[];

/** Returns what a constant of the script is set to. */
const constant = (source: string, name: string) => new RegExp(`^${name} = (.*?)(?:  #|$)`, 'm').exec(source)?.[1];
const values = (source: string) => (constant(source, 'PS') ?? '').replace(/[(),]/g, ' ').trim().split(/\s+/).map(Number);
/** Returns the page's number of that name, as the script has it. */
const wanted = (source: string, name: string) => new RegExp(`^ {8}"${name}": \\(([^,]+),`, 'm').exec(source)?.[1];

describe('a study as a JAX sweep', () => {
  test.each(NAMES)('%s has a script, with its seed and whatever else it ran with', async (name) => {
    const [patch = {}] = STUDY_CASES[name];
    const done = await doStudy(name, { ...patch, seed: 7 });
    const { content, name: file, type } = createStudySweep(name, done);
    expect([file, type]).toEqual([expect.stringMatching(/^dropout_lab_[a-z_]+\.py$/), 'text/x-python']);
    expect(content).toContain(`    python ${file}\n`);
    expect(constant(content, 'PAGE_SEED')).toBe('7');
    expect(content).toContain('SEEDS = tuple((7 + i) % 2**32 for i in range(8))');
    expect(content).toContain('def study(seed, p):');
    expect(content.slice(0, content.indexOf('def difference('))).not.toMatch(/undefined|\bNaN\b|Infinity|\[object/);
    const axis = constant(content, 'AXIS')?.slice(1, -1);
    for (const [param, value] of Object.entries(done.params)) {
      const key = param.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      if (param === 'seed' || key === axis || param === 'ps') continue;
      const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? `"${value}"` : null;
      expect(constant(content, key.toUpperCase())).toEqual(text ?? expect.stringMatching(/^(\(.*\)|True|False)$/));
    }
  });

  test('carries the numbers of the page: counts and masks to the last one, others with what is allowed', async () => {
    const done = await doStudy('maskShapes', { p: 0.35, seed: 0 });
    const { content } = createStudySweep('maskShapes', done);
    const { mask } = done.result.shapes.timeShared;
    expect(wanted(content, 'time_shared_mask')).toBe(`"${crc32(mask).toString(16).padStart(8, '0')}"`);
    expect(wanted(content, 'time_shared_kept')).toBe(String(mask.reduce((sum, kept) => sum + kept, 0)));
    const moments = await doStudy('moments', { p: 0.3, draws: 500 });
    expect(Number(wanted(createStudySweep('moments', moments).content, 'gaussian_variance'))).toBe(
      moments.result.gaussian.measured.variance,
    );
  });

  test("offers no value that the page does not, and always the page's own", async () => {
    const ps = [0, 0.25, 0.995, 1];
    const open = createStudySweep('moments', await doStudy('moments', { p: 0.37, draws: 100 }), { ps });
    expect(values(open.content)).toEqual([0, 0.25, 0.37]);
    const closed = createStudySweep('placement', await doStudy('placement', { p: 1 }), { ps });
    expect(values(closed.content)).toEqual([0, 0.25, 0.995, 1]);
    const written = createStudySweep('keepProbTrick', await doStudy('keepProbTrick', { draws: 10 }));
    expect(values(written.content)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    const many = createStudySweep('millionWeights', await doStudy('millionWeights', { numWeights: 9, trials: 2, ps: [0.9, 0.15] }), {
      ps: [0.5],
    });
    expect(values(many.content)).toEqual([0.15, 0.5, 0.9]);
  });

  test('needs less memory at a time where one seed needs much', async () => {
    const large = await doStudy('millionWeights', { numWeights: 1_000_000, trials: 2, ps: [0.5] });
    expect(constant(createStudySweep('millionWeights', large).content, 'SEEDS_AT_ONCE')).toBe('2');
    const small = await doStudy('millionWeights', { numWeights: 1000, trials: 2, ps: [0.5] });
    expect(constant(createStudySweep('millionWeights', small).content, 'SEEDS_AT_ONCE')).toBe('8');
  });

  test.each([0, 1.5, Number.NaN])('refuses %d seeds, by name', async (numSeeds) => {
    const done = await doStudy('placement', {});
    expect(() => createStudySweep('placement', done, { numSeeds })).toThrow(`numSeeds must be a whole number from 1 up, got ${numSeeds}`);
  });
});
