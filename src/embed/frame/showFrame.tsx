/**
 * The page as a frame on another page: one figure by address (`?embed=masks`), its height told to the host, its handle answering messages.
 *
 * It writes no history, takes no focus and starts when it is seen.
 */
import '../embed.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from '../../app/ErrorBoundary';
import { createLab, DropoutLab } from '../../bridge';
import { type AddressContent, pageAddress } from '../../store/address';
import { FIGURES, type FigureId } from '../../ui/chapters/figures';
import { autoplay, BASE_PACE, isLabFigure, LAB_FIGURES, type LabFigureName, openExperiment } from '../../ui/parts';
import { Rest, watchAttendance } from '../attendance';
import { createNotice } from '../notice';
import { EmbedScreen } from '../view/EmbedScreen';
import { FrameServer } from './serve';

const ChapterFigure = lazy(() => import('./ChapterFigure'));

function isChapterFigure(name: string): name is FigureId {
  return Object.hasOwn(FIGURES, name);
}

/** Tells the host the height of the content, whenever it changes: once there is some, or the frame would shrink before it grows. */
function reportHeight(root: HTMLElement, server: FrameServer): void {
  const report = () => {
    // A frame that has been folded away has no width to be high in.
    if (innerWidth > 0 && root.querySelector('figure, .problem')) server.reportHeight(Math.ceil(root.getBoundingClientRect().height));
  };
  new ResizeObserver(report).observe(root);
}

/** Shows what the address asks for, alone. `early`: what the host has said so far. */
export function showFrame(content: AddressContent, early: readonly MessageEvent[]): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no element #root');
  root.className = 'embed';
  const name = content.embed ?? 'lab';
  const server = isChapterFigure(name) ? showChapterFigure(root, name, content) : showLabFigure(root, name, content);
  for (const event of early) server.hear(event);
  reportHeight(root, server);
}

function showChapterFigure(root: HTMLElement, figure: FigureId, { origins, view }: AddressContent): FrameServer {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <Suspense fallback={<p className="embed-wait">Loading the figure.</p>}>
          <ChapterFigure figure={figure} scope={root} site={pageAddress('')} view={view} />
        </Suspense>
      </ErrorBoundary>
    </StrictMode>,
  );
  return new FrameServer({ handle: null, opened: Promise.resolve(), origins, window });
}

function showLabFigure(root: HTMLElement, name: string, content: AddressContent): FrameServer {
  const figure: LabFigureName = isLabFigure(name) ? name : 'lab';
  const names = [...Object.keys(LAB_FIGURES), ...Object.keys(FIGURES)].join(', ');
  const unknown = isLabFigure(name) ? [] : [`embed=${name}: must be one of ${names}. The whole lab is shown instead.`];
  const messages = [...content.notices.map(({ message }) => message), ...unknown];
  const lab = createLab({ settings: content.settings, view: { pace: BASE_PACE, ...content.view } });
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <EmbedScreen
          lab={lab}
          figure={figure}
          scope={document.documentElement}
          notice={createNotice(messages.join('\n') || null)}
          site={pageAddress('')}
        />
      </ErrorBoundary>
    </StrictMode>,
  );
  const rest = new Rest(lab);
  watchAttendance(root, (isSeen) => rest.see(isSeen));
  // What fails stands in the store, and the screen shows it.
  const opened = openExperiment(lab, content, async () => undefined).catch(() => undefined);
  const handle = new DropoutLab(lab, opened);
  window.dropoutLab = handle;
  if (content.step === null) void opened.then(() => rest.begin(() => autoplay(lab)));
  return new FrameServer({ handle, opened, origins: content.origins, onSteered: () => rest.steer(), window });
}
