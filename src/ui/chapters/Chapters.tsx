/**
 * The page under the lab: contents and chapters, in the lab's own words and convention. Loaded apart from the lab, whose first paint must
 * not wait for it.
 */
import './chapters.css';
import './figures.css';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Lab } from '../../bridge';
import { createStudyPool } from '../../bridge/studyPool';
import { readHash } from '../../store/addressBar';
import type { Convention } from '../../store/labStore';
import { CHAPTERS } from './chapterList';
import { ChapterSection } from './shell/ChapterSection';
import { Contents } from './shell/Contents';
import { type Host, HostProvider } from './shell/host';
import { createProgress } from './shell/progress';
import { createStudyDesk, type StudyDesk } from './shell/studyDesk';
import { useArrival } from './shell/useArrival';
import { useCurrentChapter } from './shell/useCurrentChapter';
import { usePrinting } from './shell/usePrinting';

interface ChaptersProps {
  readonly lab: Lab;
}

/** Whether the lab's figures are on the screen. */
function isLabInView(): boolean {
  const bottom = document.getElementById('figures')?.getBoundingClientRect().bottom ?? 0;
  return bottom > innerHeight / 4;
}

/** Keys pressed in a chapter are the chapter's; only the list of keys opens from here as well. */
function keepFromLab(event: KeyboardEvent): void {
  if (event.key !== '?') event.stopPropagation();
}

/**
 * Keeps the keys of a page that has no focus from a lab out of view: nobody would see what they do, and space is to scroll. Shortcuts with
 * modifiers and the list of keys pass; so does everything while the lab is in view or the screen is another one.
 */
function useKeysInView(): void {
  useEffect(() => {
    const keep = (event: globalThis.KeyboardEvent) => {
      const isOnPage = event.target === document.body || event.target === document.documentElement;
      if (!isOnPage || event.ctrlKey || event.metaKey || event.altKey || event.key === '?') return;
      if (document.getElementById('figures') !== null && !isLabInView()) event.stopPropagation();
    };
    addEventListener('keydown', keep, { capture: true });
    return () => removeEventListener('keydown', keep, { capture: true });
  }, []);
}

function useDesk(lab: Lab): StudyDesk {
  const desk = useMemo(() => createStudyDesk({ createPool: createStudyPool, lab, isLabInView }), [lab]);
  useEffect(() => () => desk.dispose(), [desk]);
  return desk;
}

export default function Chapters({ lab }: ChaptersProps) {
  const convention = useStore(lab.store, (state) => state.view.convention);
  const [progress] = useState(() => createProgress());
  const desk = useDesk(lab);
  const host = useMemo<Host>(
    () => ({
      lab,
      progress,
      desk,
      convention,
      setConvention: (next: Convention) => lab.store.getState().setView({ convention: next }),
    }),
    [lab, progress, desk, convention],
  );
  useKeysInView();
  const currentId = useCurrentChapter(CHAPTERS);
  const { isPrinting, print } = usePrinting(CHAPTERS);
  useArrival(readHash()); // read anew with each render, so that a link of the contents arrives as well
  return (
    <HostProvider value={host}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the keys pressed in a chapter from steering the lab */}
      <div className="chapters" onKeyDown={keepFromLab}>
        <Contents entries={CHAPTERS} currentId={currentId} onPrint={print} />
        <div className="chapters-column">
          {CHAPTERS.map((entry) => (
            <ChapterSection key={entry.id} entry={entry} isForced={isPrinting} />
          ))}
        </div>
      </div>
    </HostProvider>
  );
}
