import { expect, test } from 'vitest';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings';
import { openRun } from '../../../src/worker/openRun';
import { FINGERPRINT_CASES, FINGERPRINT_STEPS } from './fingerprintCases';

test('DT1 the fingerprints on record are those of Node; the browser is held to the same file', async () => {
  const record: Record<string, string> = {};
  for (const [name, patch] of Object.entries(FINGERPRINT_CASES)) {
    const run = await openRun(parseSettings(patch, DEFAULT_SETTINGS));
    expect(run.train(FINGERPRINT_STEPS, false), `${name}: the loss stays a number`).toBe(true);
    record[name] = run.fingerprint();
  }
  expect(new Set(Object.values(record)).size).toBe(Object.keys(record).length);
  // A change here breaks every address that people have kept: only on purpose, with `vitest -u`.
  await expect(`${JSON.stringify(record, null, 2)}\n`).toMatchFileSnapshot('../../fixtures/fingerprints.json');
});
