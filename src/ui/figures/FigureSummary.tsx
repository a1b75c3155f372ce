/** The text of one figure for those who hear the page. Loaded once the page is up. */
import type { Frame } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import { isOfData } from '../../viz/cells';
import {
  describeBelief,
  describeGradients,
  describeHistograms,
  describeLosses,
  describeMasks,
  describeNetwork,
  type WordsView,
} from '../../viz/describe';
import { useData, usePointingState, useReadout, useSettings } from '../hooks/labContext';
import { shownRow } from '../words/shownRow';
import type { FigureKind } from './figureKind';
import { LiveSummary } from './LiveSummary';

/** Says what a figure shows, for the ear. */
export function describeFigure(kind: FigureKind, frame: Frame, data: DataReport | null, view: WordsView): string {
  switch (kind) {
    case 'network':
      return describeNetwork(frame, view);
    case 'masks':
      return describeMasks(frame, view);
    case 'gradients':
      return describeGradients(frame, view);
    case 'activations':
      return describeHistograms(frame, view);
    case 'belief':
      return data && isOfData(frame, data) ? describeBelief(frame, data, view) : '';
    case 'loss':
      return describeLosses(frame);
    default:
      return kind satisfies never;
  }
}

interface FigureSummaryProps {
  readonly id: string;
  readonly kind: FigureKind;
}

export default function FigureSummary({ id, kind }: FigureSummaryProps) {
  const frame = useReadout();
  const data = useData();
  const { mode, phase, inputP } = useSettings();
  const { row } = usePointingState();
  const text = frame
    ? describeFigure(kind, frame, data, { mode, phase, inputP, row: shownRow(frame, row) })
    : 'There is nothing to show yet.';
  return <LiveSummary id={id} text={text} />;
}
