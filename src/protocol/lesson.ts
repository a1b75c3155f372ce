/**
 * A lesson: scenes in order, each an experiment with notes for the teacher and a question for the class, as one JSON file.
 *
 * Written by hand, by the page or by a later version of it, so every refusal names the field, the value and what is allowed. Nothing is
 * half taken: a lesson is read whole or not at all.
 */
import { parseChanges, parseSettings, RefusalError, SettingsError, showValue } from './parse';
import { DEFAULT_SETTINGS, PHASES, type Phase, type Settings } from './settings';
import type { Change } from './snapshot';

/** Written where a scene compares; a lesson without is written as version 1, which older pages read. */
const LESSON_VERSION = 2;
export const MAX_SCENES = 200;
export const MAX_OPTIONS = 8;
const MAX_CHANGES = 1000;
/** The furthest step that a scene may ask for. */
const MAX_SCENE_STEP = 1_000_000;
export const MAX_TEXT = 20_000;

/** A question to predict the answer of, before it is shown. */
export interface Prompt {
  /** '' while it is still to be written: then nothing is asked. */
  readonly question: string;
  /** Choices to vote on; may be empty. */
  readonly options: readonly string[];
  /** '' is a question without one. */
  readonly answer: string;
}

export interface Scene {
  readonly title: string;
  /** What differs from the defaults at step 0, but for the phase. */
  readonly settings: Partial<Settings>;
  /** Live changes of the run on the way to its step. */
  readonly changes: readonly Change[];
  /** Where the run stands; null starts it. */
  readonly step: number | null;
  readonly phase: Phase;
  /** What differs in a second lab beside the first; null where there is none. */
  readonly compare: Partial<Settings> | null;
  /** Parts of the screen that are taken away. */
  readonly hide: readonly string[];
  /** For the teacher; never shown to the class. */
  readonly notes: string;
  readonly prompt: Prompt | null;
}

export interface Lesson {
  readonly title: string;
  readonly scenes: readonly Scene[];
}

/** A lesson that was refused. */
export class LessonError extends RefusalError {
  override readonly name = 'LessonError';
}

type Fields = Readonly<Record<string, unknown>>;

function readObject(field: string, value: unknown, names: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LessonError(field, value, `an object with ${names.join(', ')}`);
  }
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const where = field === 'the lesson' ? unknown : `${field}.${unknown}`;
    throw new LessonError(where, (value as Fields)[unknown], '', `there is no field ${where}; fields are ${names.join(', ')}`);
  }
  return value as Fields;
}

/** Reads a text; one that may be left out is '' then. */
function readText(field: string, value: unknown, isNeeded = false): string {
  if (value === undefined && !isNeeded) return '';
  if (typeof value === 'string' && value.length <= MAX_TEXT && !(isNeeded && value.trim() === '')) return value;
  throw new LessonError(field, value, `a text of ${isNeeded ? '1' : '0'} to ${MAX_TEXT} characters`);
}

function readList(field: string, value: unknown, max: number, of: string): readonly unknown[] {
  if (Array.isArray(value) && value.length <= max) return value;
  throw new LessonError(field, value, `a list of at most ${max} ${of}`);
}

/** Reads a question; null where there is none. Errors: LessonError. */
export function readPrompt(field: string, value: unknown): Prompt | null {
  if (value === undefined || value === null) return null;
  const { question, options = [], answer } = readObject(field, value, ['question', 'options', 'answer']);
  return {
    question: readText(`${field}.question`, question, question === undefined),
    options: readList(`${field}.options`, options, MAX_OPTIONS, 'texts').map((option, index) =>
      readText(`${field}.options[${index}]`, option, true),
    ),
    answer: readText(`${field}.answer`, answer),
  };
}

function readSettings(field: string, value: unknown): Partial<Settings> {
  if (value === undefined) return {};
  const patch = readObject(field, value, Object.keys(DEFAULT_SETTINGS));
  try {
    const settings = parseSettings(patch, DEFAULT_SETTINGS);
    return Object.fromEntries(Object.keys(patch).map((name) => [name, settings[name as keyof Settings]]));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new LessonError(`${field}.${error.field}`, error.value, error.allowed);
  }
}

function readChanges(field: string, value: unknown, start: Settings): readonly Change[] {
  if (value === undefined) return [];
  const changes = readList(field, value, MAX_CHANGES, 'changes').map((change, index): Change => {
    const { step, patch } = readObject(`${field}[${index}]`, change, ['step', 'patch']);
    if (!isStep(step)) throw new LessonError(`${field}[${index}].step`, step, STEP_WORDS);
    return { step, patch: readSettings(`${field}[${index}].patch`, patch) };
  });
  try {
    parseChanges(changes, start);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new LessonError(`${field}: ${error.field}`, error.value, error.allowed);
  }
  return changes;
}

