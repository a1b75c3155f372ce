/** The code of the address, large enough for the back row, with what to do with it. */
import { lazy, Suspense, useMemo } from 'react';
import { pageAddress } from '../../store/address';
import { experimentOf } from '../../store/experiment';
import { useLab, useLabState } from '../hooks/labContext';
import { linkOf } from '../share/snippets';
import { grouped } from '../words/format';

const QrCode = lazy(() => import('../share/QrCode'));

interface CodeCardProps {
  /** The chapter that stands in the place of the lab; null where the lab does. */
  readonly chapterId: string | null;
}

export default function CodeCard({ chapterId }: CodeCardProps) {
  const lab = useLab();
  // A code that changes while cameras point at it would never be read: it stands as it was opened, and anew after each pause.
  const phase = useLabState((state) => state.run.phase);
  const settings = useLabState((state) => state.settings);
  const compare = useLabState((state) => state.view.compare);
  const { link: labLink, step } = useMemo(() => {
    const state = lab.store.getState();
    const isResting = phase !== 'running';
    const experiment = experimentOf(state);
    const { convention, hidden } = state.view;
    const place = isResting ? experiment : { settings, changes: [], step: null };
    return { link: linkOf({ ...place, page: pageAddress(''), view: { convention, hidden, compare } }), step: place.step };
  }, [lab, phase, settings, compare]);
  const link = chapterId === null ? labLink : `${pageAddress('')}#${chapterId}`;
  const place = step === null ? 'the same experiment, from step 0' : `the same network at step ${grouped(step)}`;
  return (
    <aside className="code-card" aria-label="Code of the address">
      <Suspense fallback={<div className="qr-code" />}>
        <QrCode text={link} />
      </Suspense>
      <p>Point a camera at it: {chapterId === null ? place : 'the same chapter'}.</p>
      <p className="code-link">{link}</p>
    </aside>
  );
}
