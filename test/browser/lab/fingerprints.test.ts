/** The same bits in the browser as in Node: the real worker against the fingerprints on record, which the model's own tests hold in Node. */
import { expect, test } from 'vitest';
import { createLab } from '../../../src/bridge';
import type { Settings } from '../../../src/protocol/settings';
import record from '../../fixtures/fingerprints.json?raw';

interface Golden {
  readonly settings: Partial<Settings>;
  readonly step: number;
  readonly fingerprint: string;
}

const golden = JSON.parse(record) as Golden[];

test.each(golden.map((entry) => [JSON.stringify(entry.settings), entry.step, entry] as const))(
  'DT1 %s at step %i',
  async (_, step, entry) => {
    const lab = createLab({ settings: entry.settings });
    try {
      // A third in one go, a third watched, a third by seeking.
      await lab.advance(Math.floor(step / 3));
      const limit = Math.floor((2 * step) / 3);
      await lab.play({ limit });
      while (lab.step < limit) await new Promise(requestAnimationFrame);
      await lab.pause();
      await lab.seek(step);
      expect((await lab.snapshot()).fingerprint).toBe(entry.fingerprint);
    } finally {
      lab.dispose();
    }
  },
);
