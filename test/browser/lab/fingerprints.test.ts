/** The same bits in the browser as in Node: the real worker against the fingerprints on record. */
import { expect, test } from 'vitest';
import { createLab } from '../../../src/bridge';
import record from '../../fixtures/fingerprints.json?raw';
import { FINGERPRINT_CASES, FINGERPRINT_STEPS } from '../../unit/worker/fingerprintCases';

const expected = JSON.parse(record) as Record<string, string>;

test.each(Object.entries(FINGERPRINT_CASES))('DT1 %s', async (name, settings) => {
  const lab = createLab({ settings });
  try {
    // Half the way in one go, half of it watched.
    await lab.advance(FINGERPRINT_STEPS / 2);
    await lab.play({ limit: FINGERPRINT_STEPS });
    while (lab.step < FINGERPRINT_STEPS) await new Promise(requestAnimationFrame);
    await lab.pause();
    expect((await lab.snapshot()).fingerprint).toBe(expected[name]);
  } finally {
    lab.dispose();
  }
});
