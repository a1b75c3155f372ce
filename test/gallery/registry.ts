/**
 * The registry of stories: named pictures of one component or painter each, in a known state.
 *
 * The gallery page shows them, the visual tests compare them with their reference; both read this list and nothing else.
 * A story must look the same every time: fixture frames, no clock, no host randomness, no running worker.
 */
import type { ReactNode } from 'react';

export type Theme = 'light' | 'dark';

/**
 * Draws the story. Either returns React content, which is mounted into `host`, or draws into `host` itself
 * (appends a canvas, say) and returns nothing. May be async; what is drawn when it settles is the picture.
 */
type RenderStory = (host: HTMLElement, theme: Theme) => ReactNode | undefined | Promise<ReactNode | undefined>;

export interface StoryOptions {
  /** Width of the host in CSS pixels; default 480. */
  readonly width?: number;
  /** Height of the host in CSS pixels; default: as tall as its content. */
  readonly height?: number;
  /** Which themes the visual test compares; default both. */
  readonly themes?: readonly Theme[];
  /** CSS pixels of border left around the story; default 12. */
  readonly padding?: number;
}

export interface Story {
  readonly name: string;
  readonly render: RenderStory;
  readonly width: number;
  readonly height: number | null;
  readonly themes: readonly Theme[];
  readonly padding: number;
}

const stories = new Map<string, Story>();

/**
 * Registers a story under `name`, as `component/state`, e.g. `story('mask-heatmap/p=0.3', () => <MaskHeatmap frame={frame} />)`.
 * Range: name of lower-case letters, digits, and `- = . / +`. Errors: on a name that is taken or malformed.
 */
export function story(name: string, render: RenderStory, options: StoryOptions = {}): void {
  if (!/^[a-z0-9.=+-]+(\/[a-z0-9.=+-]+)+$/.test(name)) throw new Error(`story name must look like component/state, got "${name}"`);
  if (stories.has(name)) throw new Error(`story "${name}" is registered twice`);
  stories.set(name, {
    name,
    render,
    width: options.width ?? 480,
    height: options.height ?? null,
    themes: options.themes ?? ['light', 'dark'],
    padding: options.padding ?? 12,
  });
}

/** Returns all stories, by name. */
export function listStories(): readonly Story[] {
  return [...stories.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
