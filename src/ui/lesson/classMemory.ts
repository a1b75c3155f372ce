/**
 * What a tab must still know of its class after it is reloaded: the room it leads, the scene on show, the question, whether the lesson is open. It lives as
 * long as the tab. Small, since the first load reads it; where a browser keeps nothing, nothing is remembered.
 */

import type { Prompt } from '../../protocol/lesson';

const KEY = 'dropout-lab.class';

interface ClassMemory {
  readonly room: string | null;
  /** Index of the scene on show. */
  readonly scene: number | null;
  readonly panel: boolean;
  /** The question that was typed, and whether it is on show; null where there is none but the scene's own. */
  readonly asked: { readonly prompt: Prompt; readonly isShown: boolean } | null;
  /** The scene's own question is on show. */
  readonly isSceneAsked: boolean;
}

const NOTHING: ClassMemory = { room: null, scene: null, panel: false, asked: null, isSceneAsked: false };

/** Returns what this tab remembers of its class. */
export function recallClass(): ClassMemory {
  try {
    return { ...NOTHING, ...(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<ClassMemory>) };
  } catch {
    return NOTHING;
  }
}

/** Remembers a part of it; what is as at the start leaves no trace. */
export function rememberClass(patch: Partial<ClassMemory>): void {
  try {
    const next = JSON.stringify({ ...recallClass(), ...patch });
    if (next === JSON.stringify(NOTHING)) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, next);
  } catch {
    // A browser that keeps nothing for this page: then a reload begins anew.
  }
}

/** Returns whether this tab had a class before it was reloaded. */
export function hadClass(): boolean {
  const { room, panel } = recallClass();
  return room !== null || panel;
}
