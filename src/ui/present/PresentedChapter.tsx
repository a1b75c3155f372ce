/** One chapter on the projector, in place of the lab: its question, its prediction, its figure. The lab stands still behind it. */
import '../chapters/chapters.css';
import '../chapters/figures.css';
import './presentedChapter.css';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { createStudyPool } from '../../bridge/studyPool';
import type { Convention } from '../../store/labStore';
import type { ChapterEntry } from '../chapters/chapterList';
import { HeadingProvider } from '../chapters/shell/heading';
import { ActiveProvider, type Host, HostProvider } from '../chapters/shell/host';
import { createProgress } from '../chapters/shell/progress';
import { createStudyDesk } from '../chapters/shell/studyDesk';
import { SegmentedRadio } from '../controls/SegmentedRadio';
import { useLab, useLabState } from '../hooks/labContext';
import { type ChapterPages, useChapterPages, useScaleToFit } from './useChapterPages';

/** Keys that a chapter has no use for and present mode has. */
const PRESENT_KEYS = ['Escape', 'PageDown', 'PageUp', '?', 'p', 'c', 'q', 'a'];

/** Keeps the keys pressed in the chapter from a lab that nobody sees. */
function keepFromLab(event: KeyboardEvent): void {
  if (!PRESENT_KEYS.includes(event.key)) event.stopPropagation();
}

export default function PresentedChapter({ entry: { Body, title } }: { readonly entry: ChapterEntry }) {
  const lab = useLab();
  const convention = useLabState((state) => state.view.convention);
  const [progress] = useState(() => createProgress());
  const desk = useMemo(() => createStudyDesk({ createPool: createStudyPool, lab, isLabInView: () => false }), [lab]);
  useEffect(() => () => desk.dispose(), [desk]);
  const host = useMemo<Host>(
    () => ({ lab, progress, desk, convention, setConvention: (next: Convention) => lab.store.getState().setView({ convention: next }) }),
    [lab, progress, desk, convention],
  );
  const wayToLab = useRef<HTMLAnchorElement>(null);
  // What is taken to the lab is to be seen there.
  const followToLab = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('.take-to-lab') !== null) wayToLab.current?.click();
  };
  const chapter = useRef<HTMLElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const pages = useChapterPages(chapter);
  const scale = useScaleToFit(sheet, chapter, pages.page);
  return (
    <HostProvider value={host}>
      <main className="present-chapter chapters-column" data-page={pages.page} onKeyDown={keepFromLab} onClick={followToLab}>
        <a ref={wayToLab} href="#figures" hidden>
          The lab
        </a>
        <header className="chapter-sheet-head">
          <h2 className="chapter-title">{title}</h2>
          <PageChoice {...pages} />
        </header>
        <div ref={sheet} className="chapter-sheet">
          <section ref={chapter} className="chapter" data-open="true" aria-label={title} style={{ '--scale': scale } as CSSProperties}>
            <HeadingProvider value={null}>
              <Suspense fallback={<p className="chapter-wait">Opening this chapter.</p>}>
                <ActiveProvider value={true}>
                  <Body />
                </ActiveProvider>
              </Suspense>
            </HeadingProvider>
          </section>
        </div>
      </main>
    </HostProvider>
  );
}

/** Turns to the words of a chapter, or to one of its figures. */
function PageChoice({ page, numFigures, turnTo }: ChapterPages) {
  const names = Array.from({ length: numFigures }, (_, index) => (numFigures === 1 ? 'Figure' : `Figure ${index + 1}`));
  const choices = ['Question', ...names].map((label, index) => ({ value: String(index), label }));
  return <SegmentedRadio legend="what is shown" choices={choices} value={String(page)} onChange={(value) => turnTo(Number(value))} />;
}
