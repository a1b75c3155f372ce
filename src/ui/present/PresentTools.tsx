/** The teacher's own buttons, quiet in the head of the projector's screen; each has a key. */
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import type { Settings } from '../../protocol/settings';
import { Button } from '../controls/Button';
import { useAsk, useLabState, useNotify, useSetView } from '../hooks/labContext';
import { lessonDeskOf } from '../lesson/lessonDesk';
import type { Classroom, ClassState } from './classroom';
import { hasSecondWindow, openSecondWindow } from './secondWindow';

interface PresentToolsProps {
  readonly classroom: Classroom;
  readonly state: ClassState;
  /** A chapter stands in the place of the lab. */
  readonly isChapter: boolean;
  readonly onPrompt: () => void;
  readonly onShown: () => void;
  readonly onChapter: () => void;
  readonly onHelp: () => void;
  readonly onLeave: () => void;
}

export function PresentTools({ classroom, state, isChapter, onPrompt, onShown, onChapter, onHelp, onLeave }: PresentToolsProps) {
  const notify = useNotify();
  const nextPrompt = state.asked === 'away' ? 'Ask' : state.asked === 'question' && state.prompt?.answer !== '' ? 'Answer' : 'Done';
  return (
    <div className="present-tools">
      <SceneTool classroom={classroom} />
      {!isChapter && (
        <Tool hotkey="F" isPressed={state.isFrozen} onClick={() => classroom.set({ isFrozen: !state.isFrozen })}>
          {state.isFrozen ? 'Go on' : 'Freeze'}
        </Tool>
      )}
      <Tool hotkey="Q" onClick={() => classroom.turnPrompt() || onPrompt()}>
        {state.prompt ? nextPrompt : 'Ask'}
      </Tool>
      {state.prompt && (
        <Tool hotkey="A" onClick={onPrompt}>
          Write
        </Tool>
      )}
      <Tool hotkey="C" isPressed={state.isCode} onClick={() => classroom.set({ isCode: !state.isCode })}>
        Code
      </Tool>
      {!isChapter && (
        <Tool hotkey="V" onClick={onShown}>
          Shown
        </Tool>
      )}
      {!isChapter && <CompareTool />}
      <Tool onClick={onChapter}>Chapters</Tool>
      <Tool
        onClick={() => (hasSecondWindow(classroom) ? classroom.stopLeading() : openSecondWindow(classroom, notify))}
        isPressed={state.room !== null}
      >
        Second window
      </Tool>
      <Tool hotkey="?" onClick={onHelp}>
        Keys
      </Tool>
      <Tool hotkey="P" onClick={onLeave}>
        Leave
      </Tool>
    </div>
  );
}

/** Goes on to the next scene, for whoever has no remote at hand; there once a lesson is open. */
function SceneTool({ classroom }: Pick<PresentToolsProps, 'classroom'>) {
  const desk = lessonDeskOf(classroom.lab);
  const ask = useAsk();
  const { lesson, index } = useSyncExternalStore(desk.subscribe, desk.get);
  const { length } = lesson.scenes;
  if (length === 0) return null;
  const isLast = index === length - 1;
  return (
    <Tool hotkey="page ↓" isDisabled={isLast} onClick={() => ask(() => desk.walk(1))}>
      {index === null ? 'Begin lesson' : `Scene ${index + 1} of ${length}`}
    </Tool>
  );
}

/** Puts a second lab beside the first; begun again, it differs as it did before. */
function CompareTool() {
  const compare = useLabState((state) => state.view.compare);
  const isHidden = useLabState((state) => state.view.hidden.includes('compare'));
  const setView = useSetView();
  const [last, setLast] = useState<Partial<Settings>>({});
  if (isHidden) return null;
  const turn = () => {
    if (compare !== null) setLast(compare);
    setView({ compare: compare === null ? last : null });
  };
  return (
    <Tool isPressed={compare !== null} onClick={turn}>
      A | B
    </Tool>
  );
}

interface ToolProps {
  readonly hotkey?: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ hotkey, isPressed, isDisabled = false, onClick, children }: ToolProps) {
  return (
    <Button
      kind="quiet"
      disabled={isDisabled}
      onClick={onClick}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
      {...(hotkey === undefined ? {} : { 'aria-keyshortcuts': hotkey })}
    >
      {children}
      {hotkey !== undefined && (
        <span className="tool-key" aria-hidden="true">
          {hotkey}
        </span>
      )}
    </Button>
  );
}
