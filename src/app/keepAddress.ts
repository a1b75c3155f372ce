/** What a page needs that stands in an address, or is to be put into one: fetched with the first, or once there is a reader. */
import type { Lab } from '../bridge';
import type { AddressContent } from '../store/address';
import { syncAddress } from '../store/addressSync';
import type { LabState } from '../store/labStore';
import { autoplay } from '../ui';
import { openExperiment, revisitExperiment } from '../ui/share/openExperiment';

/** Keeps the address in step with the lab; `since` is the state that the address stands for. */
export function keepAddress(lab: Lab, since: LabState): void {
  syncAddress(lab.store, { open: (next) => revisitExperiment(lab, next), since });
}

/** Brings a new lab to the experiment of its address, and keeps the two in step from then on. Calls `onArrived` before it plays. */
export async function openAddress(lab: Lab, content: AddressContent, onArrived: () => void): Promise<void> {
  const begin = async () => {
    onArrived();
    await autoplay(lab);
  };
  // What fails here stands in the store, and the screen shows it.
  await openExperiment(lab, content, begin).catch(() => undefined);
  onArrived();
  keepAddress(lab, lab.store.getState());
}
