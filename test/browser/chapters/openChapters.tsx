/** Opens the lab with the chapters under it, as the page has them, on real workers; takes all away after each test. */
import '../../../src/app/styles';
import '../../../src/app/lateStyles';
import axe from 'axe-core';
import { afterEach } from 'vitest';
import { type RenderResult, render } from 'vitest-browser-react';
import { createLab, type Lab } from '../../../src/bridge';
import type { Settings } from '../../../src/protocol/settings';
import { LabScreen } from '../../../src/ui';
import Chapters from '../../../src/ui/chapters/Chapters';
import { CHAPTERS } from '../../../src/ui/chapters/chapterList';

interface OpenChapters {
  readonly lab: Lab;
  readonly screen: RenderResult;
}

const STILL_MS = 150;

const open: Lab[] = [];

afterEach(() => {
  for (const lab of open.splice(0)) lab.dispose();
  localStorage.clear();
  history.replaceState(null, '', `${location.pathname}${location.search}`);
});

export const CHAPTER_IDS = CHAPTERS.map(({ id }) => id);

export async function openChapters(settings: Partial<Settings> = {}): Promise<OpenChapters> {
  const lab = createLab({ settings });
  open.push(lab);
  const screen = await render(
    <>
      <LabScreen lab={lab} />
      <Chapters lab={lab} />
    </>,
  );
  await lab.ready;
  return { lab, screen };
}

export function sectionOf(id: string): HTMLElement {
  const section = document.getElementById(id);
  if (!section) throw new Error(`there is no chapter ${id}`);
  return section;
}

/** Waits until `isSo` says true. */
export async function until(isSo: () => boolean, what: string, timeoutMs = 30_000): Promise<void> {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > timeoutMs) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Scrolls to a chapter and waits until its body is there and nothing in it is still to come. */
export async function goTo(id: string): Promise<HTMLElement> {
  const section = sectionOf(id);
  section.scrollIntoView({ block: 'start' });
  await until(() => section.querySelector('.prediction') !== null, `${id} opens`);
  section.scrollIntoView({ block: 'start' });
  return section;
}

/** Waits until no study of the chapter is queued or running, and nothing in it has changed for a moment. */
export async function settle(section: HTMLElement): Promise<void> {
  let changedMs = performance.now();
  const observer = new MutationObserver(() => {
    changedMs = performance.now();
  });
  observer.observe(section, { subtree: true, childList: true, characterData: true });
  const isStill = () => section.querySelector('progress, .chapter-wait') === null && performance.now() - changedMs > STILL_MS;
  await until(isStill, `${section.id} settles`);
  observer.disconnect();
}

/** Returns what axe finds wrong in an element, in words. */
export async function violationsOf(element: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(element, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
}
