/**
 * Two labs in lockstep, for comparing: the same data, initial weights and random numbers, and one thing different.
 *
 * It only steers, and only B: A is read, and held so that it never runs ahead of B by more than a blink. It must not compare numbers;
 * views do that.
 */
import { settingsPatch } from '../protocol/changes';
import { SettingsError } from '../protocol/parse';
import type { Settings } from '../protocol/settings';
import type { Change } from '../protocol/snapshot';
import { enterPair } from './companions';
import { createLab } from './lab';
import { LabError } from './labError';
import type { Lab, LabOptions, LabPair } from './types';

/** How far one may be ahead of the other: the steps of so many seconds, and at least so many. */
const LEAD_SECONDS = 0.1;
const MIN_LEAD = 4;
/** B catches up in strides, so that it shows its way and hears what A does meanwhile. One shorter than this may double. */
const FIRST_STRIDE = 1000;
const STRIDE_MS = 150;

interface PairOptions extends Pick<LabOptions, 'connect'> {
  /** Called when A has become what the difference does not go with, with the words for it: nothing differs from then on. */
  readonly onGivenUp?: (reason: SettingsError) => void;
}

/**
 * Creates B beside a running A and keeps both in step. `options.connect` is B's; the rest of its options follow from A.
 * Errors: SettingsError when the difference is refused; A is untouched then.
 */
export function createPair(a: Lab, difference: Partial<Settings>, { onGivenUp, ...options }: PairOptions = {}): LabPair {
  const { settings, view } = a.store.getState();
  const b = createLab({ ...options, settings: { ...settings, ...difference }, view: { ...view, compare: null } });
  return new LockstepPair(a, b, difference, onGivenUp);
}

/** What B has been told to repeat. */
interface Course {
  /** The start over of A that it belongs to. */
  readonly numRestarts: number;
  readonly start: Settings;
  readonly changes: readonly Change[];
}

class LockstepPair implements LabPair {
  private readonly cleanups: (() => void)[];
  private known: Course | null = null;
  /** B's own starts over once it knew its course: any more, and it has forgotten it. */
  private numRestartsB = 0;
  private isStale = false;
  private isDisposed = false;
  private working: Promise<void> | null = null;
  private stride = FIRST_STRIDE;

  constructor(
    readonly a: Lab,
    readonly b: Lab,
    public difference: Partial<Settings>,
    private readonly onGivenUp: PairOptions['onGivenUp'],
  ) {
    this.cleanups = [
      enterPair(this),
      a.store.subscribe((state, before) => {
        if (state.view.pace !== before.view.pace) b.store.getState().setView({ pace: state.view.pace });
        this.attend();
      }),
      b.store.subscribe(this.attend),
      a.frames.onPainted(this.attend),
      b.frames.onPainted(this.attend),
    ];
    this.attend();
  }

  async setDifference(difference: Partial<Settings>): Promise<void> {
    this.b.store.getState().setSettings({ ...this.a.store.getState().settings, ...difference });
    this.difference = difference;
    this.known = null;
    await this.settle();
  }

  async play(): Promise<void> {
    await this.a.play();
    await this.settle();
  }

  async pause(): Promise<void> {
    await this.a.pause();
    await this.settle();
  }

  async advance(count = 1): Promise<number> {
    const step = await this.a.advance(count);
    await this.settle();
    return step;
  }

  async reset(): Promise<void> {
    await this.a.reset();
    await this.settle();
  }

  async seek(step: number): Promise<void> {
    await this.a.seek(step);
    await this.settle();
  }

  settle(): Promise<void> {
    this.isStale = true;
    this.working ??= Promise.resolve()
      .then(() => this.followOn())
      .finally(() => {
        this.working = null;
      });
    return this.working;
  }

  dispose(): void {
    this.isDisposed = true;
    for (const cleanup of this.cleanups) cleanup();
    this.b.dispose();
    this.a.leash(Number.POSITIVE_INFINITY);
  }

  /** Looks at both after anything has moved. */
  private readonly attend = (): void => {
    if (this.isDisposed) return;
    const { a, b, lead } = this;
    a.leash(b.step + lead);
    b.leash(a.step + lead);
    this.settle().catch((error: unknown) => {
      if (typeof reportError === 'function') reportError(error);
    });
  };

  private get lead(): number {
    const slower = Math.min(this.a.store.getState().run.stepsPerSecond, this.b.store.getState().run.stepsPerSecond);
    return Math.max(MIN_LEAD, Math.ceil(slower * LEAD_SECONDS));
  }

