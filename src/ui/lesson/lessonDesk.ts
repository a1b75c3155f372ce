/**
 * The lesson of a lab: its scenes, which one is on show, and the teacher's own experiment kept aside, so that opening a lesson or walking it
 * never loses what was there. One per lab, kept while panels come and go.
 */
import type { Lab } from '../../bridge';
import { pairOf } from '../../bridge/companions';
import { settingsPatch } from '../../protocol/changes';
import { type Lesson, MAX_SCENES, type Prompt, readLesson, type Scene, writeLesson } from '../../protocol/lesson';
import { parseSettings } from '../../protocol/parse';
import { DEFAULT_SETTINGS, type Settings } from '../../protocol/settings';
import { CONTROL_NAMES, type ControlName } from '../../store/controls';
import { type Experiment, experimentOf } from '../../store/experiment';
import { readLessonAddress } from '../../store/lessonAddress';
import { type Classroom, classroomOf } from '../present/classroom';
import { revisitExperiment } from '../share/openExperiment';
import { recallClass, rememberClass } from './classMemory';
import { readShelf, type Shelved, writeShelf } from './lessonShelf';

/** The experiment that was on show before the lesson took the screen. */
interface Kept extends Experiment {
  readonly hidden: readonly ControlName[];
  /** What differed in the lab beside it; null where there was none. */
  readonly compare: Partial<Settings> | null;
}

interface DeskState {
  readonly lesson: Lesson;
  /** The scene on show; null when the screen is the teacher's own. */
  readonly index: number | null;
  /** Whether there is something that no file holds yet. */
  readonly isChanged: boolean;
  readonly kept: Kept | null;
  /** A lesson on the shelf that no file holds and that another has taken the place of. */
  readonly earlier: string | null;
  /** What has just happened or was refused, in a sentence; null says nothing. */
  readonly said: string | null;
  /** What the lesson was before each edit, the last one last. */
  readonly past: readonly Edit[];
}

/** What a scene shows, without its words. */
type Shot = Omit<Scene, 'title' | 'notes' | 'prompt'>;

/** An edit that can be taken back. */
interface Edit extends Pick<DeskState, 'lesson' | 'index' | 'isChanged'> {
  /** What was done, for people: "delete “Half”". */
  readonly what: string;
  /** Edits of the same words one after the other are one; '' is never the same. */
  readonly of: string;
}

const EMPTY_LESSON: Lesson = { title: '', scenes: [] };

/** So many edits are taken back at most. */
const MAX_PAST = 100;

export class LessonDesk {
  private state: DeskState = { lesson: EMPTY_LESSON, index: null, isChanged: false, kept: null, earlier: null, said: null, past: [] };
  private restored: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly classroom: Classroom;

  constructor(private readonly lab: Lab) {
    this.classroom = classroomOf(lab);
    this.classroom.walkWith((by) => {
      this.walk(by).catch((error: unknown) => this.say(error instanceof Error ? error.message : String(error)));
    });
  }

  readonly get = (): DeskState => this.state;
  readonly subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  private set(patch: Partial<DeskState>): void {
    const before = this.state;
    this.state = { ...before, ...patch };
    const { lesson, index, isChanged } = this.state;
    if (index !== before.index) rememberClass({ scene: index });
    if (lesson !== before.lesson || isChanged !== before.isChanged) this.store();
    for (const listener of [...this.listeners]) listener();
  }

  /** Keeps the lesson on the shelf. Where that cannot be, the browser asks before the page is left. */
  private store(): void {
    const { lesson, isChanged, earlier } = this.state;
    const isEmpty = lesson.title === '' && lesson.scenes.length === 0;
    const isKept = earlier === null && writeShelf(isEmpty ? null : { file: this.file(), isSaved: !isChanged });
    if (isChanged && !isKept) addEventListener('beforeunload', askBeforeLeaving);
    else removeEventListener('beforeunload', askBeforeLeaving);
  }

  /** Opens the lesson of the address, or the one on the shelf, with the scene that was on show before a reload. Once. Errors: LessonError, RangeError. */
  restore(): Promise<void> {
    this.restored ??= this.layOut();
    return this.restored;
  }

  private async layOut(): Promise<void> {
    const linked = await readLessonAddress();
    if (this.state.lesson !== EMPTY_LESSON) return;
    const shelved = readShelf();
    if (linked === null && shelved === null) return;
    const isBack = linked === null || shelved?.file === writeLesson(readLesson(linked, CONTROL_NAMES));
    if (linked !== null) this.classroom.set({ panel: true });
    if (isBack && shelved !== null) this.takeBack(shelved);
    else if (linked !== null) this.open(linked);
  }

