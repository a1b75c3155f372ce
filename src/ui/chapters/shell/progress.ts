/**
 * What a reader has answered, kept in the browser. Storage may be blocked, full or filled with something else: then it is kept for this
 * visit only, and nothing breaks. Nothing but the chapters' answers may be written here.
 */

/** The part of `Storage` that is needed. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

interface Progress {
  /** The answer given in each chapter, by chapter. */
  readonly answers: Readonly<Record<string, string>>;
  /** Whether the next visit will find it. */
  readonly isKept: boolean;
}

export interface ProgressStore {
  get(): Progress;
  subscribe(onChange: () => void): () => void;
  /** Commits to an answer. */
  answer(chapterId: string, choice: string): void;
  /** Takes one answer back. */
  retract(chapterId: string): void;
  /** Forgets all answers, and what was kept of them. */
  clear(): void;
}

const STORAGE_KEY = 'dropout-lab.chapters';

/** Returns the browser's storage, or null where it is blocked: asking for it may throw. */
function browserStorage(): KeyValueStorage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

function readAnswers(text: string | null): Readonly<Record<string, string>> {
  if (text === null) return {};
  const stored: unknown = JSON.parse(text);
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {};
  return Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function load(storage: KeyValueStorage | null): Progress {
  if (storage === null) return { answers: {}, isKept: false };
  try {
    return { answers: readAnswers(storage.getItem(STORAGE_KEY)), isKept: true };
  } catch (error) {
    return { answers: {}, isKept: error instanceof SyntaxError };
  }
}

/** Opens the progress kept in `storage`; null keeps it for this visit. Never throws. */
export function createProgress(storage: KeyValueStorage | null = browserStorage()): ProgressStore {
  const listeners = new Set<() => void>();
  let progress = load(storage);
  const save = (answers: Progress['answers']) => {
    let isKept = progress.isKept;
    try {
      if (Object.keys(answers).length === 0) storage?.removeItem(STORAGE_KEY);
      else storage?.setItem(STORAGE_KEY, JSON.stringify(answers));
    } catch {
      isKept = false;
    }
    progress = { answers, isKept };
    for (const listener of listeners) listener();
  };
  return {
    get: () => progress,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answer: (chapterId, choice) => save({ ...progress.answers, [chapterId]: choice }),
    retract: (chapterId) => save(Object.fromEntries(Object.entries(progress.answers).filter(([id]) => id !== chapterId))),
    clear: () => save({}),
  };
}
