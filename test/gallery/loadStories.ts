/** Loads every story file and the styles of the page, so that gallery and visual tests see the same list in the same clothes. */
import '../../src/app/styles';
import '../../src/app/lateStyles';
import { listStories, type Story } from './registry';

import.meta.glob('./stories/**/*.{ts,tsx}', { eager: true });

/** Returns all stories found under `stories/`. */
export function loadStories(): readonly Story[] {
  return listStories();
}
