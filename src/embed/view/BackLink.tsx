/** The small link from an embed to the whole page, with the experiment as it stands. */
import { formatAddress } from '../../store/address';
import { experimentOf } from '../../store/experiment';
import { isStanding } from '../../store/labStore';
import { useLab, useLabState } from '../../ui/parts';

interface BackLinkProps {
  readonly site: string | null;
}

export function BackLink({ site }: BackLinkProps) {
  const lab = useLab();
  // The address is made when it is wanted; this only keeps the one that a reader can see in step with the settings.
  const settings = useLabState((state) => state.settings);
  if (site === null) return null;
  const write = (anchor: HTMLAnchorElement) => {
    const state = lab.store.getState();
    const experiment = experimentOf(state);
    const step = isStanding(state.run) ? experiment.step : null;
    anchor.href = withQuery(site, formatAddress(experiment.settings, { changes: step === null ? [] : experiment.changes, step }));
  };
  return (
    <p className="embed-back">
      <a
        href={withQuery(site, formatAddress(settings))}
        target="_blank"
        rel="noopener"
        onPointerDown={(event) => write(event.currentTarget)}
        onFocus={(event) => write(event.currentTarget)}
      >
        Dropout Lab
      </a>
    </p>
  );
}

function withQuery(site: string, query: string): string {
  return query === '' ? site : `${site}?${query}`;
}
