/** The lesson beside the lab: scenes to walk, and to write from what is on the screen. Not a dialog, for the lab must stay in use. */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type Lesson, MAX_TEXT } from '../../protocol/lesson';
import { lessonLink } from '../../store/lessonAddress';
import { Button } from '../controls/Button';
import { useLab } from '../hooks/labContext';
import { type Hotkeys, isTyping, useHotkeys } from '../hooks/useHotkeys';
import { CopyField } from '../share/CopyField';
import { grouped } from '../words/format';
import { LessonFiles } from './LessonFiles';
import { type LessonDesk, lessonDeskOf, sceneName } from './lessonDesk';
import { SceneEditor } from './SceneEditor';
import { SceneNotes } from './SceneNotes';

interface LessonPanelProps {
  readonly onClose: () => void;
}

export function LessonPanel({ onClose }: LessonPanelProps) {
  const lab = useLab();
  const desk = lessonDeskOf(lab);
  const state = useSyncExternalStore(desk.subscribe, desk.get);
  const [isWriting, setIsWriting] = useState(state.lesson.scenes.length === 0 || state.isChanged);
  const [link, setLink] = useState<{ lesson: Lesson; address: string } | null>(null);
  const titleId = useId();
  const { lesson, index, kept, said, earlier, past } = state;
  const last = past.at(-1);
  const scene = index === null ? undefined : lesson.scenes[index];
  const run = (call: Promise<unknown>) => {
    call.catch((error: unknown) => desk.say(error instanceof Error ? error.message : String(error)));
  };
  useHotkeys(useWalkKeys(desk));
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that deleted the last scene goes with it: the keyboard goes on where that can be taken back.
    if (past.length > 0 && document.activeElement === document.body) undo.current?.focus({ preventScroll: true });
  }, [past]);
  const makeLink = async () => {
    const address = await lessonLink(desk.file());
    setLink(address === null ? null : { lesson, address });
    if (address === null) desk.say('This lesson is too long for an address. Save it and pass on the file.');
  };

  return (
    <aside className="lesson" aria-labelledby={titleId} onKeyDown={isWriting ? (event) => undoByKey(desk, event) : undefined}>
      <header className="lesson-head">
        <h2 id={titleId}>{isWriting || lesson.title === '' ? 'Lesson' : lesson.title}</h2>
        <Button kind="quiet" aria-pressed={isWriting} onClick={() => setIsWriting(!isWriting)}>
          {isWriting ? 'Done writing' : 'Write'}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Close
        </Button>
      </header>
      {isWriting && <TitleField desk={desk} />}
      <p className="lesson-said" role="status">
        {said}
      </p>
      {kept !== null && (
        <Button className="lesson-back" onClick={() => run(desk.undo())}>
          Back to my experiment{kept.step === null ? '' : ` (step ${grouped(kept.step)})`}
        </Button>
      )}
      {earlier !== null && (
        <Button className="lesson-back" onClick={() => desk.reopen()}>
          Back to the lesson I was writing
        </Button>
      )}
      <SceneList desk={desk} isWriting={isWriting} run={run} />
      {lesson.scenes.length > 0 && <Walk desk={desk} run={run} />}
      {scene && index !== null && (isWriting ? <SceneEditor desk={desk} index={index} scene={scene} /> : <SceneNotes scene={scene} />)}
      {isWriting && (
        <Button className="lesson-add" onClick={() => desk.add()}>
          Add this screen as a scene
        </Button>
      )}
      {isWriting && last && (
        <Button ref={undo} className="lesson-undo" aria-keyshortcuts="Control+Z" onClick={() => desk.unedit()}>
          Undo: {last.what}
        </Button>
      )}
      <LessonFiles desk={desk} canSave={lesson.scenes.length > 0} onLink={() => run(makeLink())} onOpened={() => setIsWriting(false)} />
      {link?.lesson === lesson && <CopyField label="Link that opens this lesson" text={link.address} lines={3} />}
    </aside>
  );
}

/** Ctrl or ⌘ Z from a button of the lesson is the lesson's; in a text it is the text's, and elsewhere the lab's. */
function undoByKey(desk: LessonDesk, event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'z' || isTyping(event.target))
    return;
  event.preventDefault();
  event.stopPropagation();
  desk.unedit();
}

/** A presenter's remote, and only once the lesson is being walked: before, the keys scroll the page. */
function useWalkKeys(desk: LessonDesk): Hotkeys {
  const isShown = useSyncExternalStore(desk.subscribe, desk.get).index !== null;
  return useMemo(() => {
    const walk = (by: 1 | -1) => () => void desk.walk(by).catch((error: unknown) => desk.say(String(error)));
    return isShown ? { PageDown: walk(1), PageUp: walk(-1) } : {};
  }, [desk, isShown]);
}

function TitleField({ desk }: { readonly desk: LessonDesk }) {
  const { lesson } = useSyncExternalStore(desk.subscribe, desk.get);
  return (
    <label className="class-field">
      <span>Title of the lesson</span>
      <input type="text" maxLength={MAX_TEXT} value={lesson.title} onChange={(event) => desk.rename(event.currentTarget.value)} />
    </label>
  );
}

interface WalkProps {
  readonly desk: LessonDesk;
  /** Waits for a call, and says what went wrong. */
  readonly run: (call: Promise<unknown>) => void;
}

interface SceneListProps extends WalkProps {
  readonly isWriting: boolean;
}

function SceneList({ desk, isWriting, run }: SceneListProps) {
  const { lesson, index } = useSyncExternalStore(desk.subscribe, desk.get);
  return (
    <ol className="lesson-scenes">
      {lesson.scenes.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a scene is its place in the list
        <li key={at}>
          <button
            type="button"
            className="lesson-scene"
            aria-current={at === index ? 'step' : undefined}
            onClick={() => run(desk.goTo(at))}
          >
            {sceneName(each, at)}
          </button>
          {isWriting && <SceneMoves desk={desk} at={at} title={sceneName(each, at)} last={lesson.scenes.length - 1} />}
        </li>
      ))}
    </ol>
  );
}

function Walk({ desk, run }: WalkProps) {
  const { lesson, index } = useSyncExternalStore(desk.subscribe, desk.get);
  return (
    <div className="lesson-walk">
      <Button disabled={index === null || index === 0} aria-keyshortcuts="PageUp" onClick={() => run(desk.walk(-1))}>
        Previous
      </Button>
      <Button kind="main" disabled={index === lesson.scenes.length - 1} aria-keyshortcuts="PageDown" onClick={() => run(desk.walk(1))}>
        {index === null ? 'Begin' : 'Next'}
      </Button>
    </div>
  );
}

interface SceneMovesProps {
  readonly desk: LessonDesk;
  readonly at: number;
  readonly title: string;
  readonly last: number;
}

function SceneMoves({ desk, at, title, last }: SceneMovesProps) {
  return (
    <span className="lesson-moves">
      <button type="button" aria-label={`Move up: ${title}`} disabled={at === 0} onClick={() => desk.move(at, -1)}>
        ↑
      </button>
      <button type="button" aria-label={`Move down: ${title}`} disabled={at === last} onClick={() => desk.move(at, 1)}>
        ↓
      </button>
      <button type="button" aria-label={`Delete: ${title}`} onClick={() => desk.remove(at)}>
        ×
      </button>
    </span>
  );
}
