/** A host for figures in stories: studies run in the page, here and now, so that the picture is complete when it is taken. */
import '../../../../src/ui/chapters/chapters.css';
import '../../../../src/ui/chapters/figures.css';
import { type ReactNode, useState } from 'react';
import type { StudyPool } from '../../../../src/protocol/study';
import { defaultParams } from '../../../../src/protocol/studyParams';
import type { Convention } from '../../../../src/store/labStore';
import { findStudy } from '../../../../src/studies/registry';
import { runStudy } from '../../../../src/studies/study';
import { FigureHost } from '../../../../src/ui/chapters/shell/host';
import { createProgress, type ProgressStore } from '../../../../src/ui/chapters/shell/progress';
import { createStudyDesk } from '../../../../src/ui/chapters/shell/studyDesk';

const run: StudyPool['run'] = (_, name, patch) => {
  const params = { ...defaultParams(name), ...patch };
  const result = runStudy(findStudy(name), params as never) as never;
  return { outcome: Promise.resolve({ state: 'done', result, seconds: 0 }), cancel: () => undefined };
};

const desk = createStudyDesk({ createPool: () => ({ run, dispose: () => undefined }) });

interface StoryHostProps {
  readonly children: ReactNode;
  readonly convention?: Convention;
  /** Answers given already, by chapter. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** Opens a progress that is kept nowhere, with answers in it. */
function storyProgress(answers: Readonly<Record<string, string>> = {}): ProgressStore {
  const entries = new Map<string, string>();
  const progress = createProgress({
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  });
  for (const [chapterId, choice] of Object.entries(answers)) progress.answer(chapterId, choice);
  return progress;
}

export function StoryHost({ children, convention = 'drop', answers = {} }: StoryHostProps) {
  const [progress] = useState(() => storyProgress(answers));
  return (
    <FigureHost desk={desk} progress={progress} convention={convention}>
      {children}
    </FigureHost>
  );
}
