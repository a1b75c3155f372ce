/**
 * Two labs in lockstep, for comparing: the same data, initial weights and random numbers, and one thing different.
 *
 * It only steers: B copies A's settings but for the difference, and neither may run further ahead of the other than a blink. It must not
 * compare numbers; views do that.
 */
import { SettingsError } from '../protocol/parse';
import type { Settings } from '../protocol/settings';
import { createLab } from './lab';
import type { Lab, LabOptions, LabPair } from './types';

/** How far one may be ahead of the other: the steps of so many seconds, and at least so many. */
const LEAD_SECONDS = 0.1;
const MIN_LEAD = 4;

/**
 * Creates B beside a running A and keeps both in step. `options.connect` is B's; the rest of its options follow from A.
 * Errors: SettingsError when the difference is refused; A is untouched then.
 */
export function createPair(a: Lab, difference: Partial<Settings>, options: Pick<LabOptions, 'connect'> = {}): LabPair {
  const { settings, view } = a.store.getState();
  const b = createLab({ ...options, settings: { ...settings, ...difference }, view: { ...view, compare: null } });
  return new LockstepPair(a, b, difference);
}

class LockstepPair implements LabPair {
  private readonly cleanups: (() => void)[];
  private isPlaying = false;
  private limit = 0;

  constructor(
    readonly a: Lab,
    readonly b: Lab,
    public difference: Partial<Settings>,
  ) {
    this.cleanups = [
      a.store.subscribe((state, before) => {
        if (state.settings !== before.settings) this.follow();
        if (state.view.pace !== before.view.pace) b.store.getState().setView({ pace: state.view.pace });
      }),
      a.frames.onPainted(this.keepUp),
      b.frames.onPainted(this.keepUp),
    ];
  }

  async setDifference(difference: Partial<Settings>): Promise<void> {
    await this.b.configure({ ...this.a.store.getState().settings, ...difference });
    this.difference = difference;
  }

  async play(): Promise<void> {
    await this.level();
    this.isPlaying = true;
    this.limit = 0;
    await Promise.all([this.a.play({ limit: this.a.step }), this.b.play({ limit: this.b.step })]);
    await this.extend();
  }

  async pause(): Promise<void> {
    this.isPlaying = false;
    await Promise.all([this.a.pause(), this.b.pause()]);
    await this.level();
  }

  async advance(count = 1): Promise<number> {
    await this.pause();
    const [step] = await Promise.all([this.a.advance(count), this.b.advance(count)]);
    return step;
  }

  async reset(): Promise<void> {
    this.isPlaying = false;
    await Promise.all([this.a.reset(), this.b.reset()]);
  }

  async seek(step: number): Promise<void> {
    this.isPlaying = false;
    await Promise.all([this.a.seek(step), this.b.seek(step)]);
  }

  dispose(): void {
    for (const cleanup of this.cleanups) cleanup();
    this.b.dispose();
    if (this.isPlaying && this.a.running) this.a.play().catch(() => undefined); // takes A's limit off; its store tells of a failure
  }

  /** Brings the one behind up to the other, so that both show the same step. */
  private async level(): Promise<void> {
    const lag = this.a.step - this.b.step;
    if (lag > 0) await this.b.advance(lag);
    if (lag < 0) await this.a.advance(-lag);
  }

  /** On each frame; a lab that is lost or stopped by its loss stops the other, and its store says why. */
  private readonly keepUp = (): void => {
    this.extend().catch(() => {
      this.isPlaying = false;
    });
  };

  /** Raises the limit of both from the step of the one behind. */
  private async extend(): Promise<void> {
    if (!this.isPlaying) return;
    const { a, b } = this;
    const runs = [a.store.getState().run, b.store.getState().run] as const;
    if (runs[0].error !== null || runs[1].error !== null) {
      await this.pause();
      return;
    }
    const slower = Math.min(runs[0].stepsPerSecond, runs[1].stepsPerSecond);
    const limit = Math.min(a.step, b.step) + Math.max(MIN_LEAD, Math.ceil(slower * LEAD_SECONDS));
    if (limit <= this.limit) return;
    this.limit = limit;
    await Promise.all([a.play({ limit }), b.play({ limit })]);
  }

  /** Gives B the settings of A but for the difference; where the two no longer go together, the difference gives way. */
  private follow(): void {
    const { settings } = this.a.store.getState();
    this.limit = 0;
    try {
      this.b.store.getState().setSettings({ ...settings, ...this.difference });
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.difference = {};
      this.b.store.getState().setSettings(settings);
    }
  }
}
