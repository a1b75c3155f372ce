/** Counts React's commits for the debug overlay, without rendering for it. */
export interface CommitCounter {
  readonly add: () => void;
  readonly read: () => number;
}

export function createCommitCounter(): CommitCounter {
  let count = 0;
  return { add: () => void count++, read: () => count };
}
