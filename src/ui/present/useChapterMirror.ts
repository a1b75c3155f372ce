/** Ties a presented chapter to the room: told where this window leads, brought to what is told where it follows. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { randomName } from '../../bridge/follow';
import type { FollowChapter } from '../../protocol/follow';
import { createProgress, type ProgressStore } from '../chapters/shell/progress';
import { type ControlState, UNTOUCHED } from './chapterControls';
import { ControlCopy, watchControls } from './chapterMirror';
import type { Classroom } from './classroom';

/** Answers of a class are its own: what the teacher answered at home would give them away, so nothing is read from the browser or kept there. */
export function useClassProgress(): ProgressStore {
  const [progress] = useState(() => createProgress(null));
  return progress;
}

/** Makes answers the leader's. */
function takeAnswers(progress: ProgressStore, answers: FollowChapter['answers']): void {
  const given = progress.get().answers;
  for (const id of Object.keys(given)) if (answers[id] === undefined) progress.retract(id);
  for (const [id, answer] of Object.entries(answers)) if (given[id] !== answer) progress.answer(id, answer);
}

interface MirrorOptions {
  readonly classroom: Classroom;
  readonly id: string;
  readonly page: number;
  readonly progress: ProgressStore;
  readonly root: RefObject<HTMLElement | null>;
  /** What the window that leads shows; null where this one leads or stands alone. */
  readonly led: FollowChapter | null;
}

export function useChapterMirror({ classroom, id, page, progress, root, led }: MirrorOptions): void {
  const [life] = useState(randomName);
  const controls = useRef<ControlState>(UNTOUCHED);
  const copy = useRef<ControlCopy | null>(null);
  const isLed = led !== null;

  useEffect(() => {
    const element = root.current;
    if (!element || isLed) return;
    const tell = () => classroom.showChapter({ id, life, page, answers: { ...progress.get().answers }, ...controls.current });
    const end = watchControls(element, controls.current, (next) => {
      controls.current = next;
      tell();
    });
    const unsubscribe = progress.subscribe(tell);
    tell();
    return () => {
      end();
      unsubscribe();
    };
  }, [classroom, id, life, page, progress, root, isLed]);
  useEffect(() => {
    if (isLed) return;
    return () => classroom.showChapter(null);
  }, [classroom, isLed]);

  useEffect(() => {
    if (!root.current || !isLed) return;
    const made = new ControlCopy(root.current);
    copy.current = made;
    return () => made.dispose();
  }, [root, isLed]);
  useEffect(() => {
    if (led === null) return;
    takeAnswers(progress, led.answers);
    copy.current?.take(led);
  }, [led, progress]);
}
