/** The head of the page: name, transport, scrubber, counters, seed, Compare, theme, what leads out of it, and the list of keys. */
import { type MouseEvent, Suspense, useEffect, useState } from 'react';
import { isStanding, type ViewState } from '../../store/labStore';
import { Button } from '../controls/Button';
import { SeedField } from '../controls/SeedField';
import { SelectField } from '../controls/SelectField';
import { useChange, useLabState, useSetView } from '../hooks/labContext';
import { useHelp } from '../hooks/useHelp';
import { lateLazy } from '../hooks/whenReader';
import { Counters } from './Counters';
import { Scrubber } from './Scrubber';
import { TransportBar } from './TransportBar';
import { Wordmark } from './Wordmark';

const FingerprintWords = lateLazy(() => import('../present/words/FingerprintWords'));

const THEMES: readonly { readonly value: ViewState['theme']; readonly label: string }[] = [
  { value: 'system', label: 'auto' },
  { value: 'light', label: 'light' },
  { value: 'dark', label: 'dark' },
];

interface LabHeaderProps {
  readonly isSlowMotion: boolean;
  readonly onSlowMotion: () => void;
  readonly onShare: () => void;
  readonly onCode: () => void;
  readonly onClass: () => void;
  readonly onHelp: () => void;
}

export function LabHeader({ isSlowMotion, onSlowMotion, onShare, onCode, onClass, onHelp }: LabHeaderProps) {
  const seed = useLabState((state) => state.settings.seed);
  const theme = useLabState((state) => state.view.theme);
  const isComparing = useLabState((state) => state.view.compare !== null);
  const isLost = useLabState((state) => state.run.phase === 'failed');
  const lost = isLost ? 'The lab has stopped: restart it first' : undefined;
  const [isMenu, setIsMenu] = useState(false);
  const change = useChange();
  const seedHelp = useHelp(({ helpText }) => helpText('seed'));
  const setView = useSetView();
  return (
    <header className="lab-header">
      <NameTag />
      <div className="transport-bar">
        <TransportBar isSlowMotion={isSlowMotion} onSlowMotion={onSlowMotion} hasSlowMotion={!isComparing} />
        <Scrubber />
        <Counters />
      </div>
      {/* On phones alone: what is in the head elsewhere unfolds beneath it. */}
      <Button className="menu-button" aria-expanded={isMenu} aria-controls="header-end" onClick={() => setIsMenu(!isMenu)}>
        Menu
      </Button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a choice of the menu folds it; the buttons in it are what is operated */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the buttons click as well */}
      <div
        className="header-end"
        id="header-end"
        data-open={isMenu}
        onClick={({ target }: MouseEvent) => target instanceof Element && target.closest('.button') && setIsMenu(false)}
      >
        <div className="labelled" data-control="seed" title={seedHelp}>
          <span className="small-label">seed, restarts</span>
          <SeedField label="seed" value={seed} onChange={(value) => change({ seed: value })} />
        </div>
        <div className="labelled" data-control="theme">
          <span className="small-label">theme</span>
          <SelectField label="theme" choices={THEMES} value={theme} onChange={(value) => setView({ theme: value })} />
        </div>
        <Button
          data-control="compare"
          aria-pressed={isComparing}
          disabled={isLost}
          title={lost}
          onClick={() => setView({ compare: isComparing ? null : {} })}
        >
          Compare A | B
        </Button>
        <Button data-control="share" title="A link, a code for cameras, an embed" onClick={onShare}>
          Share
        </Button>
        <Button data-control="code" aria-keyshortcuts="K" title="The lab in your framework, and as files (K)" onClick={onCode}>
          Code
        </Button>
        <Button data-control="class" disabled={isLost} title={lost ?? 'Present, a second window, a lesson, a worksheet'} onClick={onClass}>
          Class
        </Button>
        <Button className="help-button" aria-keyshortcuts="?" aria-label="Keys" title="The list of keys (?)" onClick={onHelp}>
          ?
        </Button>
      </div>
    </header>
  );
}

/** A run that starts over stands for a moment before it plays: no words flash up for that. */
const REST_MS = 250;

/** Tells whether the run rests: at step 0 too, where a class begins. */
function useRests(): boolean {
  const stands = useLabState(({ run }) => isStanding(run));
  const [rests, setRests] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRests(stands), stands ? REST_MS : 0);
    return () => clearTimeout(timer);
  }, [stands]);
  return stands && rests;
}

/** The name, and once the run rests, the two words that say which network this is. */
function NameTag() {
  const isResting = useRests();
  return (
    <div className="name-tag">
      <Wordmark />
      <Suspense>{isResting && <FingerprintWords />}</Suspense>
    </div>
  );
}
