/**
 * Keeps the keys that an embed answers from the page around it: a deck of slides would turn the page at each arrow of a slider, and sees
 * of all that is inside a shadow tree only the element. What nothing inside has a use for goes on to the host.
 */

const FIELDS = 'input, select, textarea';
const PRESSED = 'button, summary, a[href]';

function hasUse(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element) || key === 'Tab' || key === 'Escape') return false;
  return target.matches(FIELDS) || ((key === ' ' || key === 'Enter') && target.matches(PRESSED));
}

/** Listens where the keys of the embed come by last. */
export function keepKeys(root: EventTarget): void {
  const keep = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || hasUse(event.target, event.key)) event.stopPropagation();
  };
  for (const type of ['keydown', 'keypress', 'keyup']) root.addEventListener(type, keep);
}
