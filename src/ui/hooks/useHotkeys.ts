/**
 * The keys of the lab. They keep out of the way of typing, of controls that need the same key, and of figures that are being walked.
 */
import { useEffect } from 'react';

export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const TEXT_TYPES = ['text', 'number', 'search', 'email', 'url', 'password'];

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && TEXT_TYPES.includes(target.type);
}

/**
 * Tells whether the focused element answers this key itself: space on buttons, arrows on sliders, radios and regions that scroll.
 * A slider or a radio that is chosen has no use for space, and keeps the focus after a click: there space plays and pauses.
 */
function needsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (key === ' ') return target.matches('button, summary, a, input[type="checkbox"], input[type="radio"]:not(:checked)');
  if (key.startsWith('Arrow')) return target.matches('input, [tabindex="0"]:not([role="grid"])');
  return false;
}

/** Page up and down are a presenter's remote where they would only turn a choice or a number. */
function isRemotes({ target, key }: KeyboardEvent): boolean {
  return key.startsWith('Page') && target instanceof Element && target.matches('select, input[inputmode]');
}

/** Listens on the window, or to one element of it. Names of keys are `event.key`, in lower case for letters, with "shift+" before. */
export function useHotkeys(hotkeys: Hotkeys, scope: Window | HTMLElement = window): void {
  useEffect(() => {
    const onKeyDown = (event: Event) => {
      if (!(event instanceof KeyboardEvent)) return;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) && !isRemotes(event)) return;
      if (needsKey(event.target, event.key)) return;
      if (document.querySelector('dialog[open]')) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const isShifted = event.shiftKey && event.key.length > 1;
      const action = hotkeys[isShifted ? `shift+${key}` : key];
      if (!action) return;
      event.preventDefault();
      action(event);
    };
    scope.addEventListener('keydown', onKeyDown);
    return () => scope.removeEventListener('keydown', onKeyDown);
  }, [hotkeys, scope]);
}
