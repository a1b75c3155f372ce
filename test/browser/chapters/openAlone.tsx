/** Opens one chapter or figure alone, without a lab, on real workers; takes all away after each test. */
import '../../../src/app/styles';
import '../../../src/app/lateStyles';
import '../../../src/ui/chapters/chapters.css';
import '../../../src/ui/chapters/figures.css';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import { render } from 'vitest-browser-react';
import { createStudyPool, type StudyPoolOptions } from '../../../src/bridge/studyPool';
import type { Convention } from '../../../src/store/labStore';
import { FigureHost } from '../../../src/ui/chapters/shell/host';
import { createProgress, type ProgressStore } from '../../../src/ui/chapters/shell/progress';
import { createStudyDesk } from '../../../src/ui/chapters/shell/studyDesk';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** Renders `content` in a host of its own, with `progress` for its answers, in a convention of probabilities, on workers as `pool` has them. */
export async function openAlone(
  content: ReactNode,
  progress: ProgressStore = createProgress(null),
  convention: Convention = 'drop',
  pool: StudyPoolOptions = {},
): Promise<HTMLElement> {
  const desk = createStudyDesk({ createPool: () => createStudyPool({ size: 2, ...pool }) });
  cleanups.push(() => desk.dispose());
  const { container } = await render(
    <FigureHost desk={desk} progress={progress} convention={convention}>
      <main className="chapter">{content}</main>
    </FigureHost>,
  );
  return container;
}

/** Returns the text of the first element that matches. */
export const textOf = (container: Element, selector: string): string => container.querySelector(selector)?.textContent ?? '';
