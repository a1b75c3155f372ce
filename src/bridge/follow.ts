/**
 * One window leads, others of the same origin follow: lectern and projector. The leader tells how to make its run; each follower trains it
 * by itself and arrives at the same bits, which the fingerprints prove.
 *
 * It steers labs by their public calls alone, and knows nothing of what is on the screen: that travels in `stage`.
 */
import {
  type FollowChapter,
  type FollowCompare,
  type FollowMessage,
  type FollowStage,
  type FollowState,
  type RemoteKey,
  readFollowMessage,
  writeFollowState,
} from '../protocol/follow';
import type { Settings } from '../protocol/settings';
import type { Change } from '../protocol/snapshot';
import { type BesideWatch, watchBeside } from './beside';
import { watchFingerprint } from './fingerprint';
import { Cell } from './readable';
import type { Lab, Readable } from './types';

/** Where a message goes out and comes in; `BroadcastChannel` is one. */
export interface FollowChannel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

/** Says that the leader is still there, also to those who came late and missed the first word. */
const HEARTBEAT_MS = 2000;
/** So long a silence, and a follower asks; so long again without an answer, and it says that the leader is gone. */
const SILENCE_MS = 6000;

export interface Leader {
  /** Shows something beside the run on all followers. */
  setStage(patch: Partial<FollowStage>): void;
  /** Shows a chapter in the place of the lab on all followers; null shows the lab again. */
  setChapter(chapter: FollowChapter | null): void;
  /** Tells the followers that it is over. */
  dispose(): void;
}

interface LeadOptions {
  readonly channel: FollowChannel;
  /** Which followers are meant; others on the origin may lead rooms of their own. */
  readonly room: string;
  readonly stage: FollowStage;
  /** A remote was pressed in a window that follows. */
  readonly onKey?: (key: RemoteKey) => void;
}

/** Makes a lab the leader of a room. */
export function lead(lab: Lab, { channel, room, stage: firstStage, onKey }: LeadOptions): Leader {
  const leader = randomName();
  const watch = watchFingerprint(lab);
  const beside = watchBeside(lab, () => tellBeside());
  let stage = firstStage;
  let chapter: FollowChapter | null = null;
  let toldStep = -1;
  let isOver = false;

  const tell = () => {
    const { settings, run, view } = lab.store.getState();
    const print = watch.get();
    const { phase, passes } = settings;
    // A run that has just started over is at step 0 before its first frame says so; no follower may train it to the old one's step.
    const isAtStart = run.lastStep === 0 && run.phase !== 'running';
    toldStep = isAtStart ? 0 : lab.step;
    const state: FollowState = {
      type: 'state',
      room,
      leader,
      start: { ...run.start, phase, passes },
      changes: run.changes,
      step: toldStep,
      running: lab.running,
      fingerprint: print !== null && print.step === toldStep && !lab.running ? print.fingerprint : null,
      convention: view.convention,
      showGradients: view.showGradients,
      hidden: [...view.hidden],
      stage,
    };
    channel.postMessage(writeFollowState(state));
    tellBeside();
    tellChapter();
  };
  const tellChapter = () => channel.postMessage({ type: 'chapter', room, leader, chapter } satisfies FollowMessage);
  const tellBeside = () => {
    const { difference = null, print = null } = beside.get() ?? {};
    const isThere = print !== null && print.step === toldStep && !lab.running;
    const compare: FollowCompare = { type: 'compare', room, leader, difference, fingerprint: isThere ? print.fingerprint : null };
    channel.postMessage(compare);
  };
  const tellStep = () => {
    if (lab.step === toldStep) return;
    toldStep = lab.step;
    channel.postMessage({ type: 'step', room, leader, step: lab.step } satisfies FollowMessage);
  };

  channel.onmessage = ({ data }) => {
    const message = readFollowMessage(data);
    if (message?.type === 'hello' && isMeant(message.room, room)) tell();
    if (message?.type === 'key' && isMeant(message.room, room)) onKey?.(message.key);
  };
  const heartbeat = setInterval(tell, HEARTBEAT_MS);
  const cleanups = [
    lab.store.subscribe((state, before) => {
      const { run } = state;
      const isMoveOnly = run.phase === 'running' && before.run.phase === 'running' && run.changes === before.run.changes;
      if (isMoveOnly && run.start === before.run.start && state.settings === before.settings && state.view === before.view) tellStep();
      else tell();
    }),
    lab.frames.onPainted(tellStep),
    watch.subscribe(tell),
  ];
  tell();
  return {
    setStage: (patch) => {
      stage = { ...stage, ...patch };
      tell();
    },
    setChapter: (next) => {
      chapter = next;
      tellChapter();
    },
    dispose: () => {
      if (isOver) return;
      isOver = true;
      clearInterval(heartbeat);
      for (const cleanup of cleanups) cleanup();
      watch.dispose();
      beside.dispose();
      channel.postMessage({ type: 'bye', room, leader } satisfies FollowMessage);
      channel.close();
    },
  };
}

