/** The lab as a screen: header, bars, settings at the left, the layers in the middle, the results at the right. */
import { lazy, Profiler, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Lab, LabPair } from '../../bridge';
import { readHash } from '../../store/addressBar';
import type { Stage, StageName } from '../../viz';
import { useFileDrop } from '../code/useFileDrop';
import { LiveSummary } from '../figures/LiveSummary';
import { useLab, useLabState, useNotify, useNumbers, useSettings } from '../hooks/labContext';
import { createTransport, TransportContext } from '../hooks/transport';
import { useHotkeys } from '../hooks/useHotkeys';
import { PaletteProvider } from '../hooks/usePalette';
import { lateLazy } from '../hooks/whenReader';
import { hadClass } from '../lesson/classMemory';
import { useUndoKeys } from '../share/useUndoKeys';
import { labSummary } from '../words/captions';
import { ChaptersCue } from './ChaptersCue';
import { type CommitCounter, createCommitCounter } from './commitCounter';
import { DataPanel } from './DataPanel';
import { LabHeader } from './LabHeader';
import { LabProvider } from './LabProvider';
import { LayerFigures } from './LayerFigures';
import { useLabHotkeys } from './labHotkeys';
import { ModeBar } from './ModeBar';
import { NetworkPanel } from './NetworkPanel';
import { Notices } from './Notices';
import { OptimiserPanel } from './OptimiserPanel';
import { RoomContext } from './Panel';
import { ProblemPanel } from './ProblemPanel';
import { Results } from './Results';

const ClassHost = lazy(() => import('../lesson/ClassHost'));
const CodeDialog = lazy(() => import('../code/CodeDialog'));
const Compare = lazy(() => import('./Compare'));
const DebugOverlay = lazy(() => import('./DebugOverlay'));
const HelpDialog = lazy(() => import('./HelpDialog'));
const ShareDialog = lazy(() => import('../share/ShareDialog'));
const PresentScreen = lazy(() => import('../present/PresentScreen'));
const SlowMotionStrip = lazy(() => import('./SlowMotionStrip'));
const UndoButtons = lateLazy(() => import('../share/UndoButtons'));

type ClassUse = 'none' | 'menu' | 'open';

interface LabScreenProps {
  readonly lab: Lab;
  /** Something to say at once: what the address asked for and did not get. */
  readonly firstNotice?: string | null;
}

export function LabScreen({ lab, firstNotice = null }: LabScreenProps) {
  const [message, setMessage] = useState<string | null>(firstNotice);
  const [pair, setPair] = useState<LabPair | null>(null);
  const [classUse, setClassUse] = useState<ClassUse>(() => (readHash().startsWith('lesson=') || hadClass() ? 'open' : 'none'));
  const [commits] = useState(createCommitCounter);
  const transport = useMemo(() => createTransport(pair ?? lab), [lab, pair]);
  return (
    <Profiler id="lab" onRender={commits.add}>
      <LabProvider lab={lab} notify={setMessage}>
        <TransportContext value={transport}>
          <Themed>
            <LabOrPresent
              message={message}
              onDismiss={() => setMessage(null)}
              onPair={setPair}
              commits={commits}
              classUse={classUse}
              onClassUse={setClassUse}
            />
          </Themed>
        </TransportContext>
      </LabProvider>
    </Profiler>
  );
}

function Themed({ children }: { readonly children: ReactNode }) {
  const theme = useLabState((state) => state.view.theme);
  return <PaletteProvider theme={theme}>{children}</PaletteProvider>;
}

function LabOrPresent(props: ScreenProps) {
  const isPresenting = useLabState((state) => state.view.present);
  if (!isPresenting) return <Screen {...props} />;
  return (
    <Suspense fallback={<main className="boot" />}>
      <PresentScreen message={props.message} onDismiss={props.onDismiss} onPair={props.onPair} />
    </Suspense>
  );
}

interface ScreenProps {
  readonly message: string | null;
  readonly onDismiss: () => void;
  readonly onPair: (pair: LabPair | null) => void;
  readonly commits: CommitCounter;
  /** Whether the classroom has been asked for, so that its code is loaded, and whether its menu is open. */
  readonly classUse: ClassUse;
  readonly onClassUse: (use: ClassUse) => void;
}

