/** Puts one story on a page, in one theme, and waits until it is drawn. Knows nothing of galleries or tests. */
import { createElement, Fragment } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Story, Theme } from './registry';

export interface MountedStory {
  /** The box with the story and its padding: what a picture is taken of. */
  readonly box: HTMLElement;
  unmount(): void;
}

/** Mounts `story` under `parent`. Writes: `data-theme` of the document, since tokens hang on the root. */
export async function mountStory(story: Story, theme: Theme, parent: HTMLElement): Promise<MountedStory> {
  document.documentElement.dataset.theme = theme;
  document.documentElement.style.colorScheme = theme;
  const box = document.createElement('div');
  box.style.width = `${story.width}px`;
  box.style.padding = `${story.padding}px`;
  box.style.boxSizing = 'content-box';
  const host = document.createElement('div');
  if (story.height !== null) host.style.height = `${story.height}px`;
  box.append(host);
  parent.append(box);
  const content = await story.render(host, theme);
  const root = content === undefined ? null : createRoot(host);
  if (root) flushSync(() => root.render(createElement(Fragment, null, content)));
  await lateParts(host);
  await document.fonts.ready;
  await nextPaint();
  return {
    box,
    unmount: () => {
      root?.unmount();
      box.remove();
    },
  };
}

/** Parts of the screen that are fetched when they are wanted, as long as they are not there. */
const WAITING = '.equation-line:empty, .problem:not(:has(h2)), .results:not(:has(.story)), :is(.belief-softmax, .belief-squared):empty';
const LATE_MS = 10_000;

/** Gives the sign of a reader, and waits for what comes with it. */
async function lateParts(host: HTMLElement): Promise<void> {
  dispatchEvent(new Event('scroll'));
  const endMs = performance.now() + LATE_MS;
  while (host.querySelector(WAITING) && performance.now() < endMs) await nextPaint();
}

/** Resolves when effects have run and been painted: two animation frames. */
function nextPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
