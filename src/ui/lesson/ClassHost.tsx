/** The classroom beside the lab: its menu, the lesson, the worksheet, and what a leading window tells the others. Loaded on demand. */
import '../present/dialog.css';
import './lesson.css';
import { lazy, Suspense, useState } from 'react';
import { TellPointing } from '../present/TellPointing';
import { useClassroom, useClassState } from '../present/useClassroom';
import { ClassMenu } from './ClassMenu';
import { LessonPanel } from './LessonPanel';
import { useResumedClass } from './useResumedClass';

const Worksheet = lazy(() => import('../worksheet/Worksheet'));

interface ClassHostProps {
  readonly isMenu: boolean;
  readonly onMenuClose: () => void;
}

export default function ClassHost({ isMenu, onMenuClose }: ClassHostProps) {
  const classroom = useClassroom();
  const { room, panel } = useClassState(classroom);
  const [isSheet, setIsSheet] = useState(false);
  const isResumed = useResumedClass();
  return (
    <>
      {room !== null && <TellPointing classroom={classroom} />}
      {isMenu && <ClassMenu classroom={classroom} onWorksheet={() => setIsSheet(true)} onClose={onMenuClose} />}
      {panel && isResumed && <LessonPanel onClose={() => classroom.set({ panel: false })} />}
      <Suspense>{isSheet && <Worksheet onClose={() => setIsSheet(false)} />}</Suspense>
    </>
  );
}
