/**
 * A lab whose picture can be made to stand while the run goes on: what the figures read is held, everything else passes through.
 *
 * Figures do not know of it: they are given the gate's lab in place of the real one. Controls keep the real one.
 */
import type { FrameBus, Lab, Readable } from '../../bridge';
import { copyFrame, type Frame } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import type { LabState } from '../../store/labStore';

export interface Gate {
  /** What figures are given. */
  readonly lab: Lab;
  /** Makes the picture stand as it is now, or lets it go on. */
  setFrozen(isFrozen: boolean): void;
}

/** What was on show when the picture was made to stand. */
interface Held {
  readonly frame: Frame | null;
  readonly data: DataReport | null;
  readonly settings: LabState['settings'];
  readonly run: LabState['run'];
}

/** Puts a gate before a lab. It is open. */
export function createGate(lab: Lab): Gate {
  let held: Held | null = null;
  const reopened = new Set<() => void>();

  /** A view of a value that changes: its listeners hear only of changes that can be seen through the gate. */
  const through = <Value>(get: () => Value, subscribe: (onChange: () => void) => () => void): Readable<Value> => ({
    get,
    subscribe: (onChange) => {
      let last = get();
      const look = () => {
        const next = get();
        if (next === last) return;
        last = next;
        onChange();
      };
      const unsubscribe = subscribe(look);
      reopened.add(look);
      return () => {
        unsubscribe();
        reopened.delete(look);
      };
    },
  });

  let merged: { live: LabState; held: Held; state: LabState } | null = null;
  const readState = (): LabState => {
    const live = lab.store.getState();
    if (held === null) return live;
    // The view stays live: what is hidden, the convention, the theme.
    if (merged === null || merged.held !== held || merged.live.view !== live.view) {
      merged = { live, held, state: { ...live, settings: held.settings, run: held.run } };
    }
    return merged.state;
  };
  const state = through(readState, (onChange) => lab.store.subscribe(onChange));
  const frames: FrameBus = {
    get latest() {
      return held === null ? lab.frames.latest : held.frame;
    },
    get numPainted() {
      return lab.frames.numPainted;
    },
    get numSkipped() {
      return lab.frames.numSkipped;
    },
    subscribe: (channel, painter) => lab.frames.subscribe(channel, (frame) => painter(held?.frame ?? frame)),
    invalidate: (...channels) => lab.frames.invalidate(...channels),
    onPainted: (listener) =>
      lab.frames.onPainted((frame) => {
        if (held === null) listener(frame);
      }),
  };
  const facade = {
    frames,
    readout: through(() => (held === null ? lab.readout.get() : held.frame), lab.readout.subscribe),
    data: through(() => (held === null ? lab.data.get() : held.data), lab.data.subscribe),
    store: {
      ...lab.store,
      getState: readState,
      subscribe: (listener: (now: LabState, before: LabState) => void) => {
        let before = readState();
        return state.subscribe(() => {
          const now = readState();
          const last = before;
          before = now;
          listener(now, last);
        });
      },
    },
  };
  const gated = new Proxy(lab, {
    get: (target, name) => {
      if (Object.hasOwn(facade, name)) return facade[name as keyof typeof facade];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

  return {
    lab: gated,
    setFrozen: (isFrozen) => {
      if (isFrozen === (held !== null)) return;
      const { settings, run } = lab.store.getState();
      const { latest } = lab.frames;
      held = isFrozen ? { frame: latest && copyFrame(latest), data: lab.data.get(), settings, run } : null;
      for (const look of [...reopened]) look();
      lab.frames.invalidate();
    },
  };
}
