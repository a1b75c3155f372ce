/** Brings the explanations of the controls once a reader is there; until then controls have none. */
import { useSyncExternalStore } from 'react';
import { whenReader } from './whenReader';

type Help = typeof import('../words/help');

let help: Help | null = null;
const listeners = new Set<() => void>();
let isAsked = false;

async function fetchHelp(): Promise<void> {
  await whenReader();
  help = await import('../words/help');
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!isAsked) {
    isAsked = true;
    // Without explanations the controls work all the same.
    fetchHelp().catch(() => undefined);
  }
  return () => listeners.delete(listener);
}

/** Returns what `read` finds in the explanations; undefined as long as they are not there, as `title` takes it. */
export function useHelp<Text>(read: (help: Help) => Text): Text | undefined {
  const words = useSyncExternalStore(subscribe, () => help);
  return words === null ? undefined : read(words);
}
