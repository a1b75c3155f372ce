/**
 * What the pointer or the keyboard is on, shared by the figures of one lab. Not in the store: it changes with every move of the mouse,
 * painters read it when they paint, and only the equation line renders for it.
 */
import type { UnitRef } from '../../store/labStore';
import { type Highlight, NO_HIGHLIGHT } from '../../viz/view';

export interface PointingState {
  /** Under the pointer; gone when it leaves. */
  readonly hover: Highlight | null;
  /** Chosen by keyboard or click; stays. */
  readonly focus: Highlight | null;
  /** Row of the frame that diagram and equation show. */
  readonly row: number;
}

export interface Pointing {
  readonly get: () => PointingState;
  readonly subscribe: (onChange: () => void) => () => void;
  hover(highlight: Highlight | null): void;
  focus(highlight: Highlight | null): void;
  /** What the figures highlight: the pointer before the keyboard. */
  highlight(): Highlight;
}

function isSame(a: Highlight | null, b: Highlight | null): boolean {
  if (a === null || b === null) return a === b;
  return a.layer === b.layer && a.unit === b.unit && a.row === b.row && a.bin === b.bin && (a.target ?? null) === (b.target ?? null);
}

/** Creates the pointing of one lab, with a unit chosen from the start or none. `onChange` repaints the figures. */
export function createPointing(onChange: () => void, focused: UnitRef | null = null): Pointing {
  const listeners = new Set<() => void>();
  let state: PointingState = { hover: null, focus: focused && { ...focused, row: null, bin: null }, row: 0 };
  const set = (next: PointingState) => {
    state = next;
    onChange();
    for (const listener of listeners) listener();
  };
  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hover: (highlight) => {
      if (!isSame(state.hover, highlight)) set({ ...state, hover: highlight, row: highlight?.row ?? state.row });
    },
    focus: (highlight) => {
      if (!isSame(state.focus, highlight)) set({ ...state, focus: highlight, row: highlight?.row ?? state.row });
    },
    highlight: () => state.hover ?? state.focus ?? NO_HIGHLIGHT,
  };
}
