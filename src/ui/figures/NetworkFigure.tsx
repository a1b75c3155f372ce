/** The diagram: one column per layer; dropped units and their links visibly out. */
import { useCallback, useRef } from 'react';
import type { Frame } from '../../protocol/frame';
import type { Context } from '../../viz';
import { hitNetwork, layerName, type NetworkLayout, networkLayout, paintNetwork, type Stage } from '../../viz';
import { useLabState, useNumbers, usePointing, usePointingState, useSettings } from '../hooks/labContext';
import { networkCaption } from '../words/captions';
import { ColumnRow } from './ColumnRow';
import { FigureFrame } from './FigureFrame';
import { FocusText } from './FocusText';
import { diagramCursor, diagramHighlight } from './layerGrid';
import { Say } from './Say';
import type { LayersView } from './useLayers';
import { WalkableCanvas } from './WalkableCanvas';

interface NetworkFigureProps {
  readonly layers: LayersView;
  readonly height: number;
  /** Where slow motion is within the step, read when painting. */
  readonly stage?: () => Stage | null;
}

export function NetworkFigure({ layers, height, stage }: NetworkFigureProps) {
  const settings = useSettings();
  const numbers = useNumbers();
  const pointing = usePointing();
  const { focus, row } = usePointingState();
  const showGradients = useLabState((state) => state.view.showGradients);
  const layout = useRef<NetworkLayout | null>(null);
  const { columnsOf, style, columns, sizes, onHit, onChoose } = layers;
  const paint = useCallback(
    (context: Context, frame: Frame) => {
      layout.current = networkLayout(columnsOf(frame), height);
      paintNetwork(context, frame, layout.current, { ...style(frame), stage: stage?.() ?? null, showGradients });
    },
    [columnsOf, style, height, stage, showGradients],
  );
  const hit = (point: { x: number; y: number } | null) => (point && layout.current ? hitNetwork(layout.current, point.x, point.y) : null);
  const cursor = diagramCursor(focus);

  return (
    <FigureFrame
      kind="network"
      legend={
        <ul className="figure-legend">
          <li className="key-dropped">dropped</li>
          <li className="key-silent">kept, silent</li>
        </ul>
      }
      caption={numbers && <Say phrase={networkCaption(settings, numbers, row)} />}
    >
      {(summaryId) => (
        <>
          <ColumnRow columns={columns} className="column-names" content={(layer) => layerName(layer, sizes.length)} />
          <WalkableCanvas
            channel="network"
            label="Network: columns are layers, rows are units"
            summaryId={summaryId}
            size={{ width: columns.width, height }}
            paint={paint}
            numRows={Math.max(...sizes)}
            numColumns={sizes.length}
            cursor={cursor}
            cellText={<FocusText highlight={focus} row={row} />}
            onWalk={(next) => pointing.focus(next && diagramHighlight(sizes, next))}
            onPoint={(point) => onHit(hit(point))}
            onPress={(point) => onChoose(hit(point))}
          />
        </>
      )}
    </FigureFrame>
  );
}
