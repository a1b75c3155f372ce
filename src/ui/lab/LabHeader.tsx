/** The head of the page: name, transport, scrubber, counters, seed, Compare, theme and the list of keys. */
import { SETTINGS } from '../../protocol/settings';
import type { ViewState } from '../../store/labStore';
import { Button } from '../controls/Button';
import { SeedField } from '../controls/SeedField';
import { SelectField } from '../controls/SelectField';
import { useChange, useLabState, useSetView } from '../hooks/labContext';
import { Counters } from './Counters';
import { Scrubber } from './Scrubber';
import { TransportBar } from './TransportBar';
import { Wordmark } from './Wordmark';

const THEMES: readonly { readonly value: ViewState['theme']; readonly label: string }[] = [
  { value: 'system', label: 'auto' },
  { value: 'light', label: 'light' },
  { value: 'dark', label: 'dark' },
];

interface LabHeaderProps {
  readonly isSlowMotion: boolean;
  readonly onSlowMotion: () => void;
  readonly onShare: () => void;
  readonly onHelp: () => void;
}

export function LabHeader({ isSlowMotion, onSlowMotion, onShare, onHelp }: LabHeaderProps) {
  const seed = useLabState((state) => state.settings.seed);
  const theme = useLabState((state) => state.view.theme);
  const isComparing = useLabState((state) => state.view.compare !== null);
  const change = useChange();
  const setView = useSetView();
  return (
    <header className="lab-header">
      <Wordmark />
      <div className="transport-bar">
        <TransportBar isSlowMotion={isSlowMotion} onSlowMotion={onSlowMotion} hasSlowMotion={!isComparing} />
        <Scrubber />
        <Counters />
      </div>
      <div className="header-end">
        <div className="labelled" data-control="seed" title={`${SETTINGS.seed.help} A change restarts the run.`}>
          <span className="small-label">seed, restarts</span>
          <SeedField label="seed" value={seed} onChange={(value) => change({ seed: value })} />
        </div>
        <div className="labelled" data-control="theme">
          <span className="small-label">theme</span>
          <SelectField label="theme" choices={THEMES} value={theme} onChange={(value) => setView({ theme: value })} />
        </div>
        <Button data-control="compare" aria-pressed={isComparing} onClick={() => setView({ compare: isComparing ? null : {} })}>
          Compare A | B
        </Button>
        <Button data-control="share" title="A link, a code for cameras, an embed" onClick={onShare}>
          Share
        </Button>
        <Button className="help-button" aria-keyshortcuts="?" aria-label="Keys" title="The list of keys (?)" onClick={onHelp}>
          ?
        </Button>
      </div>
    </header>
  );
}
