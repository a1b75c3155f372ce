/**
 * A presented chapter in two windows: the one that leads tells what its controls say, the one that follows brings its own to the same.
 * Both compute what they show by themselves, from the same seeds.
 */
import { type ControlState, differing, namedControls, pressedName, readValues, setControl, UNTOUCHED } from './chapterControls';

/** Readers' hands make many events at once; a tenth of a second later nobody sees. */
const TELL_MS = 60;
const EVENTS = ['input', 'keydown', 'focusout', 'pointerover'] as const;
/** With these a text that was typed is taken, or given up. */
const TAKEN = ['Enter', 'Escape', 'ArrowUp', 'ArrowDown'];

/** Watches the controls of a chapter from what is known of them on, and tells what changes. Returns the function that ends it. */
export function watchControls(root: HTMLElement, known: ControlState, tell: (state: ControlState) => void): () => void {
  let { values, acts } = known;
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The text that is being typed. */
  let draft: EventTarget | null = null;
  const read = () => {
    const before = values;
    values = readValues(root, draft, before);
    for (const [name, value] of Object.entries(values)) {
      if (before[name] !== undefined && before[name] !== value) acts = withAct(acts, { name, value });
    }
  };
  const look = () => {
    timer = undefined;
    read();
    const text = JSON.stringify([values, acts]);
    if (text === told) return;
    told = text;
    tell({ values, acts });
  };
  const lookSoon = () => {
    timer ??= setTimeout(look, TELL_MS);
  };
  const note = (event: Event) => {
    if (event.type === 'input') draft = event.target;
    else if (event.type === 'focusout' || (event instanceof KeyboardEvent && TAKEN.includes(event.key))) draft = null;
    lookSoon();
  };
  // Named before the page answers to it: then the button may be another. Told with what it has changed, or that would be set back there.
  const press = (event: Event) => {
    const name = pressedName(root, event.target);
    if (name !== null) {
      read();
      acts = [...acts, { name, value: null }];
    }
    lookSoon();
  };
  // Controls also come late, and change by what a press does.
  const observer = new MutationObserver(lookSoon);
  observer.observe(root, { childList: true, subtree: true });
  root.addEventListener('click', press, true);
  for (const each of EVENTS) root.addEventListener(each, note);
  look();
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    root.removeEventListener('click', press, true);
    for (const each of EVENTS) root.removeEventListener(each, note);
  };
}

/** A slider that is dragged is one act. */
function withAct(acts: ControlState['acts'], act: ControlState['acts'][number]): ControlState['acts'] {
  const last = acts.at(-1);
  return last?.name === act.name && last.value !== null ? acts.with(-1, act) : [...acts, act];
}

/** So often a control is set for one word of the leader: one that will not take it must not be set for ever. */
const MAX_TRIES = 3;
/** So long a control is waited for that is not there yet; a button may stand behind a study that takes longer here. */
const PATIENCE_MS = { value: 1000, press: 8000 } as const;
const AGAIN_MS = 30;

/** Brings the controls of a chapter to what the leader's say: by the same acts in the same order, and then, whatever came of them, by value. */
export class ControlCopy {
  private wanted = UNTOUCHED;
  private numDone = 0;
  private waitingSince: number | null = null;
  private tries = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly observer = new MutationObserver(() => this.goOn());

  constructor(private readonly root: HTMLElement) {
    this.observer.observe(root, { childList: true, subtree: true });
  }

  take(wanted: ControlState): void {
    this.wanted = wanted;
    this.tries = new Map();
    this.goOn();
  }

  dispose(): void {
    this.observer.disconnect();
    clearTimeout(this.timer);
  }

  private goOn(): void {
    if (this.timer !== undefined) return;
    if (this.numDone >= this.wanted.acts.length) {
      this.settle();
      return;
    }
    this.act();
    // The page has to answer to one act before the next.
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.goOn();
    }, AGAIN_MS);
  }

  /** Does the next act, once its control is there. */
  private act(): void {
    const act = this.wanted.acts[this.numDone];
    if (act === undefined) return;
    const control = namedControls(this.root).get(act.name);
    const isReady = control !== undefined && !control.matches(':disabled, [aria-disabled=true]');
    this.waitingSince ??= performance.now();
    const patience = PATIENCE_MS[act.value === null ? 'press' : 'value'];
    if (!isReady && performance.now() - this.waitingSince < patience) return;
    this.numDone += 1;
    this.waitingSince = null;
    if (!isReady) return;
    if (act.value === null) control.click();
    else if (differing(this.root, { [act.name]: act.value }).has(act.name)) setControl(control, act.value);
  }

  private settle(): void {
    for (const [name, control] of differing(this.root, this.wanted.values)) {
      const numTries = this.tries.get(name) ?? 0;
      if (numTries >= MAX_TRIES) continue;
      this.tries.set(name, numTries + 1);
      setControl(control, this.wanted.values[name] ?? '');
    }
  }
}
