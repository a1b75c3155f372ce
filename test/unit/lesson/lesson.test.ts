import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isLessonLike, LessonError, MAX_OPTIONS, parseLesson, readLesson, writeLesson } from '../../../src/protocol/lesson';
import { CONTROL_NAMES } from '../../../src/store/controls';
import { readLessonHash, writeLessonHash } from '../../../src/store/lessonAddress';

const PARTS = CONTROL_NAMES;
const FULL = {
  version: 1,
  title: 'Why divide by keep?',
  scenes: [
    { title: 'Nothing dropped', settings: { p: 0, seed: 0 }, step: 0 },
    {
      title: 'Half',
      settings: { mode: 'standard', p: 0.3, hidden: [4, 3] },
      changes: [
        { step: 10, patch: { p: 0.8 } },
        { step: 20, patch: { mode: 'inverted' } },
      ],
      step: 40,
      phase: 'eval',
      hide: ['mode', 'story'],
      notes: 'Wait.',
      prompt: { question: 'How much?', options: ['1', '0.5'], answer: '0.5' },
    },
    { title: '' },
  ],
};

function refused(patch: (lesson: typeof FULL & Record<string, unknown>) => void): LessonError {
  const lesson = structuredClone(FULL) as typeof FULL & Record<string, unknown>;
  patch(lesson);
  try {
    parseLesson(lesson, PARTS);
  } catch (error) {
    if (error instanceof LessonError) return error;
    throw error;
  }
  throw new Error('it was taken');
}
type Loose = Record<string, unknown>;
const scene = (lesson: typeof FULL, index: number) => lesson.scenes[index] as Loose;

