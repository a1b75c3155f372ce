/** The gallery page: a list of stories and the one that is chosen. ↑ ↓ walk the list, T turns the theme. The choice is in the hash. */
import { loadStories } from './loadStories';
import { type MountedStory, mountStory } from './mountStory';
import type { Story, Theme } from './registry';

const list = document.querySelector('nav') as HTMLElement;
const stage = document.querySelector('main') as HTMLElement;
const stories = loadStories();
let theme: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
let mounted: MountedStory | null = null;

function chosenIndex(): number {
  const name = decodeURIComponent(location.hash.slice(1));
  return Math.max(
    0,
    stories.findIndex((story) => story.name === name),
  );
}

async function show(story: Story | undefined): Promise<void> {
  mounted?.unmount();
  mounted = null;
  if (!story) {
    stage.textContent = 'No stories yet: add one in test/gallery/stories.';
    return;
  }
  for (const link of list.querySelectorAll('a')) link.toggleAttribute('aria-current', link.textContent === story.name);
  mounted = await mountStory(story, theme, stage);
}

function choose(index: number): void {
  const story = stories[Math.min(Math.max(index, 0), stories.length - 1)];
  if (story) location.hash = encodeURIComponent(story.name);
}

for (const { name } of stories) {
  const link = document.createElement('a');
  link.textContent = name;
  link.href = `#${encodeURIComponent(name)}`;
  list.append(link);
}
addEventListener('hashchange', () => void show(stories[chosenIndex()]));
addEventListener('keydown', (event) => {
  if (event.target instanceof HTMLInputElement) return;
  if (event.key === 'ArrowDown') choose(chosenIndex() + 1);
  else if (event.key === 'ArrowUp') choose(chosenIndex() - 1);
  else if (event.key === 't') {
    theme = theme === 'light' ? 'dark' : 'light';
    void show(stories[chosenIndex()]);
  } else return;
  event.preventDefault();
});
void show(stories[chosenIndex()]);
