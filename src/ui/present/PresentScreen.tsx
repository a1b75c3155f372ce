/** The lab on a projector: large type, no panels, only what the teacher chose, keys for everything. Loaded on demand. */
import './dialog.css';
import './present.css';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { LabPair } from '../../bridge';
import { useLabState, useSetView } from '../hooks/labContext';
import { useHotkeys } from '../hooks/useHotkeys';
import { Notices } from '../lab/Notices';
import { usePair } from '../lab/usePair';
import { useResumedClass } from '../lesson/useResumedClass';
import { FollowerScreen } from './FollowerScreen';
import { StageOf } from './PairFigures';
import { PresentBar } from './PresentBar';
import { PresentHead } from './PresentHead';
import { PresentTools } from './PresentTools';
import { PromptBand } from './PromptBand';
import { PromptDialog } from './PromptDialog';
import { ShownDialog } from './ShownDialog';
import { Stage } from './Stage';
import { TellPointing } from './TellPointing';
import { useChapter } from './useChapter';
import { useClassroom, useClassState } from './useClassroom';
import { useMagnification } from './useMagnification';
import { useLettingGo, usePresentKeys } from './usePresentKeys';

const CodeCard = lazy(() => import('./CodeCard'));
const ChapterDialog = lazy(() => import('./ChapterDialog'));
const PresentedChapter = lazy(() => import('./PresentedChapter'));
const HelpDialog = lazy(() => import('../lab/HelpDialog'));

interface PresentScreenProps {
  readonly message: string | null;
  readonly onDismiss: () => void;
  /** Hands a pair to the transport; null when it ends. */
  readonly onPair: (pair: LabPair | null) => void;
}

export default function PresentScreen(props: PresentScreenProps) {
  const room = useLabState((state) => state.view.follow);
  const hidden = useLabState((state) => state.view.hidden);
  const magnification = useMagnification();
  const screen = useRef<HTMLDivElement>(null);
  useLettingGo(screen);
  return (
    <div ref={screen} className="present" data-hide={hidden.join(' ')} style={magnification}>
      {room === null ? <Presenting {...props} /> : <FollowerScreen room={room} onPair={props.onPair} />}
    </div>
  );
}

type Dialog = 'help' | 'prompt' | 'shown' | 'chapter' | null;

function Presenting({ message, onDismiss, onPair }: PresentScreenProps) {
  const classroom = useClassroom();
  const pair = usePair(onPair);
  const state = useClassState(classroom);
  const chapter = useChapter();
  const setView = useSetView();
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = useCallback(() => setDialog(null), []);
  const open = useMemo(
    () => ({
      onHelp: () => setDialog('help'),
      onPrompt: () => setDialog('prompt'),
      onShown: () => setDialog('shown'),
      onChapter: () => setDialog('chapter'),
    }),
    [],
  );
  useHotkeys(usePresentKeys(classroom, open));
  useResumedClass();
  return (
    <>
      <Stage state={state}>
        <TellPointing classroom={classroom} />
        <PresentHead state={state}>
          <PresentTools
            classroom={classroom}
            state={state}
            isChapter={chapter !== null}
            onPrompt={open.onPrompt}
            onShown={open.onShown}
            onChapter={open.onChapter}
            onHelp={open.onHelp}
            onLeave={() => setView({ present: false })}
          />
        </PresentHead>
        <div>
          <Notices message={message} onDismiss={onDismiss} />
          {state.prompt && state.asked !== 'away' && (
            <PromptBand prompt={state.prompt} isTold={state.asked === 'answer'} onTurn={() => classroom.turnPrompt()} />
          )}
        </div>
        {chapter === null && <StageOf pair={pair} isFrozen={state.isFrozen} canChoose />}
      </Stage>
      {chapter === null ? (
        <PresentBar />
      ) : (
        <Suspense fallback={<main className="boot" />}>
          <PresentedChapter key={chapter.id} entry={chapter} />
        </Suspense>
      )}
      <Suspense>
        {state.isCode && <CodeCard chapterId={chapter?.id ?? null} />}
        {dialog === 'chapter' && <ChapterDialog currentId={chapter?.id ?? null} onClose={close} />}
        {dialog === 'help' && <HelpDialog onClose={close} />}
      </Suspense>
      {dialog === 'prompt' && <PromptDialog prompt={state.prompt} onAsk={(prompt) => classroom.ask(prompt)} onClose={close} />}
      {dialog === 'shown' && <ShownDialog onClose={close} />}
    </>
  );
}
