/**
 * What a teacher has in hand beside the lab: a question with its answer, the code of the address, the frozen picture, and the windows that
 * follow. One per lab, kept while present mode comes and goes. Not in the store: it is nobody's experiment, and no address holds it.
 */
import type { Lab } from '../../bridge';
import { type Follower, type Following, follow, type Leader, lead, openFollowChannel, randomName } from '../../bridge/follow';
import { isLed } from '../../bridge/roomCheck';
import { EMPTY_STAGE, FOLLOW_CHANNEL, type FollowChapter, type FollowStage, type RemoteKey } from '../../protocol/follow';
import { type Prompt, readPrompt } from '../../protocol/lesson';
import type { Pointing } from '../hooks/pointing';
import { recallClass, rememberClass } from '../lesson/classMemory';

export interface ClassState {
  /** What stands above the figures; '' is nothing. */
  readonly title: string;
  readonly prompt: Prompt | null;
  /** Whether the question is on show, and its answer. */
  readonly asked: 'away' | 'question' | 'answer';
  readonly isFrozen: boolean;
  readonly isCode: boolean;
  /** The lesson is open beside the lab. */
  readonly panel: boolean;
  /** Name of the room that this window leads; null when it leads none. */
  readonly room: string | null;
  /** What the window that is followed says; null where none is followed. */
  readonly following: Following | null;
}

const NOTHING: ClassState = {
  title: '',
  prompt: null,
  asked: 'away',
  isFrozen: false,
  isCode: false,
  panel: false,
  room: null,
  following: null,
};

/** How presenters' remotes walk. */
const WALKS: Partial<Record<RemoteKey, 1 | -1>> = { PageDown: 1, PageUp: -1 };

export class Classroom {
  private state = NOTHING;
  private readonly listeners = new Set<() => void>();
  private leader: Leader | null = null;
  private follower: Follower | null = null;
  /** The question that was typed here and is still in force. */
  private typed: Prompt | null = null;
  /** Walks the lesson, once there is one. */
  private walk: ((by: 1 | -1) => void) | null = null;
  /** The chapter that this window presents; null where it shows the lab. */
  private chapter: FollowChapter | null = null;
  private pointed: Pick<FollowStage, 'highlight' | 'row'> = { highlight: null, row: 0 };

  constructor(readonly lab: Lab) {}

  readonly get = (): ClassState => this.state;
  readonly subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  set(patch: Partial<ClassState>): void {
    this.state = { ...this.state, ...patch };
    if (patch.panel !== undefined) rememberClass({ panel: patch.panel });
    if (this.typed !== null && this.state.prompt !== this.typed) this.rememberTyped(null);
    if (patch.asked !== undefined && this.follower === null) rememberClass({ isSceneAsked: this.typed === null && patch.asked !== 'away' });
    this.leader?.setStage(this.stage());
    for (const listener of [...this.listeners]) listener();
  }

  /** Puts a question on show that was typed here, its answer hidden; null takes it away. */
  ask(prompt: Prompt | null): void {
    this.set({ prompt, asked: prompt === null ? 'away' : 'question' });
    this.rememberTyped(prompt);
  }

  /** Lays out what belongs to a scene, its question not yet on show. A typed one makes way. */
  lay(title: string, prompt: Prompt | null): void {
    this.set({ title, prompt, asked: 'away' });
  }

  /** Keeps the question that was typed for a page that is reloaded. */
  private rememberTyped(prompt: Prompt | null): void {
    this.typed = prompt;
    rememberClass({ asked: prompt && { prompt, isShown: this.state.asked !== 'away' } });
  }

  /** Takes up the question that was typed before a reload, its answer hidden. Returns whether there was one. */
  recallTyped(): boolean {
    if (this.typed !== null) return true;
    const { asked } = recallClass();
    if (asked === null) return false;
    try {
      const prompt = readPrompt('prompt', asked.prompt);
      this.typed = prompt;
      this.set({ prompt, asked: prompt !== null && asked.isShown ? 'question' : 'away' });
      return prompt !== null;
    } catch {
      return false; // of another version of the page
    }
  }

  /** Shows the question, then its answer, then neither. Returns false when there is no question. */
  turnPrompt(): boolean {
    const { prompt, asked } = this.state;
    if (prompt === null) return false;
    this.set({ asked: asked === 'away' ? 'question' : asked === 'question' && prompt.answer !== '' ? 'answer' : 'away' });
    if (this.typed !== null) this.rememberTyped(this.typed);
    return true;
  }

