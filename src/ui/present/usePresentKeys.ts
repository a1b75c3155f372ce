/** What each key does while presenting, beside the keys of the lab. The list for people is in HelpDialog.tsx. */
import { useMemo } from 'react';
import { REMOTE_KEYS } from '../../protocol/follow';
import { useAsk, useSetView } from '../hooks/labContext';
import type { Hotkeys } from '../hooks/useHotkeys';
import { useLabHotkeys } from '../lab/labHotkeys';
import { lessonDeskOf } from '../lesson/lessonDesk';
import type { Classroom } from './classroom';

export interface PresentDialogs {
  readonly onHelp: () => void;
  readonly onPrompt: () => void;
  readonly onShown: () => void;
}

export function usePresentKeys(classroom: Classroom, { onHelp, onPrompt, onShown }: PresentDialogs): Hotkeys {
  const labKeys = useLabHotkeys(onHelp);
  const setView = useSetView();
  const ask = useAsk();
  return useMemo(() => {
    const leave = () => setView({ present: false });
    return {
      ...labKeys,
      p: leave,
      Escape: () => (classroom.get().isCode ? classroom.set({ isCode: false }) : leave()),
      f: () => classroom.set({ isFrozen: !classroom.get().isFrozen }),
      q: () => {
        if (!classroom.turnPrompt()) onPrompt();
      },
      a: onPrompt,
      c: () => classroom.set({ isCode: !classroom.get().isCode }),
      v: onShown,
      // What presenters' remotes send.
      PageDown: () => ask(() => lessonDeskOf(classroom.lab).walk(1)),
      PageUp: () => ask(() => lessonDeskOf(classroom.lab).walk(-1)),
    };
  }, [labKeys, classroom, setView, ask, onPrompt, onShown]);
}

/** Keys of a window that follows: a remote steers the window that leads, wherever the focus is. */
export function useFollowerKeys(classroom: Classroom, onHelp: () => void): Hotkeys {
  const setView = useSetView();
  return useMemo(() => {
    const handed = Object.fromEntries(REMOTE_KEYS.map((key) => [key, () => classroom.press(key)]));
    return { ...handed, Escape: () => setView({ present: false, follow: null }), '?': onHelp };
  }, [classroom, setView, onHelp]);
}