  /** Lets B do what A does, until there is nothing left to do. */
  private async followOn(): Promise<void> {
    while (this.isStale && !this.isDisposed) {
      this.isStale = false;
      try {
        await this.follow();
      } catch (error) {
        // A lab that is lost, or stopped by its loss, says so in its store.
        if (!(error instanceof LabError)) throw error;
      }
    }
  }

  private async follow(): Promise<void> {
    const { a, b } = this;
    if (b.store.getState().run.phase === 'failed') {
      if (a.running) await a.pause();
      return;
    }
    this.copyPhase();
    await this.learn();
    const isStuck = b.store.getState().run.error !== null && b.step <= a.step;
    if (isStuck) {
      if (a.running) await a.pause();
      return;
    }
    const distance = a.step - b.step;
    if (a.running && Math.abs(distance) <= this.lead) {
      if (!b.running) await b.play();
      return;
    }
    if (!a.running && b.running) await b.pause();
    else if (distance !== 0) await this.approach(a.step);
    else return;
    this.isStale = true;
  }

  /** Takes B one stride towards a step. */
  private async approach(step: number): Promise<void> {
    const startMs = performance.now();
    await this.b.seek(Math.min(step, this.b.step + this.stride));
    const isShort = performance.now() - startMs < STRIDE_MS;
    this.stride = isShort ? this.stride * 2 : Math.max(1, Math.ceil(this.stride / 2));
  }

  /** What is looked at in A is looked at in B; it changes no run. */
  private copyPhase(): void {
    const { phase, passes } = { ...this.a.store.getState().settings, ...this.difference };
    const { settings, setSettings } = this.b.store.getState();
    if (settings.phase !== phase || settings.passes !== passes) setSettings({ phase, passes });
  }

  /** The run of A with the difference laid over it. */
  private course(): Course {
    const { run, settings } = this.a.store.getState();
    const { phase, passes } = settings;
    const differs = (name: string) => Object.hasOwn(this.difference, name);
    const changes = run.changes.map(({ step, patch }) => ({
      step,
      patch: Object.fromEntries(Object.entries(patch).filter(([name]) => !differs(name))) as Partial<Settings>,
    }));
    return {
      numRestarts: run.numRestarts,
      start: { ...run.start, phase, passes, ...this.difference },
      changes: changes.filter(({ patch }) => Object.keys(patch).length > 0),
    };
  }

  /** Tells B what it does not know of A's run; where the two no longer go together, the difference gives way. */
  private async learn(): Promise<void> {
    try {
      await this.teach(this.course());
    } catch (error) {
      if (!(error instanceof SettingsError) || Object.keys(this.difference).length === 0) throw error;
      this.difference = {};
      this.known = null;
      this.onGivenUp?.(error);
      await this.teach(this.course());
    }
  }

  private async teach(course: Course): Promise<void> {
    const { b, known } = this;
    const isAnew = known === null || b.store.getState().run.numRestarts !== this.numRestartsB || startsOver(known, course);
    const parting = isAnew ? 0 : partingOf(known.changes, course.changes);
    if (isAnew || parting === null) {
      await this.begin(course);
      return;
    }
    for (const [index, change] of course.changes.entries()) {
      if (index < parting) continue;
      await b.seek(change.step);
      b.store.getState().setSettings(change.patch);
      this.known = { ...course, changes: course.changes.slice(0, index + 1) };
    }
  }

  private async begin(course: Course): Promise<void> {
    const { b } = this;
    b.store.getState().setSettings(course.start);
    this.stride = FIRST_STRIDE;
    await b.replay(course.changes, 0);
    this.known = course;
    this.numRestartsB = b.store.getState().run.numRestarts;
  }
}

function startsOver(known: Course, course: Course): boolean {
  if (known.numRestarts !== course.numRestarts) return true;
  const { phase: _phase, passes: _passes, ...others } = settingsPatch(known.start, course.start);
  return Object.keys(others).length > 0;
}

/** Returns the index of the first change that B lacks, their number when it lacks none; null when it has others that A has not. */
function partingOf(known: readonly Change[], wanted: readonly Change[]): number | null {
  const index = wanted.findIndex((change, at) => JSON.stringify(change) !== JSON.stringify(known[at]));
  if (index < 0) return known.length === wanted.length ? wanted.length : null;
  const [mine, other] = [known[index], wanted[index]];
  return mine === undefined || (other !== undefined && mine.step >= other.step) ? index : null;
}