const STEP_WORDS = `a whole number between 0 and ${MAX_SCENE_STEP}`;

function isStep(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SCENE_STEP;
}

/** Reads what differs in a second lab; it must go with the settings of the first. */
function readCompare(field: string, value: unknown, start: Settings): Partial<Settings> | null {
  if (value === undefined || value === null) return null;
  const difference = readSettings(field, value);
  try {
    parseSettings(difference, start);
    return difference;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new LessonError(`${field}.${error.field}`, error.value, error.allowed);
  }
}

const SCENE_FIELDS = ['title', 'settings', 'changes', 'step', 'phase', 'compare', 'hide', 'notes', 'prompt'];

function readScene(field: string, value: unknown, parts: readonly string[]): Scene {
  const scene = readObject(field, value, SCENE_FIELDS);
  const { phase: given, ...settings } = readSettings(`${field}.settings`, scene.settings);
  const { step = null, phase = given ?? 'train', hide = [] } = scene;
  if (step !== null && !isStep(step)) throw new LessonError(`${field}.step`, step, `${STEP_WORDS}, or null`);
  if (!PHASES.some((each) => each === phase))
    throw new LessonError(`${field}.phase`, phase, `one of ${PHASES.map((each) => `'${each}'`).join(', ')}`);
  const start = parseSettings(settings, DEFAULT_SETTINGS);
  return {
    title: readText(`${field}.title`, scene.title),
    settings,
    changes: readChanges(`${field}.changes`, scene.changes, start),
    step,
    phase: phase as Phase,
    compare: readCompare(`${field}.compare`, scene.compare, start),
    hide: readList(`${field}.hide`, hide, parts.length, 'names').map((name, index) => {
      if (typeof name === 'string' && parts.includes(name)) return name;
      throw new LessonError(`${field}.hide[${index}]`, name, `one of ${parts.join(', ')}`);
    }),
    notes: readText(`${field}.notes`, scene.notes),
    prompt: readPrompt(`${field}.prompt`, scene.prompt),
  };
}

/**
 * Checks a lesson and returns it, with what may be left out filled in. `parts` are the parts of the screen that a scene may hide.
 * Errors: LessonError "scenes[2].settings.p must be between 0 and 1, got 1.5".
 */
export function parseLesson(value: unknown, parts: readonly string[]): Lesson {
  const lesson = readObject('the lesson', value, ['version', 'title', 'scenes']);
  if (lesson.version !== 1 && lesson.version !== LESSON_VERSION) {
    const isNewer = typeof lesson.version === 'number' && lesson.version > LESSON_VERSION;
    const advice = isNewer ? '; it was made by a newer version of this page: reload the page and try again' : '';
    const message = `version must be 1 or ${LESSON_VERSION}, got ${showValue(lesson.version)}${advice}`;
    throw new LessonError('version', lesson.version, `1 or ${LESSON_VERSION}`, message);
  }
  const scenes = readList('scenes', lesson.scenes, MAX_SCENES, 'scenes');
  return {
    title: readText('title', lesson.title),
    scenes: scenes.map((scene, index) => readScene(`scenes[${index}]`, scene, parts)),
  };
}

/** Reads a lesson from the text of a file. Errors: LessonError, also when the text is no JSON. */
export function readLesson(text: string, parts: readonly string[]): Lesson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LessonError('the lesson', text, 'JSON', `this is no lesson: the file must be JSON (${reason})`);
  }
  return parseLesson(value, parts);
}

/** Writes a lesson as the text of a file: what is empty or usual is left out. */
export function writeLesson({ title, scenes }: Lesson): string {
  const plain = scenes.map(({ title: name, settings, changes, step, phase, compare, hide, notes, prompt }) => ({
    title: name,
    settings,
    ...(changes.length === 0 ? {} : { changes }),
    ...(step === null ? {} : { step }),
    ...(phase === 'train' ? {} : { phase }),
    ...(compare === null ? {} : { compare }),
    ...(hide.length === 0 ? {} : { hide }),
    ...(notes === '' ? {} : { notes }),
    ...(prompt === null ? {} : { prompt: { ...prompt } }),
  }));
  const version = scenes.some(({ compare }) => compare !== null) ? LESSON_VERSION : 1;
  return `${JSON.stringify({ version, title, scenes: plain }, null, 2)}\n`;
}

/** Returns whether JSON means to be a lesson, so that a file that is dropped goes to whom it is for. */
export function isLessonLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'scenes' in value;
}