  /** Lays the lesson of the shelf out again. */
  private takeBack({ file, isSaved }: Shelved): void {
    const lesson = readLesson(file, CONTROL_NAMES);
    const { scene: index, isSceneAsked } = recallClass();
    const scene = index === null ? undefined : lesson.scenes[index];
    const said = isSaved ? 'The lesson is open as you left it.' : 'The lesson that you were writing is back. It is in no file yet.';
    this.set({ lesson, index: scene ? index : null, isChanged: !isSaved, earlier: null, said, past: [] });
    if (!scene) return;
    if (this.classroom.recallTyped()) this.classroom.set({ title: scene.title });
    else {
      this.classroom.lay(scene.title, promptOf(scene));
      if (isSceneAsked) this.classroom.turnPrompt();
    }
  }

  /** Goes back to the lesson that another has taken the place of. Errors: LessonError. */
  reopen(): void {
    const { earlier } = this.state;
    if (earlier !== null) this.takeBack({ file: earlier, isSaved: false });
  }

  /** Begins an empty lesson. */
  clear(): void {
    this.set({ lesson: EMPTY_LESSON, index: null, isChanged: false, said: null, past: [] });
    this.classroom.lay('', null);
  }

  say(said: string | null): void {
    this.set({ said });
  }

  /** Opens the text of a lesson file. The screen stays as it is until a scene is gone to. Errors: LessonError. */
  open(text: string): void {
    const lesson = readLesson(text, CONTROL_NAMES);
    const said =
      lesson.scenes.length === 0
        ? 'This lesson has no scenes yet.'
        : 'The lesson is open. Your experiment stays on the screen until you go to a scene.';
    const shelved = readShelf();
    const earlier = this.state.lesson === EMPTY_LESSON && shelved?.isSaved === false ? shelved.file : this.state.earlier;
    this.set({ lesson, index: null, isChanged: false, earlier, said, past: [] });
    this.classroom.lay('', null);
  }

  /** Returns the text of the lesson's file. */
  file(): string {
    return writeLesson(this.state.lesson);
  }

  saved(): void {
    this.set({ isChanged: false, said: 'Saved.' });
  }

  // ---- walking ----

  /** Shows a scene. The first time, what was on the screen is kept. */
  async goTo(index: number): Promise<void> {
    const { lesson, kept, index: before } = this.state;
    const scene = lesson.scenes[index];
    if (!scene) return;
    const isOwn = before === null || this.hasLeft(before);
    const words = 'What was on the screen is kept: “Back to my experiment” brings it back.';
    this.set({ index, kept: isOwn ? this.keep() : kept, said: isOwn ? words : null });
    this.classroom.lay(scene.title, promptOf(scene));
    await this.lab.pause();
    await revisitExperiment(this.lab, {
      settings: sceneSettings(scene),
      changes: scene.changes,
      step: scene.step,
      view: { hidden: scene.hide as readonly ControlName[], compare: scene.compare },
      embed: null,
      origins: [],
      notices: [],
    });
  }

  /** Goes on or back by one scene. Returns false at the end. */
  async walk(by: 1 | -1): Promise<boolean> {
    await this.restored;
    const { lesson, index } = this.state;
    const next = index === null ? (by === 1 ? 0 : -1) : index + by;
    if (next < 0 || next >= lesson.scenes.length) return false;
    await this.goTo(next);
    return true;
  }

  /** Brings back what was on the screen before the lesson. */
  async undo(): Promise<void> {
    const { kept } = this.state;
    if (kept === null) return;
    this.set({
      index: null,
      kept: null,
      said: kept.isWhole ? null : 'Your run was changed by hand too often to be repeated: its settings are back, at step 0.',
    });
    this.classroom.lay('', null);
    await this.lab.pause();
    await revisitExperiment(this.lab, {
      ...kept,
      step: kept.step ?? 0,
      view: { hidden: kept.hidden, compare: kept.compare },
      embed: null,
      origins: [],
      notices: [],
    });
  }

  /** Whether the screen has been taken elsewhere than the scene on show, but for its steps and how it is looked at. */
  private hasLeft(index: number): boolean {
    const scene = this.state.lesson.scenes[index];
    if (!scene) return true;
    const essence = ({ settings, changes, compare }: Pick<Scene, 'settings' | 'changes' | 'compare'>) => {
      const whole = parseSettings(settings, DEFAULT_SETTINGS);
      return JSON.stringify([{ ...whole, phase: '', passes: 0 }, changes, compare]);
    };
    return essence(this.capture()) !== essence(scene);
  }

  private keep(): Kept {
    const state = this.lab.store.getState();
    const experiment = experimentOf({ ...state, run: { ...state.run, step: this.lab.step } });
    return { ...experiment, hidden: state.view.hidden, compare: comparedIn(this.lab) };
  }

  // ---- writing ----

  private edit(what: string, lesson: Partial<Lesson>, patch: Partial<DeskState> = {}, of = ''): void {
    const { past, lesson: before, index, isChanged } = this.state;
    const isSame = of !== '' && past.at(-1)?.of === of;
    const next = isSame ? past : [...past, { lesson: before, index, isChanged, what, of }].slice(-MAX_PAST);
    this.set({ lesson: { ...before, ...lesson }, isChanged: true, said: null, past: next, ...patch });
  }

