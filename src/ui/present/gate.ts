/**
 * A lab whose picture can be made to stand while the run goes on: what the figures read is held, everything else passes through.
 *
 * Figures do not know of it: they are given the gate's lab in place of the real one. Controls keep the real one.
 */
import type { FrameBus, Lab, Readable } from '../../bridge';
import { copyFrame, type Frame } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import type { LabState } from '../../store/labStore';

interface Gate {
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
  const readHeld = () => held;
  const sight = createSight();
  const facade = {
    frames: gateFrames(lab, readHeld),
    readout: sight.through(() => (held === null ? lab.readout.get() : held.frame), lab.readout.subscribe),
    data: sight.through(() => (held === null ? lab.data.get() : held.data), lab.data.subscribe),
    store: gateStore(lab, readHeld, sight),
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
      sight.look();
      lab.frames.invalidate();
    },
  };
}

/** What can be seen through the gate: values that change, whose listeners hear only of changes that can be seen. */
interface Sight {
  through<Value>(get: () => Value, subscribe: (onChange: () => void) => () => void): Readable<Value>;
  /** Looks anew at all of them. */
  look(): void;
}

function createSight(): Sight {
  const looks = new Set<() => void>();
  return {
    through: (get, subscribe) => ({
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
        looks.add(look);
        return () => {
          unsubscribe();
          looks.delete(look);
        };
      },
    }),
    look: () => {
      for (const look of [...looks]) look();
    },
  };
}

function gateFrames({ frames }: Lab, readHeld: () => Held | null): FrameBus {
  return {
    get latest() {
      const held = readHeld();
      return held === null ? frames.latest : held.frame;
    },
    get numPainted() {
      return frames.numPainted;
    },
    get numSkipped() {
      return frames.numSkipped;
    },
    subscribe: (channel, painter) => frames.subscribe(channel, (frame) => painter(readHeld()?.frame ?? frame)),
    invalidate: (...channels) => frames.invalidate(...channels),
    onPainted: (listener) =>
      frames.onPainted((frame) => {
        if (readHeld() === null) listener(frame);
      }),
  };
}

/** The store with the settings and the run that are held. The view stays live: what is hidden, the convention, the theme. */
function gateStore({ store }: Lab, readHeld: () => Held | null, sight: Sight): Lab['store'] {
  let merged: { readonly view: LabState['view']; readonly held: Held; readonly state: LabState } | null = null;
  const getState = (): LabState => {
    const live = store.getState();
    const held = readHeld();
    if (held === null) return live;
    if (merged === null || merged.held !== held || merged.view !== live.view) {
      merged = { view: live.view, held, state: { ...live, settings: held.settings, run: held.run } };
    }
    return merged.state;
  };
  const state = sight.through(getState, (onChange) => store.subscribe(onChange));
  return {
    ...store,
    getState,
    subscribe: (listener) => {
      let before = getState();
      return state.subscribe(() => {
        const last = before;
        before = getState();
        listener(before, last);
      });
    },
  };
}
