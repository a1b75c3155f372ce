/**
 * The way from a figure to the instrument: a link whose address carries the settings. On the page of the lab it is taken in place, without
 * loading anything, and starts from step 0. All settings that are not named are at their defaults, so that link and click mean the same.
 */
import type { MouseEvent, ReactNode } from 'react';
import { DEFAULT_SETTINGS, type Settings } from '../../../protocol/settings';
import { formatAddress } from '../../../store/address';
import { autoplay } from '../../hooks/transport';
import { useHost } from './host';

interface TakeToLabProps {
  readonly patch: Partial<Settings>;
  readonly children?: ReactNode;
}

export function TakeToLab({ patch, children = 'Take this to the lab' }: TakeToLabProps) {
  const { lab } = useHost();
  const settings = { ...DEFAULT_SETTINGS, ...patch };
  const take = (event: MouseEvent) => {
    if (lab === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    lab.store.getState().setSettings(settings);
    const figures = document.getElementById('figures');
    figures?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
    // What fails here stands in the store, and the lab's screen shows it.
    lab
      .reset()
      .then(() => autoplay(lab))
      .catch(() => undefined);
  };
  return (
    <a className="take-to-lab" href={`?${formatAddress(settings)}`} onClick={take}>
      {children}
      <span aria-hidden="true"> →</span>
    </a>
  );
}
