/** Takes up what this tab did for its class before it was reloaded, and the lesson of the address or of this browser. */
import { useEffect, useState } from 'react';
import { useLab, useNotify } from '../hooks/labContext';
import { classroomOf } from '../present/classroom';
import { lessonDeskOf } from './lessonDesk';

/** Returns whether that is done. */
export function useResumedClass(): boolean {
  const lab = useLab();
  const notify = useNotify();
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    const classroom = classroomOf(lab);
    const desk = lessonDeskOf(lab);
    const told = (error: unknown) => (error instanceof Error ? error.message : String(error));
    classroom.resume().then(
      (said) => said !== null && notify(said),
      (error: unknown) => notify(told(error)),
    );
    desk
      .restore()
      .catch((error: unknown) => {
        classroom.set({ panel: true });
        desk.say(told(error));
      })
      .finally(() => setIsDone(true));
  }, [lab, notify]);
  return isDone;
}
