/** The gate before a lab as a hook: what figures are given, frozen or not. */
import { useEffect, useMemo } from 'react';
import type { Lab } from '../../bridge';
import { createGate } from './gate';

export function useGate(lab: Lab, isFrozen: boolean): Lab {
  const gate = useMemo(() => createGate(lab), [lab]);
  useEffect(() => {
    gate.setFrozen(isFrozen);
    return () => gate.setFrozen(false);
  }, [gate, isFrozen]);
  return gate.lab;
}
