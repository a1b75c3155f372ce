/** Opens the window for the projector: it presents, and follows this one. */
import { DEFAULT_SETTINGS } from '../../protocol/settings';
import { formatAddress, pageAddress } from '../../store/address';
import type { Classroom } from './classroom';

/** The window that each class opened last, as long as this page lives. */
const opened = new WeakMap<Classroom, Window>();

/** Tells whether the window that was opened here is still there. One that was opened before a reload is not known: it is opened again, by its name. */
export function hasSecondWindow(classroom: Classroom): boolean {
  return classroom.get().room !== null && opened.get(classroom)?.closed === false;
}

/** Leads a room and opens a window that follows it. What cannot be done is said. */
export function openSecondWindow(classroom: Classroom, notify: (message: string | null) => void): void {
  try {
    const room = classroom.lead();
    const address = pageAddress(formatAddress(DEFAULT_SETTINGS, { view: { present: true, follow: room } }));
    const second = window.open(address, `dropout-lab-${room}`, 'popup,width=1280,height=720');
    if (second !== null) opened.set(classroom, second);
    notify(
      second === null
        ? `The browser kept the second window shut. Allow pop-ups for this page, or open this address yourself: ${address}`
        : null,
    );
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error));
  }
}
