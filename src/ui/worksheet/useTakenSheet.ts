/** What a worksheet is made of, taken once from the run as it stands; the run is paused for it. */
import { useEffect, useState } from 'react';
import { type Frame, readStat } from '../../protocol/frame';
import type { Snapshot } from '../../protocol/snapshot';
import { pageAddress } from '../../store/address';
import { experimentOf } from '../../store/experiment';
import { useLab, useNotify } from '../hooks/labContext';
import { linkOf } from '../share/snippets';
import type { HistogramData } from './charts';
import { subjectOf } from './questions';

export interface Taken {
  readonly snapshot: Snapshot;
  readonly histogram: HistogramData | null;
  readonly link: string;
  /** Settings have changed since the last step, so that its masks would be asked about under the wrong p. */
  readonly isStale: boolean;
}

/** Reads from a frame the two histograms of a layer. */
function readHistogram(frame: Frame | null, layerIndex: number | undefined): HistogramData | null {
  const layer = layerIndex === undefined ? undefined : frame?.layers[layerIndex];
  if (!layer) return null;
  return {
    low: readStat(layer, 'binLow'),
    high: readStat(layer, 'binHigh'),
    train: [...layer.trainHistogram],
    eval: [...layer.evalHistogram],
  };
}

/** Returns it once it is taken, null before. What goes wrong is told, and the sheet closes. */
export function useTakenSheet(onClose: () => void): Taken | null {
  const lab = useLab();
  const notify = useNotify();
  const [taken, setTaken] = useState<Taken | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const take = async () => {
      await lab.pause();
      const whole = await lab.snapshot();
      if (!isCurrent) return;
      const state = lab.store.getState();
      const isStale = state.run.changes.some(({ step }) => step === whole.step);
      const snapshot = isStale ? { ...whole, last: null } : whole;
      const experiment = experimentOf({ ...state, run: { ...state.run, step: snapshot.step } });
      const link = linkOf({ ...experiment, page: pageAddress(''), view: { convention: state.view.convention } });
      setTaken({ snapshot, isStale, link, histogram: readHistogram(lab.readout.get(), subjectOf(snapshot)?.layerIndex) });
    };
    take().catch((error: unknown) => {
      notify(error instanceof Error ? error.message : String(error));
      onClose();
    });
    return () => {
      isCurrent = false;
    };
  }, [lab, notify, onClose]);
  return taken;
}
