/** Opens the window for the projector: it presents, and follows this one. */
import { DEFAULT_SETTINGS } from '../../protocol/settings';
import { formatAddress, pageAddress } from '../../store/address';
import type { Classroom } from './classroom';

/** Leads a room and opens a window that follows it. What cannot be done is said. */
export function openSecondWindow(classroom: Classroom, notify: (message: string | null) => void): void {
  try {
    const room = classroom.lead();
    const address = pageAddress(formatAddress(DEFAULT_SETTINGS, { view: { present: true, follow: room } }));
    const opened = window.open(address, `dropout-lab-${room}`, 'popup,width=1280,height=720');
    notify(
      opened === null
        ? `The browser kept the second window shut. Allow pop-ups for this page, or open this address yourself: ${address}`
        : null,
    );
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error));
  }
}
