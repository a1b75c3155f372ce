/** The numbers of a figure as tables, four times a second at most. Loaded on demand. */
import { useState } from 'react';
import type { Frame } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import type { Settings } from '../../protocol/settings';
import { isOfData } from '../../viz/cells';
import { shownLayers } from '../../viz/columns';
import { beliefTable, gradientTable, histogramTable, lossTable, maskTable, networkTable, type Table } from '../../viz/tables';
import { SelectField } from '../controls/SelectField';
import { useData, usePointingState, useReadout, useSettings } from '../hooks/labContext';
import { shownRow } from '../words/shownRow';
import type { FigureKind } from './figureKind';
import { NumbersTable } from './NumbersTable';

interface FigureTableProps {
  readonly kind: FigureKind;
}

/** Returns the tables of a figure, one per layer where each layer has its own picture. */
function tablesOf(kind: FigureKind, frame: Frame, data: DataReport | null, settings: Settings, row: number): readonly Table[] {
  const { mode, phase, inputP } = settings;
  const view = { mode, phase, inputP, row };
  const layers = shownLayers(frame.shape.sizes, inputP);
  switch (kind) {
    case 'network':
      return [networkTable(frame, view)];
    case 'masks':
      return layers.map((layer) => maskTable(frame, layer, view));
    case 'gradients':
      return layers.map((layer) => gradientTable(frame, layer, view));
    case 'activations':
      return layers.map((layer) => histogramTable(frame, layer));
    case 'belief':
      return data && isOfData(frame, data) ? [beliefTable(frame, data)] : [];
    case 'loss':
      return [lossTable(frame)];
    default:
      return kind satisfies never;
  }
}

export default function FigureTable({ kind }: FigureTableProps) {
  const frame = useReadout();
  const data = useData();
  const settings = useSettings();
  const { row } = usePointingState();
  const [chosen, setChosen] = useState(0);
  if (!frame) return <p className="figure-wait">There are no numbers yet.</p>;
  const all = tablesOf(kind, frame, data, settings, shownRow(frame, row));
  const shown = all[Math.min(chosen, all.length - 1)];
  if (!shown) return <p className="figure-wait">This figure is empty: there is no hidden layer.</p>;
  return (
    <div className="table-view">
      {all.length > 1 && (
        <div className="table-choice">
          <SelectField
            label="which table"
            choices={all.map((table, index) => ({ value: String(index), label: table.caption }))}
            value={String(Math.min(chosen, all.length - 1))}
            onChange={(value) => setChosen(Number(value))}
          />
        </div>
      )}
      <NumbersTable table={shown} />
    </div>
  );
}
