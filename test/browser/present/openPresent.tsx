/** Opens a lab in present mode, on a real worker; takes it away after each test. */
import '../../../src/app/styles';
import '../../../src/app/lateStyles';
import { afterEach, expect } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createLab, type Lab } from '../../../src/bridge';
import type { Settings } from '../../../src/protocol/settings';
import { LabScreen } from '../../../src/ui';

const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

/** `compare`: what differs in a second lab; null where there is none. */
export async function openPresent(compare: Partial<Settings> | null = null, settings: Partial<Settings> = {}): Promise<Lab> {
  const lab = createLab({ settings: { p: 0.3, seed: 3, ...settings }, view: { present: true, compare } });
  labs.push(lab);
  await render(<LabScreen lab={lab} />);
  await lab.ready;
  await expect.element(page.getByRole('button', { name: 'Freeze' })).toBeVisible();
  return lab;
}
