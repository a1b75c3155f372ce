/** One chapter on the projector, in place of the lab: its question, its prediction, its figure. The lab stands still behind it. A window that follows shows what is told. */
import '../chapters/chapters.css';
import '../chapters/figures.css';
import './presentedChapter.css';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, Suspense, useEffect, useMemo, useRef } from 'react';
import { createStudyPool } from '../../bridge/studyPool';
import type { FollowChapter } from '../../protocol/follow';
import type { Convention } from '../../store/labStore';
import type { ChapterEntry } from '../chapters/chapterList';
import { HeadingProvider } from '../chapters/shell/heading';
import { ActiveProvider, type Host, HostProvider } from '../chapters/shell/host';
import { createStudyDesk } from '../chapters/shell/studyDesk';
import { SegmentedRadio } from '../controls/SegmentedRadio';
import { useLab, useLabState } from '../hooks/labContext';
import { useChapterMirror, useClassProgress } from './useChapterMirror';
import { type ChapterPages, useChapterPages, useScaleToFit } from './useChapterPages';
import { useClassroom } from './useClassroom';

/** Keys that a chapter has no use for and present mode has. */
const PRESENT_KEYS = ['Escape', 'PageDown', 'PageUp', '?', 'p', 'c', 'q', 'a'];

/** Keeps the keys pressed in the chapter from a lab that nobody sees. */
function keepFromLab(event: KeyboardEvent): void {
  if (!PRESENT_KEYS.includes(event.key)) event.stopPropagation();
}

interface PresentedChapterProps {
  readonly entry: ChapterEntry;
  /** What the window that leads shows of it; left out where this window leads or stands alone. */
  readonly led?: FollowChapter | null;
}

export default function PresentedChapter({ entry: { id, Body, title }, led = null }: PresentedChapterProps) {
  const lab = useLab();
  const classroom = useClassroom();
  const convention = useLabState((state) => state.view.convention);
  const progress = useClassProgress();
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
  const pages = useChapterPages(chapter, led?.page ?? null);
  useChapterMirror({ classroom, id, page: pages.page, progress, root: chapter, led });
  const scale = useScaleToFit(sheet, chapter, pages.page);
  return (
    <HostProvider value={host}>
      <main
        className={`present-chapter chapters-column ${led === null ? '' : 'is-led'}`}
        data-page={pages.page}
        onKeyDown={keepFromLab}
        onClick={followToLab}
      >
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
