/** Labs of small settings for the tests of the handle; each is disposed of after its test. */
import { afterEach } from 'vitest';
import { createLab, DropoutLab, type Lab } from '../../../src/bridge';
import type { Settings } from '../../../src/protocol/settings';

export const SMALL: Partial<Settings> = { hidden: [9, 5], trainSize: 50, testSize: 40, batchSize: 12, p: 0.37, inputP: 0.1, seed: 0 };

const labs: Lab[] = [];

export function open(settings: Partial<Settings> = SMALL): { lab: Lab; handle: DropoutLab } {
  const lab = createLab({ settings });
  labs.push(lab);
  return { lab, handle: new DropoutLab(lab) };
}

afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});