  /** Takes back the last edit of the lesson. Returns false when there is none. */
  unedit(): boolean {
    const { past } = this.state;
    const last = past.at(-1);
    if (last === undefined) return false;
    const { lesson, index, isChanged } = last;
    this.set({ lesson, index, isChanged, said: `Taken back: ${last.what}.`, past: past.slice(0, -1) });
    const scene = index === null ? undefined : lesson.scenes[index];
    if (scene) this.classroom.set({ title: scene.title, prompt: promptOf(scene) });
    return true;
  }

  rename(title: string): void {
    this.edit('the title', { title }, {}, 'title');
  }

  /** Takes the screen as it is as a new scene, after the one on show. */
  add(): void {
    const { lesson, index } = this.state;
    if (lesson.scenes.length >= MAX_SCENES) {
      this.say(`A lesson has at most ${MAX_SCENES} scenes.`);
      return;
    }
    const shot = this.shoot();
    if (shot === null) return;
    const at = index === null ? lesson.scenes.length : index + 1;
    const scene: Scene = { ...shot, title: `Scene ${lesson.scenes.length + 1}`, notes: '', prompt: null };
    this.edit(`add “${scene.title}”`, { scenes: lesson.scenes.toSpliced(at, 0, scene) }, { index: at });
    this.classroom.lay(scene.title, null);
  }

  /** Takes the screen as it is in the place of what a scene shows; its words stay. */
  retake(index: number): void {
    const shot = this.shoot();
    if (shot === null) return;
    this.change(index, shot);
    this.say('The scene now shows what is on the screen.');
  }

  change(index: number, patch: Partial<Scene>): void {
    const { lesson } = this.state;
    const scene = lesson.scenes[index];
    if (!scene) return;
    const next = { ...scene, ...patch };
    // Letter after letter is one edit; what a scene shows is taken anew each time.
    const names = Object.keys(patch);
    const of = names.length === 1 && names[0] !== 'step' ? `${index} ${names[0]}` : '';
    this.edit(`change “${sceneName(scene, index)}”`, { scenes: lesson.scenes.with(index, next) }, {}, of);
    const shown = 'prompt' in patch ? { title: next.title, prompt: promptOf(next) } : { title: next.title };
    if (index === this.state.index) this.classroom.set(shown);
  }

  /** Moves a scene up or down. */
  move(index: number, by: 1 | -1): void {
    const { lesson, index: shown } = this.state;
    const to = index + by;
    const [scene, other] = [lesson.scenes[index], lesson.scenes[to]];
    if (!scene || !other) return;
    const follow = shown === index ? to : shown === to ? index : shown;
    this.edit(`move “${sceneName(scene, index)}”`, { scenes: lesson.scenes.with(to, scene).with(index, other) }, { index: follow });
  }

  remove(index: number): void {
    const { lesson, index: shown } = this.state;
    const scene = lesson.scenes[index];
    if (!scene) return;
    const left = shown === null || shown === index ? null : shown > index ? shown - 1 : shown;
    this.edit(`delete “${sceneName(scene, index)}”`, { scenes: lesson.scenes.toSpliced(index, 1) }, { index: left });
  }

  /** Returns the screen as a scene; null, and says why, where no file could hold it. */
  private shoot(): Shot | null {
    const shot = this.capture();
    try {
      readLesson(writeLesson({ title: '', scenes: [{ ...shot, title: '', notes: '', prompt: null }] }), CONTROL_NAMES);
      return shot;
    } catch (error) {
      this.say(`This screen cannot be a scene: ${error instanceof Error ? error.message : String(error)}.`);
      return null;
    }
  }

  private capture(): Shot {
    const { settings, changes, step, hidden, compare } = this.keep();
    const { phase, ...patch } = settingsPatch(DEFAULT_SETTINGS, settings);
    return { settings: patch, changes, step, phase: phase ?? DEFAULT_SETTINGS.phase, compare, hide: hidden };
  }
}

/** Returns the question of a scene; null where it has none, or only its answer is written yet. */
function promptOf({ prompt }: Scene): Prompt | null {
  return prompt === null || prompt.question.trim() === '' ? null : prompt;
}

/** What a scene is called where it has no title. */
export function sceneName({ title }: Scene, index: number): string {
  return title || `Scene ${index + 1}`;
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** What differs in the lab beside one; null where none stands there. An empty address says nothing, and the pair then knows. */
function comparedIn(lab: Lab): Partial<Settings> | null {
  const { compare } = lab.store.getState().view;
  if (compare === null || Object.keys(compare).length > 0) return compare;
  return pairOf(lab)?.difference ?? compare;
}

/** Returns all settings that a scene starts from. */
export function sceneSettings({ settings, phase }: Scene): Settings {
  return parseSettings({ ...settings, phase }, DEFAULT_SETTINGS);
}

const desks = new WeakMap<Lab, LessonDesk>();

/** Returns the lesson desk of a lab. */
export function lessonDeskOf(lab: Lab): LessonDesk {
  const found = desks.get(lab) ?? new LessonDesk(lab);
  desks.set(lab, found);
  return found;
}
