/** Compares every story, in each of its themes, with its reference picture. The references are Linux's: elsewhere fonts fall otherwise. */
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { loadStories } from '../gallery/loadStories';
import { type MountedStory, mountStory } from '../gallery/mountStory';

const isLinux = /Linux/.test(navigator.userAgent) && !/Android/.test(navigator.userAgent);
const stories = loadStories();
let mounted: MountedStory | null = null;

afterEach(() => {
  mounted?.unmount();
  mounted = null;
});

test('there are stories', () => {
  expect(stories.length).toBeGreaterThan(0);
});

if (!isLinux) console.info('visual: skipped, the reference pictures were taken on Linux');

describe.skipIf(!isLinux)('stories', () => {
  for (const story of stories) {
    for (const theme of story.themes) {
      test(`${story.name} ${theme}`, async () => {
        mounted = await mountStory(story, theme, document.body);
        expect(mounted.box.getBoundingClientRect().height).toBeGreaterThan(2 * story.padding);
        await expect.element(page.elementLocator(mounted.box)).toMatchScreenshot(`${story.name.replaceAll('/', '--')}--${theme}`);
      });
    }
  }
});
