/**
 * What stands in an embed: the whole lab or one figure of it, the controls that are not hidden, and one small link back.
 *
 * It keeps to its own box: it takes no focus, listens to no key outside itself, and scrolls nothing.
 */
import { lazy, type ReactNode, Suspense, useMemo, useState, useSyncExternalStore } from 'react';
import type { Lab, LabPair } from '../../bridge';
import {
  Counters,
  createTransport,
  DataPanel,
  type LabFigureName,
  LabProvider,
  LayerFigures,
  ModeBar,
  NetworkPanel,
  Notices,
  OptimiserPanel,
  ProblemPanel,
  Results,
  RoomContext,
  Scrubber,
  TransportBar,
  TransportContext,
  useHotkeys,
  useLabHotkeys,
  useLabState,
  useWidth,
} from '../../ui/parts';
import type { Notice } from '../notice';
import { BackLink } from './BackLink';
import { CompactModeBar } from './CompactModeBar';
import { EmbedTheme } from './EmbedTheme';
import { OneFigure } from './OneFigure';

const Compare = lazy(() => import('../../ui/lab/Compare'));

interface EmbedScreenProps {
  readonly lab: Lab;
  readonly figure: LabFigureName;
  /** The element that carries the theme and hears the keys. */
  readonly scope: HTMLElement;
  readonly notice: Notice;
  /** Where the whole page is; null has no link back. */
  readonly site: string | null;
}

export function EmbedScreen({ lab, figure, scope, notice, site }: EmbedScreenProps) {
  const [pair, setPair] = useState<LabPair | null>(null);
  const transport = useMemo(() => createTransport(pair ?? lab), [lab, pair]);
  return (
    <LabProvider lab={lab} notify={notice.set}>
      <TransportContext value={transport}>
        <EmbedTheme scope={scope}>
          <Body figure={figure} scope={scope} notice={notice} onPair={setPair} />
          <BackLink site={site} />
        </EmbedTheme>
      </TransportContext>
    </LabProvider>
  );
}

const nothing = () => undefined;

interface BodyProps extends Pick<EmbedScreenProps, 'figure' | 'scope' | 'notice'> {
  readonly onPair: (pair: LabPair | null) => void;
}

function Body({ figure, scope, notice, onPair }: BodyProps) {
  const hidden = useLabState((state) => state.view.hidden);
  const error = useLabState((state) => state.run.error);
  const isComparing = useLabState((state) => state.view.compare !== null);
  const message = useSyncExternalStore(notice.subscribe, notice.get);
  useHotkeys(useLabHotkeys(nothing), scope);
  const [box, width] = useWidth<HTMLDivElement>();
  const isLab = figure === 'lab';
  let content: ReactNode;
  if (error?.fatal) content = <ProblemPanel failure={error} />;
  else if (!isLab) content = <OneFigure figure={figure} problem={error && <ProblemPanel failure={error} />} />;
  else if (isComparing) {
    content = (
      <Suspense>
        <Compare onPair={onPair} />
      </Suspense>
    );
  } else {
    content = (
      <>
        <div className="lab-middle">
          {error && <ProblemPanel failure={error} />}
          <LayerFigures density="roomy" />
        </div>
        <Results canPlacePoints={!hidden.includes('points')} />
      </>
    );
  }
  return (
    <div ref={box} className={`lab ${isLab ? 'embed-lab' : 'embed-one'}`} data-hide={hidden.join(' ')}>
      <div className="lab-header">
        <div className="transport-bar">
          <TransportBar isSlowMotion={false} hasSlowMotion={false} onSlowMotion={nothing} />
          {isLab && <Scrubber />}
          <Counters />
        </div>
      </div>
      {isLab ? <ModeBar /> : <CompactModeBar />}
      <Notices message={message} onDismiss={() => notice.set(null)} />
      {isLab && (
        <RoomContext value={width}>
          <aside className="lab-settings" aria-label="Settings">
            <DataPanel />
            <NetworkPanel />
            <OptimiserPanel />
          </aside>
        </RoomContext>
      )}
      <div className={isLab ? (isComparing ? 'lab-compare' : 'lab-figures') : 'embed-figure'}>{content}</div>
    </div>
  );
}
