/**
 * Keeps the lesson of the page in this browser, as the text of its file, so that a reload, a crash or the night before loses nothing. One
 * lesson at a time, and never sent anywhere.
 */

const KEY = 'dropout-lab.lesson';

export interface Shelved {
  readonly file: string;
  /** Whether the same text is also in a file or a link. */
  readonly isSaved: boolean;
}

/** Returns the lesson on the shelf; null when there is none, or when the browser keeps nothing for this page. */
export function readShelf(): Shelved | null {
  try {
    const { file, isSaved } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Shelved>;
    return typeof file === 'string' ? { file, isSaved: isSaved === true } : null;
  } catch {
    return null;
  }
}

/** Puts a lesson on the shelf; null clears it. Returns false when the browser keeps nothing for this page. */
export function writeShelf(shelved: Shelved | null): boolean {
  try {
    if (shelved === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(shelved));
    return true;
  } catch {
    return false;
  }
}