/** 'waiting': no leader has been heard yet. 'closed': it said goodbye. 'lost': it does not answer. */
type FollowPhase = 'waiting' | 'following' | 'closed' | 'lost';

export interface Following {
  readonly phase: FollowPhase;
  readonly stage: FollowStage;
  /** What the leader shows in the place of its lab; null where it shows the lab. */
  readonly chapter: FollowChapter | null;
  /** Whether the weights at the leader's step are the leader's, bit for bit, in B too where it compares; null while a run moves. */
  readonly agrees: boolean | null;
}

export interface Follower extends Readable<Following> {
  /** Hands a key to the leader. */
  press(key: RemoteKey): void;
  dispose(): void;
}

interface FollowOptions {
  readonly channel: FollowChannel;
  /** '' follows whoever leads. */
  readonly room: string;
  readonly stage: FollowStage;
}

/** Makes a lab follow the leader of a room: the same settings, changes and step; it plays when the leader plays and never runs ahead. */
export function follow(lab: Lab, options: FollowOptions): Follower {
  return new FollowingLab(lab, options);
}

class FollowingLab implements Follower {
  private readonly cell: Cell<Following>;
  readonly get: () => Following;
  readonly subscribe: (onChange: () => void) => () => void;
  private leader: string | null = null;
  private wanted: FollowState | null = null;
  /** What the leader compares with. */
  private wantedBeside: FollowCompare | null = null;
  /** What has been repeated here so far. */
  private known: { start: Settings; changes: readonly Change[] } | null = null;
  private isBusy = false;
  private isDisposed = false;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private readonly watch;
  private readonly beside: BesideWatch;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly lab: Lab,
    private readonly options: FollowOptions,
  ) {
    this.cell = new Cell<Following>({ phase: 'waiting', stage: options.stage, chapter: null, agrees: null });
    this.get = this.cell.get;
    this.subscribe = this.cell.subscribe;
    this.watch = watchFingerprint(lab);
    this.unsubscribe = this.watch.subscribe(() => this.compare());
    this.beside = watchBeside(lab, () => this.compare());
    options.channel.onmessage = ({ data }) => {
      const message = readFollowMessage(data);
      if (message !== null) this.take(message);
    };
    this.hello();
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.silence);
    this.unsubscribe();
    this.watch.dispose();
    this.beside.dispose();
    this.options.channel.close();
  }

  press(key: RemoteKey): void {
    this.options.channel.postMessage({ type: 'key', room: this.options.room, key } satisfies FollowMessage);
  }

  private hello(): void {
    this.options.channel.postMessage({ type: 'hello', room: this.options.room } satisfies FollowMessage);
  }

  private take(message: FollowMessage): void {
    if (message.type === 'hello' || message.type === 'key' || !isMeant(this.options.room, message.room)) return;
    // One leader at a time; another is heard once this one has gone.
    if (this.leader !== null && message.leader !== this.leader) return;
    this.listen();
    if (message.type === 'bye') {
      this.leave('closed');
      return;
    }
    if (this.leader === null && message.type !== 'state') return; // what is said beside a state comes after it
    if (message.type === 'chapter') {
      this.set({ chapter: message.chapter });
      return;
    }
    if (message.type === 'compare') {
      this.wantedBeside = message;
    } else if (message.type === 'step') {
      if (this.wanted === null) return;
      this.wanted = { ...this.wanted, step: message.step, fingerprint: null };
    } else {
      if (this.leader === null) this.wantedBeside = null;
      this.set({ phase: 'following', stage: message.stage, ...(this.leader === null && { chapter: null }) });
      this.leader = message.leader;
      this.wanted = message;
      this.copyView(message);
    }
    void this.catchUp();
  }

  private set(patch: Partial<Following>): void {
    this.cell.set({ ...this.cell.get(), ...patch });
  }

  /** Starts to wait for the next word of the leader. Timers of hidden windows are slowed, so it is asked before it is given up. */
  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.hello();
      this.silence = setTimeout(() => this.leave('lost'), SILENCE_MS);
    }, SILENCE_MS);
  }

  private leave(phase: 'closed' | 'lost'): void {
    clearTimeout(this.silence);
    this.leader = null;
    this.set({ phase, agrees: null });
    if (this.lab.running) this.lab.pause().catch(() => undefined); // a lost worker is told by the store
  }

  private copyView({ convention, showGradients, hidden }: FollowState): void {
    const { view, setView } = this.lab.store.getState();
    const next = { convention, showGradients, hidden } as Pick<typeof view, 'convention' | 'showGradients' | 'hidden'>;
    const isSame = view.convention === convention && view.showGradients === showGradients && view.hidden.join() === hidden.join();
    if (!isSame) setView(next);
  }

  /** Brings the lab to where the leader is, again and again until nothing newer has come meanwhile. */
  private async catchUp(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    let done: FollowState | null = null;
    try {
      while (!this.isDisposed && this.leader !== null && this.wanted !== null && this.wanted !== done) {
        done = this.wanted;
        await this.goTo(done);
        this.copyDifference();
      }
    } catch {
      this.known = null; // the lab is lost or was restarted: the store says so, and the next word starts from nothing
    }
    this.isBusy = false;
    this.copyDifference();
    this.compare();
  }

  /** Puts a lab beside this one as the leader has it, or takes it away: whoever shows the lab makes it of `view.compare`. */
  private copyDifference(): void {
    if (this.isDisposed || this.leader === null) return;
    const { view, setView } = this.lab.store.getState();
    const compare = this.wantedBeside?.difference ?? null;
    if (!isSame(view.compare, compare)) setView({ compare });
  }

  private async goTo(state: FollowState): Promise<void> {
    const { lab } = this;
    await this.repeatChanges(state);
    const { phase, passes } = state.start;
    const { settings } = lab.store.getState();
    if (settings.phase !== phase || settings.passes !== passes) await lab.configure({ phase, passes });
    if (lab.step > state.step) await lab.seek(state.step);
    if (state.running) await lab.play({ pace: Number.POSITIVE_INFINITY, limit: state.step });
    else if (lab.running || lab.step !== state.step) await lab.seek(state.step);
  }

  /** Makes the run one with the leader's settings of step 0 and its live changes; starts over only when it must. */
  private async repeatChanges({ start, changes, step }: FollowState): Promise<void> {
    const { lab, known } = this;
    if (known !== null && isSame(known.start, start, ['phase', 'passes'])) {
      if (known.changes === changes || isSame(known.changes, changes)) return;
      const rest = restOf(known.changes, changes);
      if (rest?.every((change) => change.step <= step)) {
        for (const change of rest) {
          if (lab.running || lab.step !== change.step) await lab.seek(change.step);
          await lab.configure(change.patch);
        }
        this.known = { start, changes };
        return;
      }
    }
    this.known = null;
    await lab.configure(start);
    await lab.replay(changes, step);
    this.known = { start, changes };
  }

  /** Says whether both rest at the same step with the same bits. */
  private compare(): void {
    const print = this.watch.get();
    const { wanted } = this;
    const canTell = this.leader !== null && wanted !== null && wanted.fingerprint !== null && print !== null && print.step === wanted.step;
    const agreesA = canTell && !this.isBusy ? print.fingerprint === wanted.fingerprint : null;
    const agrees = agreesA === true && this.wantedBeside?.difference ? this.agreesBeside(wanted?.step ?? 0) : agreesA;
    if (agrees !== this.cell.get().agrees) this.set({ agrees });
  }

  /** Says the same of B, where there is one; null until both rest at the step. */
  private agreesBeside(step: number): boolean | null {
    const { print = null } = this.beside.get() ?? {};
    const wanted = this.wantedBeside?.fingerprint ?? null;
    return wanted === null || print?.step !== step ? null : print.fingerprint === wanted;
  }
}

