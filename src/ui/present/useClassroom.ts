/** The classroom in reach of components: that of the lab, also where the lab stands behind a gate. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import { useLab } from '../hooks/labContext';
import { type Classroom, type ClassState, classroomOf } from './classroom';

/** Given where the lab in reach is not the real one. */
export const ClassroomContext = createContext<Classroom | null>(null);

export function useClassroom(): Classroom {
  const given = useContext(ClassroomContext);
  const lab = useLab();
  return given ?? classroomOf(lab);
}

export function useClassState(classroom: Classroom): ClassState {
  return useSyncExternalStore(classroom.subscribe, classroom.get);
}
