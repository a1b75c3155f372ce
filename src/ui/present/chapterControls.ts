/**
 * The controls of a presented chapter as names and values, so that a second window can be brought to the same ones: what they say is read
 * here and set there, as a hand would. It knows no figure: every control that is one for a reader is one for it.
 */
import type { FollowChapter } from '../../protocol/follow';

/** What the controls say, and what a hand did to them, in order. */
export type ControlState = Pick<FollowChapter, 'values' | 'acts'>;

export const UNTOUCHED: ControlState = { values: {}, acts: [] };

/** These act on the window in which they are pressed, or say by another's value what they did. A prediction travels as an answer. */
const OWN = '.die, .sweep-button, .framework-copy button, .prediction *';
const CONTROLS = 'input, select, button, td.is-chosen';
const CELL = 'cell';

/** Names every control: its figure, kind and words, and which of several it is. */
export function namedControls(root: HTMLElement): ReadonlyMap<string, HTMLElement> {
  const named = new Map<string, HTMLElement>();
  for (const control of root.querySelectorAll<HTMLElement>(CONTROLS)) {
    if (control.matches(OWN)) continue;
    const name = `${figureOf(control, root)} ${kindOf(control)} ${wordsOf(control)}`;
    let nth = 1;
    while (named.has(`${name} ${nth}`)) nth += 1;
    named.set(`${name} ${nth}`, control);
  }
  return named;
}

/** Returns what the controls say. `typed` is a field that is being typed in: what it said `before` still holds. */
export function readValues(root: HTMLElement, typed: EventTarget | null, before: ControlState['values']): ControlState['values'] {
  const values: Record<string, string> = {};
  for (const [name, control] of namedControls(root)) {
    const isDraft = isText(control) && (control === typed || control.ariaInvalid === 'true');
    const value = isDraft ? before[name] : saidBy(control);
    if (value !== undefined) values[name] = value;
  }
  const cell = cellOf(root);
  return cell === null ? values : { ...values, [CELL]: cell };
}

/** Returns the name of the button that a click pressed, where it keeps no value that would tell. */
export function pressedName(root: HTMLElement, target: EventTarget | null): string | null {
  const button = target instanceof Element ? target.closest('button') : null;
  if (button === null || hasValue(button)) return null;
  return [...namedControls(root)].find(([, control]) => control === button)?.[0] ?? null;
}

/** Returns the names of the controls that say something else than is wanted. */
export function differing(root: HTMLElement, wanted: ControlState['values']): ReadonlyMap<string, HTMLElement> {
  const all = [...namedControls(root)].filter(([name, control]) => {
    const [value, next] = [saidBy(control), wanted[name]];
    // Of a group one is chosen, and with it the others are not.
    return value !== undefined && next !== undefined && value !== next && !(next === 'false' && isOneOf(control));
  });
  const cell = wanted[CELL];
  const td = cell === undefined || cell === cellOf(root) ? undefined : root.querySelectorAll<HTMLElement>('[role=grid] td')[Number(cell)];
  return new Map(td ? [...all, [CELL, td]] : all);
}

/** Makes a control say a value, by the events that a hand would cause. */
export function setControl(control: HTMLElement, value: string): void {
  if (control instanceof HTMLTableCellElement) {
    control.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
  } else if (control instanceof HTMLSelectElement) {
    write(HTMLSelectElement.prototype, control, value);
    control.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (control instanceof HTMLInputElement && !hasTick(control)) {
    write(HTMLInputElement.prototype, control, value);
    control.dispatchEvent(new Event('input', { bubbles: true }));
    // A text is taken once the page knows what was typed; a slider is let go of.
    if (isText(control)) queueMicrotask(() => control.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })));
    else control.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  } else control.click();
}

/** React keeps a value setter of its own on each element: the prototype's tells it that a hand wrote. */
function write(prototype: object, control: HTMLElement, value: string): void {
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(control, value);
}

function figureOf(control: HTMLElement, root: HTMLElement): number {
  return [...root.querySelectorAll('.chapter-figures > *')].findIndex((figure) => figure.contains(control));
}

function kindOf(control: HTMLElement): string {
  return control.getAttribute('role') ?? (control instanceof HTMLInputElement ? control.type : control.localName);
}

function wordsOf(control: HTMLElement): string {
  return (control.ariaLabel ?? control.closest('label')?.textContent ?? control.textContent ?? '').trim();
}

function hasTick(control: HTMLElement): boolean {
  return control.matches('input[type=checkbox], input[type=radio]');
}

function isText(control: HTMLElement): boolean {
  return control.matches('input[type=text]');
}

function isOneOf(control: HTMLElement): boolean {
  return control.matches('input[type=radio], [role=tab]');
}

/** A tab or a switch says whether it is chosen; a choice of a quiz is a press, for the next question has others. */
function hasValue(control: HTMLElement): boolean {
  return control.matches('[role=tab], [aria-pressed]:not(.choice)');
}

function saidBy(control: HTMLElement): string | undefined {
  if (control instanceof HTMLInputElement) return hasTick(control) ? String(control.checked) : control.value;
  if (control instanceof HTMLSelectElement) return control.value;
  return hasValue(control) ? (control.ariaSelected ?? control.ariaPressed ?? undefined) : undefined;
}

/** Place of the cell that the grids of a tensor show as chosen; null where none is. */
function cellOf(root: HTMLElement): string | null {
  const [grid] = root.querySelectorAll('[role=grid]');
  const place = grid ? [...grid.querySelectorAll('td')].findIndex((td) => td.matches('.is-chosen')) : -1;
  return place < 0 ? null : String(place);
}