/**
 * Returns the changes that lead from the list `from` to the list `to` when they are made in order, each at its step; null when the run
 * has to start over. A change forgets those after it, and one at the same step takes what it does not name from the one before.
 */
function restOf(from: readonly Change[], to: readonly Change[]): readonly Change[] | null {
  let numCommon = 0;
  while (numCommon < from.length && numCommon < to.length && isSame(from[numCommon], to[numCommon])) numCommon += 1;
  const [next] = to.slice(numCommon);
  if (next === undefined) return null;
  const stale = from.slice(numCommon);
  if (stale.some((change) => change.step < next.step)) return null;
  const replaced = stale.find((change) => change.step === next.step);
  const keepsAll = replaced === undefined || Object.keys(replaced.patch).every((name) => Object.hasOwn(next.patch, name));
  return keepsAll ? to.slice(numCommon) : null;
}

/** Compares plain values by what is in them, but for some names. */
function isSame(a: unknown, b: unknown, except: readonly string[] = []): boolean {
  const write = (value: unknown) => JSON.stringify(value, (name, item: unknown) => (except.includes(name) ? undefined : item));
  return write(a) === write(b);
}

/** '' means any room. */
function isMeant(asked: string, room: string): boolean {
  return asked === '' || asked === room;
}

/** Returns a name that no other window has; no seeded path reads it. */
export function randomName(): string {
  return crypto.getRandomValues(new Uint32Array(2)).reduce((name, word) => name + word.toString(36), '');
}

/** Opens the channel of this origin. Errors: Error, in words, where the browser has none. */
export function openFollowChannel(name: string): FollowChannel {
  try {
    return new BroadcastChannel(name);
  } catch {
    throw new Error(
      'This browser, or the frame that the page stands in, does not let windows speak to each other. Open the page by itself.',
    );
  }
}
