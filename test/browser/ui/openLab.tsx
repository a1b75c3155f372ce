/** Opens the whole screen on a real lab with a real worker, and takes both away after each test. */
import '../../../src/app/styles';
import '../../../src/app/lateStyles';
import { Profiler } from 'react';
import { afterEach } from 'vitest';
import { type RenderResult, render } from 'vitest-browser-react';
import { createLab, type Lab, type LabOptions } from '../../../src/bridge';
import type { Settings } from '../../../src/protocol/settings';
import { LabScreen } from '../../../src/ui';

export interface OpenLab {
  readonly lab: Lab;
  readonly screen: RenderResult;
  /** Commits of React so far. */
  readonly commits: { count: number };
}

const open: Lab[] = [];

afterEach(() => {
  for (const lab of open.splice(0)) lab.dispose();
});

/** Renders the screen of a new lab; with `isReady` false it does not wait for the first frame. */
export async function openLab(settings: Partial<Settings> = {}, options: LabOptions = {}, isReady = true): Promise<OpenLab> {
  const lab = createLab({ ...options, settings });
  open.push(lab);
  const commits = { count: 0 };
  const screen = await render(
    <Profiler id="test" onRender={() => void commits.count++}>
      <LabScreen lab={lab} />
    </Profiler>,
  );
  // The first sign of a reader, for whom the rest of the screen waits.
  dispatchEvent(new Event('scroll'));
  if (isReady) await lab.ready;
  else lab.ready.catch(() => undefined);
  return { lab, screen, commits };
}

export const settingsOf = (lab: Lab): Settings => lab.store.getState().settings;