function Screen({ message, onDismiss, onPair, commits, classUse, onClassUse }: ScreenProps) {
  const [isSlowMotion, setIsSlowMotion] = useState(false);
  const [isHelp, setIsHelp] = useState(false);
  const [isSharing, setIsSharing] = useState(false);
  const [isCode, setIsCode] = useState(false);
  const isComparing = useLabState((state) => state.view.compare !== null);
  const isDebug = useLabState((state) => state.view.debug);
  const hidden = useLabState((state) => state.view.hidden);
  const endSlowMotion = useCallback(() => setIsSlowMotion(false), []);
  const openHelp = useCallback(() => setIsHelp(true), []);
  const openCode = useCallback(() => setIsCode(true), []);
  useHotkeys(useLabHotkeys(openHelp, openCode));
  useUndoKeys();
  const element = useRef<HTMLDivElement>(null);
  useFileDrop(element, useLab(), useNotify());
  const isWalking = isSlowMotion && !isComparing;
  return (
    <div ref={element} className="lab" data-hide={hidden.join(' ')}>
      <a className="skip-link" href="#figures">
        Skip to the figures
      </a>
      <LabHeader
        isSlowMotion={isWalking}
        onSlowMotion={() => setIsSlowMotion(!isSlowMotion)}
        onShare={() => setIsSharing(true)}
        onCode={openCode}
        onClass={() => onClassUse('menu')}
        onHelp={openHelp}
      />
      <ModeBar />
      <Notices message={message} onDismiss={onDismiss} />
      {/* Two labs need the width: the panels fold as they do in a narrow window. */}
      <RoomContext value={isComparing ? 0 : null}>
        <aside className="lab-settings" aria-label="Settings">
          <Suspense>
            <UndoButtons />
          </Suspense>
          <DataPanel />
          <NetworkPanel />
          <OptimiserPanel />
        </aside>
      </RoomContext>
      {isComparing ? (
        <main className="lab-compare" id="figures" tabIndex={-1}>
          <Suspense fallback={<p className="figure-wait">Starting the second lab.</p>}>
            <Compare onPair={onPair} />
          </Suspense>
        </main>
      ) : (
        <Figures canPlacePoints={!hidden.includes('points')} isSlowMotion={isWalking} onEndSlowMotion={endSlowMotion} />
      )}
      <ChaptersCue />
      <Summary />
      <Suspense>
        {classUse !== 'none' && <ClassHost isMenu={classUse === 'menu'} onMenuClose={() => onClassUse('open')} />}
        {isSharing && <ShareDialog onClose={() => setIsSharing(false)} />}
        {isCode && <CodeDialog onClose={() => setIsCode(false)} />}
        {isHelp && <HelpDialog onClose={() => setIsHelp(false)} />}
        {isDebug && <DebugOverlay commits={commits} />}
      </Suspense>
    </div>
  );
}

interface FiguresProps {
  readonly canPlacePoints: boolean;
  readonly isSlowMotion: boolean;
  readonly onEndSlowMotion: () => void;
}

function Figures({ canPlacePoints, isSlowMotion, onEndSlowMotion }: FiguresProps) {
  const lab = useLab();
  const error = useLabState((state) => state.run.error);
  const [stageName, setStageName] = useState<StageName | null>(null);
  const stage = useRef<Stage | null>(null);
  const readStage = useCallback(() => stage.current, []);
  const show = useCallback(
    (next: Stage | null) => {
      stage.current = next;
      lab.frames.invalidate('network');
    },
    [lab],
  );
  if (error?.fatal) {
    return (
      <main className="lab-figures" id="figures" tabIndex={-1}>
        <ProblemPanel failure={error} />
      </main>
    );
  }
  return (
    <main className="lab-figures" id="figures" tabIndex={-1} data-stage={stageName ?? undefined}>
      <div className="lab-middle">
        {error && <ProblemPanel failure={error} />}
        <Suspense>{isSlowMotion && <SlowMotionStrip show={show} onStage={setStageName} onClose={onEndSlowMotion} />}</Suspense>
        <LayerFigures density="screen" stage={readStage} isWalked={isSlowMotion} />
      </div>
      <Results canPlacePoints={canPlacePoints} />
    </main>
  );
}

function Summary() {
  const settings = useSettings();
  const convention = useLabState((state) => state.view.convention);
  const numbers = useNumbers();
  return <LiveSummary id="lab-summary" text={numbers ? labSummary(settings, convention, numbers) : 'The lab is starting.'} />;
}
