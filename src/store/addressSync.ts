/**
 * Keeps the address of the page in step with a lab, sparingly: browsers throttle pages that write their history too often.
 *
 * A change of the experiment is a new entry, so that back and forward work; a drag is one entry; the step of a run is only written into the
 * entry that is there. Nothing is read here but what the reader's own step back or forward brings.
 */
import { type AddressContent, type AddressParts, formatAddress, onNavigate, type WriteKind, writeLocation } from './address';
import { experimentOf } from './experiment';
import { GROUP_MS } from './history';
import { isStanding, type LabState, type LabStore } from './labStore';
import { watchPress } from './press';

/** At most one write a second while the run goes on. */
const WRITE_MS = 1000;

interface AddressSyncOptions {
  /** Brings the lab to the experiment that the reader went back or forward to. */
  readonly open: (content: AddressContent) => Promise<void>;
  /** The state that the address of the page stands for; what has changed since becomes an entry. Now, if not given. */
  readonly since?: LabState;
}

function partsOf(state: LabState): AddressParts {
  const { settings, changes, step } = experimentOf(state);
  // A lab that is about to begin needs no step: its address is that of a fresh start.
  return { settings, changes, step: step === 0 && !isStanding(state.run) ? null : step, view: state.view, embed: null, origins: [] };
}

/** The part of the address whose change is a new entry: the experiment, without its step and without how it is looked at. */
function essence({ settings, changes, view: { compare = null, hidden = [] } }: AddressParts): string {
  return formatAddress(settings, { changes, view: { compare, hidden } });
}

/** A comparison of which nothing was said but that there is one, `b=`, is told by the page what differs: no change of the reader's. */
function isFilledIn(before: LabState, { view, settings }: LabState): boolean {
  const { compare } = before.view;
  return compare !== null && Object.keys(compare).length === 0 && view.compare !== null && settings === before.settings;
}

class AddressWriter {
  private writtenMs = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly store: LabStore) {}

  write(state: LabState, kind: WriteKind): void {
    this.cancel();
    this.writtenMs = performance.now();
    const { settings, ...parts } = partsOf(state);
    writeLocation(settings, parts, kind);
  }

  /** Writes the lab as it will be then into the entry that is there. */
  writeSoon(): void {
    const waitMs = Math.max(0, this.writtenMs + WRITE_MS - performance.now());
    this.timer ??= setTimeout(() => this.write(this.store.getState(), 'replace'), waitMs);
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

/** Writes the address of the page whenever the lab changes. Returns the function that ends it. */
export function syncAddress(store: LabStore, { open, since = store.getState() }: AddressSyncOptions): () => void {
  let known = essence(partsOf(since));
  const pressNow = watchPress();
  let changedMs = Number.NEGATIVE_INFINITY;
  let changedPress: number | null = null;
  const writer = new AddressWriter(store);
  let isOpening = false;
  let wanted: AddressContent | null = null;

  const follow = (state: LabState, before: LabState) => {
    if (isOpening) return;
    const hasMoved = state.run.step !== before.run.step || state.run.phase !== before.run.phase;
    const isSame = state.settings === before.settings && state.view === before.view && state.run.changes === before.run.changes;
    if (isSame && state.run.start === before.run.start) {
      if (hasMoved) writer.writeSoon();
      return;
    }
    const next = essence(partsOf(state));
    if (next === known) {
      writer.writeSoon();
      return;
    }
    known = next;
    const nowMs = performance.now();
    const press = pressNow();
    const isSameChange = nowMs - changedMs <= GROUP_MS || (press !== null && press === changedPress);
    changedMs = nowMs;
    changedPress = press;
    if (isSameChange || isFilledIn(before, state)) {
      writer.writeSoon();
      return;
    }
    writer.write(before, 'replace');
    writer.write(state, 'push');
  };
  follow(store.getState(), since);
  const unsubscribe = store.subscribe(follow);

  /** Opens one experiment after another; of those that wait only the newest is wanted. */
  const openWanted = async () => {
    isOpening = true;
    while (wanted !== null) {
      const content = wanted;
      wanted = null;
      // What fails stands in the store, and the screen shows it.
      await open(content).catch(() => undefined);
    }
    isOpening = false;
    known = essence(partsOf(store.getState()));
    // How it is looked at stays as it is now, and the address says so.
    writer.writeSoon();
  };
  const stopListening = onNavigate((content, isOtherPlace) => {
    writer.cancel();
    // Back from a chapter to where its link was: the run went on meanwhile, and goes on.
    if (isOtherPlace && essence(content) === known) {
      writer.writeSoon();
      return;
    }
    wanted = content;
    if (!isOpening) void openWanted();
  });

  return () => {
    writer.cancel();
    unsubscribe();
    stopListening();
  };
}
