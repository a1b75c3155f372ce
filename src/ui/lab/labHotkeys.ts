/** What each key of the lab does. The list for people is in HelpDialog.tsx. */
import { useMemo } from 'react';
import { MODES, OPEN_MODES } from '../../protocol/settings';
import type { ControlName } from '../../store/controls';
import { useAsk, useChange, useLab, useLabState } from '../hooks/labContext';
import { useTransport } from '../hooks/transport';
import type { Hotkeys } from '../hooks/useHotkeys';

const P_STEP = 0.05;
/** Gaussian and alpha dropout stop short of 1. */
const OPEN_TOP = 0.95;

export function useLabHotkeys(onHelp: () => void, onCode?: () => void): Hotkeys {
  const lab = useLab();
  const change = useChange();
  const ask = useAsk();
  const transport = useTransport();
  const hidden = useLabState((state) => state.view.hidden);
  return useMemo(() => {
    const movePBy = (amount: number) => {
      const { p, mode } = lab.store.getState().settings;
      const top = OPEN_MODES.includes(mode) ? OPEN_TOP : 1;
      change({ p: Math.min(Math.max(Math.round((p + amount) * 100) / 100, 0), top) });
    };
    const modeKeys = Object.fromEntries(MODES.map((mode, index) => [String(index + 1), () => void change({ mode })]));
    const transportKeys = {
      ' ': () => ask(() => transport.toggle()),
      ArrowRight: () => ask(() => transport.advance(1)),
      'shift+ArrowRight': () => ask(() => transport.advanceEpoch()),
      ArrowLeft: () => ask(() => transport.back()),
      r: () => ask(() => transport.reset()),
    };
    const phaseKeys = {
      t: () => void change({ phase: 'train' }),
      e: () => void change({ phase: 'eval' }),
      m: () => void change({ phase: 'mc' }),
    };
    // A control that has been taken away has no key either.
    const has = (control: ControlName) => !hidden.includes(control);
    return {
      ...(has('mode') ? modeKeys : {}),
      ...(has('transport') ? transportKeys : {}),
      ...(has('phase') ? phaseKeys : {}),
      ...(has('p') ? { '[': () => movePBy(-P_STEP), ']': () => movePBy(P_STEP) } : {}),
      ...(onCode && has('code') ? { k: onCode } : {}),
      p: () => lab.store.getState().setView({ present: true }),
      '?': onHelp,
    };
  }, [lab, change, ask, transport, hidden, onHelp, onCode]);
}