describe('CL4 a lesson file', () => {
  test('CL4 is read whole; what may be left out is filled in, zeros are values', () => {
    const { title, scenes } = parseLesson(FULL, PARTS);
    expect(title).toBe('Why divide by keep?');
    expect(scenes[0]).toEqual({
      title: 'Nothing dropped',
      settings: { p: 0, seed: 0 },
      changes: [],
      step: 0,
      phase: 'train',
      compare: null,
      hide: [],
      notes: '',
      prompt: null,
    });
    expect(scenes[1]).toMatchObject({ phase: 'eval', step: 40, hide: ['mode', 'story'], prompt: { answer: '0.5' } });
    expect(scenes[2]).toMatchObject({ title: '', settings: {}, step: null });
  });

  test('CL4 what is written is read again, and says no more than it must', () => {
    const lesson = parseLesson(FULL, PARTS);
    const text = writeLesson(lesson);
    expect(readLesson(text, PARTS)).toEqual(lesson);
    expect(JSON.parse(text).scenes[2]).toEqual({ title: '', settings: {} });
    expect(JSON.parse(text)).toMatchObject({ version: 1, title: FULL.title });
  });

  test('CL4 a comparison is of version 2, and only a lesson that has one is', () => {
    const compared = { version: 2, title: 'Two', scenes: [{ title: 'Both', settings: { p: 0 }, compare: { p: 1, seed: 0 } }] };
    const lesson = parseLesson(compared, PARTS);
    expect(lesson.scenes[0]?.compare).toEqual({ p: 1, seed: 0 });
    expect(JSON.parse(writeLesson(lesson))).toEqual(compared);
    expect(readLesson(writeLesson(lesson), PARTS)).toEqual(lesson);
    const alone = { ...lesson, scenes: lesson.scenes.map((each) => ({ ...each, compare: null })) };
    expect(JSON.parse(writeLesson(alone))).toEqual({ version: 1, title: 'Two', scenes: [{ title: 'Both', settings: { p: 0 } }] });
  });

  test.each<[string, (lesson: typeof FULL & Loose) => void, string]>([
    [
      'p out of range',
      (l) => Object.assign(scene(l, 1), { settings: { p: 1.5 } }),
      'scenes[1].settings.p must be between 0 and 1, got 1.5',
    ],
    [
      'p not a number',
      (l) => Object.assign(scene(l, 0), { settings: { p: Number.NaN } }),
      'scenes[0].settings.p must be between 0 and 1, got NaN',
    ],
    [
      'p = 1 where it means nothing',
      (l) => Object.assign(scene(l, 0), { settings: { p: 1, mode: 'gaussian' } }),
      "scenes[0].settings.p must be at least 0 and below 1 in mode 'gaussian', got 1",
    ],
    [
      'a step',
      (l) => Object.assign(scene(l, 0), { step: -1 }),
      'scenes[0].step must be a whole number between 0 and 1000000, or null, got -1',
    ],
    [
      'half a step',
      (l) => Object.assign(scene(l, 0), { step: 0.5 }),
      'scenes[0].step must be a whole number between 0 and 1000000, or null, got 0.5',
    ],
    ['a phase', (l) => Object.assign(scene(l, 1), { phase: 'test' }), `scenes[1].phase must be one of 'train', 'eval', 'mc', got "test"`],
    [
      'a hidden part',
      (l) => Object.assign(scene(l, 1), { hide: ['mode', 'sky'] }),
      `scenes[1].hide[1] must be one of ${PARTS.join(', ')}, got "sky"`,
    ],
    [
      'a missing question',
      (l) => Object.assign(scene(l, 1), { prompt: { answer: 'x' } }),
      'scenes[1].prompt.question must be a text of 1 to 20000 characters, got undefined',
    ],
    [
      'too many options',
      (l) => Object.assign(scene(l, 1), { prompt: { question: '?', options: Array(9).fill('x') } }),
      `scenes[1].prompt.options must be a list of at most ${MAX_OPTIONS} texts, got ["x", "x", "x", "x", "x", "x", "x", "x", "x"]`,
    ],
    [
      'a live change of a setting that restarts',
      (l) => Object.assign(scene(l, 1), { changes: [{ step: 3, patch: { seed: 1 } }] }),
      'scenes[1].changes: seed must be left alone while a run goes on: it is no live setting, got 1',
    ],
    [
      'changes out of order',
      (l) =>
        Object.assign(scene(l, 1), {
          changes: [
            { step: 3, patch: { p: 0 } },
            { step: 3, patch: { p: 0.1 } },
          ],
        }),
      'scenes[1].changes: step of a change must be above 3, got 3',
    ],
    [
      'a difference that is none',
      (l) => Object.assign(scene(l, 1), { compare: { p: 2 } }),
      'scenes[1].compare.p must be between 0 and 1, got 2',
    ],
    [
      'a difference that does not go with the scene',
      (l) => Object.assign(scene(l, 1), { settings: { mode: 'gaussian' }, compare: { p: 1 } }),
      "scenes[1].compare.p must be at least 0 and below 1 in mode 'gaussian', got 1",
    ],
    ['no list of scenes', (l) => Object.assign(l, { scenes: 7 }), 'scenes must be a list of at most 200 scenes, got 7'],
    [
      'an unknown field',
      (l) => Object.assign(scene(l, 0), { note: 'x' }),
      'there is no field scenes[0].note; fields are title, settings, changes, step, phase, compare, hide, notes, prompt',
    ],
    [
      'an unknown setting',
      (l) => Object.assign(scene(l, 0), { settings: { rate: 1 } }),
      'there is no field scenes[0].settings.rate; fields are dataset',
    ],
    ['another version', (l) => Object.assign(l, { version: 0 }), 'version must be 1 or 2, got 0'],
    [
      'a newer version',
      (l) => Object.assign(l, { version: 3 }),
      'version must be 1 or 2, got 3; it was made by a newer version of this page: reload the page and try again',
    ],
  ])('CL4 refuses %s, naming field, value and what is allowed', (_, patch, message) => {
    expect(refused(patch).message).toContain(message);
  });

  test.each([null, 7, 'text', [], { scenes: [] }, {}])('CL4 refuses %j', (value) => {
    expect(() => parseLesson(value, PARTS)).toThrow(LessonError);
  });

  test('CL4 a file that is no JSON says so', () => {
    expect(() => readLesson('{"version":', PARTS)).toThrow(/^this is no lesson: the file must be JSON/);
    expect([isLessonLike({ scenes: [] }), isLessonLike({ settings: {} }), isLessonLike(null)]).toEqual([true, false, false]);
  });

  test('CL4 the lesson of the README is one', () => {
    const readme = readFileSync('README.md', 'utf8');
    const example = readme.match(/```json\n(\{\s*"version"[\s\S]*?)```/)?.[1] ?? '';
    expect(readLesson(example, PARTS).scenes).toHaveLength(2);
  });
});

describe('CL4 a lesson in an address', () => {
  test('CL4 comes back as it went, in letters that an address may hold', async () => {
    const file = writeLesson(parseLesson({ ...FULL, title: 'Épée, 覚える, √' }, PARTS));
    const hash = await writeLessonHash(file);
    expect(hash).toMatch(/^lesson=[\w-]+$/);
    expect(hash.length).toBeLessThan(file.length);
    expect(await readLessonHash(hash)).toBe(file);
  });

  test('CL4 one that was cut off is refused in words', async () => {
    const hash = await writeLessonHash(writeLesson(parseLesson(FULL, PARTS)));
    await expect(readLessonHash(hash.slice(0, hash.length / 2))).rejects.toThrow(/cut off or changed on the way/);
    await expect(readLessonHash('lesson=%%%')).rejects.toThrow(/cut off or changed on the way/);
  });
});
