/** The classroom beside the lab: its menu, the lesson, the worksheet, and what a leading window tells the others. Loaded on demand. */
import '../present/dialog.css';
import './lesson.css';
import { lazy, Suspense, useEffect, useState } from 'react';
import { readLessonAddress } from '../../store/lessonAddress';
import { useLab } from '../hooks/labContext';
import { TellPointing } from '../present/TellPointing';
import { useClassroom, useClassState } from '../present/useClassroom';
import { ClassMenu } from './ClassMenu';
import { LessonPanel } from './LessonPanel';
import { lessonDeskOf } from './lessonDesk';

const Worksheet = lazy(() => import('../worksheet/Worksheet'));

interface ClassHostProps {
  readonly isMenu: boolean;
  readonly onMenuClose: () => void;
}

export default function ClassHost({ isMenu, onMenuClose }: ClassHostProps) {
  const lab = useLab();
  const classroom = useClassroom();
  const { room, panel } = useClassState(classroom);
  const [isSheet, setIsSheet] = useState(false);
  useEffect(() => {
    const desk = lessonDeskOf(lab);
    if (desk.get().lesson.scenes.length > 0) return;
    readLessonAddress()
      .then((file) => {
        if (file === null) return;
        classroom.set({ panel: true });
        desk.open(file);
      })
      .catch((error: unknown) => {
        classroom.set({ panel: true });
        desk.say(error instanceof Error ? error.message : String(error));
      });
  }, [lab, classroom]);
  return (
    <>
      {room !== null && <TellPointing classroom={classroom} />}
      {isMenu && <ClassMenu classroom={classroom} onWorksheet={() => setIsSheet(true)} onClose={onMenuClose} />}
      {panel && <LessonPanel onClose={() => classroom.set({ panel: false })} />}
      <Suspense>{isSheet && <Worksheet onClose={() => setIsSheet(false)} />}</Suspense>
    </>
  );
}
