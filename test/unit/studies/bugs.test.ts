/** Every bug of the museum is run for real, next to the same training without it, and must betray itself by its named signature. */
import { describe, expect, test } from 'vitest';
import { BUG_IDS, BUGS, type BugId } from '../../../src/protocol/bugs';
import type { BugResult } from '../../../src/protocol/studyResults';
import { bugStudy } from '../../../src/studies/bug';
import { signatureHolds } from '../../../src/studies/bugRuns';
import { runStudy } from '../../../src/studies/study';

const run = (bug: BugId, p: number, seed = 42): BugResult => runStudy(bugStudy, { bug, p, steps: 120, seed });

describe('the bugs of the museum', () => {
  test.each(BUG_IDS)('%s betrays itself at its own p', (bug) => {
    const t = performance.now();
    const result = run(bug, BUGS[bug].p);
    console.log(
      bug,
      JSON.stringify(result.signature),
      (performance.now() - t).toFixed(0),
      result.correct.testAccuracy,
      result.wrong.testAccuracy,
      result.wrong.stillShare,
    );
    expect(signatureHolds(result)).toBe(true);
  });
  test.each(BUG_IDS)('%s is hidden at one half, or not, as its card says', (bug) => {
    const result = run(bug, 0.5);
    expect(signatureHolds(result)).toBe(!BUGS[bug].hiddenAtHalf);
  });
});
