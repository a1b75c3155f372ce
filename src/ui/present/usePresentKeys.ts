/**
 * What each key does while presenting, beside the keys of the lab. The list for people is in HelpDialog.tsx.
 *
 * Page up and down are a remote's: they walk the lesson wherever the focus is, but where text of several lines is written. Space plays, but
 * on a button that the keyboard has gone to. Arrows step, but on a slider or a figure that is walked.
 */
import { type RefObject, useEffect, useMemo } from 'react';
import { REMOTE_KEYS } from '../../protocol/follow';
import { useAsk, useSetView } from '../hooks/labContext';
import type { Hotkeys } from '../hooks/useHotkeys';
import { useLabHotkeys } from '../lab/labHotkeys';
import { lessonDeskOf } from '../lesson/lessonDesk';
import type { Classroom } from './classroom';

interface PresentDialogs {
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

/** Keys of a window that follows, beside those of a remote. Some remotes send Escape with their button for the screen: it only offers the way out. */
export function useFollowerKeys(onHelp: () => void, onEscape: () => void): Hotkeys {
  return useMemo(() => ({ Escape: onEscape, '?': onHelp }), [onHelp, onEscape]);
}

/**
 * Hands the keys of a remote to the window that leads, wherever the focus is: what a figure that was clicked would do with them, it must not.
 * Only space stays with a button that the keyboard has gone to, and an open dialog keeps its keys.
 */
export function useRemote(classroom: Classroom): void {
  useEffect(() => {
    const hand = (event: KeyboardEvent) => {
      const key = REMOTE_KEYS.find((each) => each === event.key);
      if (key === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const isButtons = key === ' ' && event.target instanceof Element && event.target.closest('button, a') !== null;
      if (isButtons || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      event.stopPropagation();
      classroom.press(key);
    };
    addEventListener('keydown', hand, true);
    return () => removeEventListener('keydown', hand, true);
  }, [classroom]);
}

/** What was pressed with a mouse or a finger lets the focus go, so that the next space is no second press of it but plays. */
export function useLettingGo(screen: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = screen.current;
    const letGo = ({ detail, target }: MouseEvent) => {
      const pressed = detail > 0 && target instanceof Element ? target.closest('button, a') : null;
      if (pressed instanceof HTMLElement && !pressed.closest('dialog')) pressed.blur();
    };
    element?.addEventListener('click', letGo);
    return () => element?.removeEventListener('click', letGo);
  }, [screen]);
}
