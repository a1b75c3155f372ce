/** What an embed may have to say above its figure: what was asked of it and refused, each on a line of its own. */
export interface Notice {
  get(): string | null;
  set(message: string | null): void;
  subscribe(onChange: () => void): () => void;
}

export function createNotice(first: string | null = null): Notice {
  const listeners = new Set<() => void>();
  let message = first;
  return {
    get: () => message,
    set: (next) => {
      message = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
