/** One figure of a chapter, alone in a frame. Loaded on demand, with the styles and the pool of workers that chapters need. */
import '../../ui/chapters/chapters.css';
import '../../ui/chapters/figures.css';
import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import { createStudyPool } from '../../bridge/studyPool';
import type { ViewState } from '../../store/labStore';
import { FIGURES, type FigureId } from '../../ui/chapters/figures';
import { ActiveProvider, FigureHost } from '../../ui/chapters/shell/host';
import { createProgress } from '../../ui/chapters/shell/progress';
import { createStudyDesk } from '../../ui/chapters/shell/studyDesk';
import { PaletteProvider } from '../../ui/parts';
import { watchAttendance } from '../attendance';

const BODIES: Readonly<Record<string, ComponentType>> = Object.fromEntries(
  Object.entries(FIGURES).map(([id, { load }]) => [id, lazy(load)]),
);

interface ChapterFigureProps {
  readonly figure: FigureId;
  readonly scope: HTMLElement;
  readonly site: string;
  readonly view: Partial<ViewState>;
}

export default function ChapterFigure({ figure, scope, site, view }: ChapterFigureProps) {
  const Figure = BODIES[figure];
  const [isActive, setIsActive] = useState(false);
  const [desk] = useState(() => createStudyDesk({ createPool: createStudyPool }));
  const [progress] = useState(() => createProgress(null));
  useEffect(() => watchAttendance(scope, setIsActive), [scope]);
  useEffect(() => () => desk.dispose(), [desk]);
  return (
    <PaletteProvider theme={view.theme ?? 'system'}>
      <FigureHost desk={desk} progress={progress} convention={view.convention ?? 'drop'}>
        <ActiveProvider value={isActive}>
          <div className="embed-figure">
            <Suspense fallback={<p className="embed-wait">Loading the figure.</p>}>{Figure && <Figure />}</Suspense>
          </div>
        </ActiveProvider>
      </FigureHost>
      <p className="embed-back">
        <a href={site} target="_blank" rel="noopener">
          Dropout Lab
        </a>
      </p>
    </PaletteProvider>
  );
}
