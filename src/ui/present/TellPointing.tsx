/** Tells the windows that follow what is pointed at here; it must stand inside the provider of the figures. Shows nothing. */
import { useEffect } from 'react';
import { usePointing } from '../hooks/labContext';
import type { Classroom } from './classroom';

export function TellPointing({ classroom }: { readonly classroom: Classroom }) {
  const pointing = usePointing();
  useEffect(() => classroom.tellPointing(pointing), [classroom, pointing]);
  return null;
}