  /**
   * Takes up again what this tab did for its class before it was reloaded. Where another tab leads its room, this one is a copy of that: it
   * leads none, and returns why. Errors: as `lead`.
   */
  async resume(): Promise<string | null> {
    const { room, panel } = recallClass();
    if (panel) this.set({ panel });
    this.recallTyped();
    if (room === null || this.state.room !== null) return null;
    if (await isLed(openFollowChannel(FOLLOW_CHANNEL), room)) {
      rememberClass({ room: null });
      return 'Another tab of this browser leads the second window. This one steers none: go on there, and close this one.';
    }
    this.lead(room);
    return null;
  }

  /** Leads a room until `stopLeading`. Errors: Error in words, where windows cannot speak to each other. Returns the room. */
  lead(room = randomName()): string {
    if (this.state.room !== null) return this.state.room;
    this.leader = lead(this.lab, { channel: openFollowChannel(FOLLOW_CHANNEL), room, stage: this.stage(), onKey: (key) => this.take(key) });
    this.leader.setChapter(this.chapter);
    addEventListener('pagehide', this.leave);
    rememberClass({ room });
    this.set({ room });
    return room;
  }

  readonly stopLeading = (): void => {
    this.leave();
    rememberClass({ room: null });
  };

  /** Says goodbye; the room is remembered, for a page that is reloaded leads it on. */
  private readonly leave = (): void => {
    removeEventListener('pagehide', this.leave);
    this.leader?.dispose();
    this.leader = null;
    this.set({ room: null });
  };

  /** Follows a room. Errors: Error in words. Returns the function that ends it. */
  follow(room: string): () => void {
    rememberClass({ room: null, scene: null, panel: false, asked: null, isSceneAsked: false }); // a window that was opened by another begins with its memory
    const follower = follow(this.lab, { channel: openFollowChannel(FOLLOW_CHANNEL), room, stage: EMPTY_STAGE });
    this.follower = follower;
    this.set({ following: follower.get() });
    const unsubscribe = follower.subscribe(() => this.hear(follower.get()));
    return () => {
      unsubscribe();
      follower.dispose();
      if (this.follower === follower) this.set({ following: null });
    };
  }

  /** Hands a key to the window that leads; where none is followed, nobody hears it. */
  press(key: RemoteKey): void {
    this.follower?.press(key);
  }

  /** Says who walks the lesson of this lab. */
  walkWith(walk: (by: 1 | -1) => void): void {
    this.walk = walk;
  }

  /**
   * A key that was pressed in a window that follows does here what it does here, with no control in the focus: a chapter's pages are turned
   * first. But the lesson is walked whether or not it is open. Under an open dialog nothing moves.
   */
  private take(key: RemoteKey): void {
    if (document.querySelector('dialog[open]')) return;
    const isTaken = !dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    const by = WALKS[key];
    if (by !== undefined && !isTaken) this.walk?.(by);
  }

  /** Tells the followers which chapter stands in the place of the lab, and how; null where none does. */
  showChapter(chapter: FollowChapter | null): void {
    this.chapter = chapter;
    this.leader?.setChapter(chapter);
  }

  /** Tells the followers what the figures of this window highlight. Returns the function that ends it. */
  tellPointing(pointing: Pointing): () => void {
    const tell = () => {
      const { hover, focus, row } = pointing.get();
      this.pointed = { highlight: hover ?? focus, row };
      this.leader?.setStage(this.pointed);
    };
    tell();
    return pointing.subscribe(tell);
  }

  /** Takes over what the leader shows beside its run. */
  private hear(following: Following): void {
    const { title, prompt, isFrozen, isCode } = following.stage;
    this.set({
      following,
      title,
      isFrozen,
      isCode,
      prompt: prompt && { ...prompt, answer: prompt.answer ?? '' },
      asked: prompt === null ? 'away' : prompt.answer === null ? 'question' : 'answer',
    });
  }

  /** What followers are shown: an answer only once it is told. */
  private stage(): FollowStage {
    const { title, prompt, asked, isFrozen, isCode } = this.state;
    const isAsked = prompt !== null && asked !== 'away';
    return {
      ...this.pointed,
      title,
      isFrozen,
      isCode,
      prompt: isAsked
        ? { question: prompt.question, options: [...prompt.options], answer: asked === 'answer' ? prompt.answer : null }
        : null,
    };
  }
}

const classrooms = new WeakMap<Lab, Classroom>();

/** Returns the classroom of a lab. */
export function classroomOf(lab: Lab): Classroom {
  const found = classrooms.get(lab) ?? new Classroom(lab);
  classrooms.set(lab, found);
  return found;
}
