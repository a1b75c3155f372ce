/** A window that follows another: the projector beside the lectern. It shows, hands on the keys of a remote, and says how it stands to its leader. */
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { LabPair } from '../../bridge';
import type { FollowChapter } from '../../protocol/follow';
import { CHAPTERS } from '../chapters/chapterList';
import { Button } from '../controls/Button';
import { useNotify, usePointing, useSetView } from '../hooks/labContext';
import { useHotkeys } from '../hooks/useHotkeys';
import { usePair } from '../lab/usePair';
import type { ClassState } from './classroom';
import { StageOf } from './PairFigures';
import { PresentHead } from './PresentHead';
import { PromptBand } from './PromptBand';
import { Stage } from './Stage';
import { useClassroom, useClassState } from './useClassroom';
import { useFollowerKeys, useRemote } from './usePresentKeys';

const CodeCard = lazy(() => import('./CodeCard'));
const PresentedChapter = lazy(() => import('./PresentedChapter'));
const HelpDialog = lazy(() => import('../lab/HelpDialog'));

interface FollowerScreenProps {
  readonly room: string;
  readonly onPair: (pair: LabPair | null) => void;
}

export function FollowerScreen({ room, onPair }: FollowerScreenProps) {
  const classroom = useClassroom();
  const pair = usePair(onPair);
  const state = useClassState(classroom);
  const notify = useNotify();
  const led = state.following?.chapter ?? null;
  const [isHelp, setIsHelp] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  useHotkeys(
    useFollowerKeys(
      useCallback(() => setIsHelp(true), []),
      useCallback(() => setIsLeaving((before) => !before), []),
    ),
  );
  useRemote(classroom);
  useEffect(() => {
    try {
      return classroom.follow(room);
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }, [classroom, room, notify]);
  return (
    <>
      <Stage state={state}>
        <TakePointing state={state} />
        <PresentHead state={state} />
        <div>
          {state.prompt && state.asked !== 'away' && <PromptBand prompt={state.prompt} isTold={state.asked === 'answer'} onTurn={null} />}
        </div>
        {led === null && <StageOf pair={pair} isFrozen={state.isFrozen} canChoose={false} />}
      </Stage>
      {led !== null && <LedChapter led={led} />}
      <Standing state={state} isLeaving={isLeaving} />
      <Suspense>
        {state.isCode && <CodeCard chapterId={led?.id ?? null} />}
        {isHelp && <HelpDialog onClose={() => setIsHelp(false)} />}
      </Suspense>
    </>
  );
}

/** The chapter that the window that leads shows. It is laid out anew when it was there. */
function LedChapter({ led }: { readonly led: FollowChapter }) {
  const entry = CHAPTERS.find(({ id }) => id === led.id);
  if (!entry) return <main className="present-chapter is-led">The window that leads shows a chapter that this version does not have.</main>;
  return (
    <Suspense fallback={<main className="boot" />}>
      <PresentedChapter key={`${led.id} ${led.life}`} entry={entry} led={led} />
    </Suspense>
  );
}

/** Highlights here what is highlighted there. */
function TakePointing({ state }: { readonly state: ClassState }) {
  const pointing = usePointing();
  const { highlight = null, row = 0 } = state.following?.stage ?? {};
  useEffect(() => {
    pointing.focus({ layer: null, unit: null, row, bin: null });
    const { target, ...rest } = highlight ?? { layer: null, unit: null, row: null, bin: null };
    pointing.focus(highlight && { ...rest, ...(target === undefined ? {} : { target }) });
  }, [pointing, highlight, row]);
  return null;
}

const WORDS = {
  waiting: 'Waiting for the window that leads.',
  following: 'Follows the window that leads.',
  closed: 'The window that led has closed. This one stands where it was.',
  lost: 'The window that led does not answer. This one stands where it was.',
};

function standingWords({ following }: ClassState): string {
  if (following === null) return WORDS.waiting;
  // The two sentences about weights are of no chapter: nobody sees them.
  if (following.phase !== 'following' || following.agrees === null || following.chapter !== null) return WORDS[following.phase];
  return following.agrees
    ? 'Follows the window that leads: the same weights, bit for bit.'
    : 'The weights here are not those of the window that leads. Reload both windows: they may be of different versions.';
}

interface StandingProps {
  readonly state: ClassState;
  /** The way out is asked for; there is one anyway where nothing is followed. */
  readonly isLeaving: boolean;
}

function Standing({ state, isLeaving }: StandingProps) {
  const setView = useSetView();
  const phase = state.following?.phase ?? 'waiting';
  return (
    <footer className="present-bar present-standing" data-phase={phase}>
      <p role="status">{standingWords(state)}</p>
      {(isLeaving || phase !== 'following') && <Button onClick={() => setView({ present: false, follow: null })}>Go on by itself</Button>}
    </footer>
  );
}
