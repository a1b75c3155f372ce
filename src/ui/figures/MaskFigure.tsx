/** Heatmaps of examples × units, each layer in its column: the masks, and on request the gradients in the same cells. */
import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import { type Frame, MAX_ROWS, MAX_SHOWN_UNITS, readHeader } from '../../protocol/frame';
import { type Context, hitMask, type MaskLayout, maskHeight, maskLayout, paintGradients, paintMasks, withoutEmptyRows } from '../../viz';
import type { Highlight } from '../../viz/view';
import { useData, useLabState, useNumbers, usePointing, usePointingState, useSettings } from '../hooks/labContext';
import { maskCaption, maskLegend } from '../words/captions';
import { FigureFrame } from './FigureFrame';
import { FocusText } from './FocusText';
import { FIGURE_TITLES } from './figureKind';
import { LayerCaptions } from './LayerCaptions';
import { heatmapColumns, heatmapCursor } from './layerGrid';
import { Say } from './Say';
import type { LayersView } from './useLayers';
import { WalkableCanvas } from './WalkableCanvas';

interface MaskFigureProps {
  readonly layers: LayersView;
  readonly kind: 'masks' | 'gradients';
  readonly cellHeight: number;
  /** Controls that stand with the title. */
  readonly children?: ReactNode;
}

const PARTS = {
  masks: { channel: 'mask', paint: paintMasks },
  gradients: { channel: 'gradient', paint: paintGradients },
} as const;

/** Rows that words may speak of. While the run goes on, short last batches pass by too fast for that: then it is those of the whole ones. */
function useShownRows(): { readonly varies: boolean; readonly shownRows: number } {
  const { batchSize } = useSettings();
  const numbers = useNumbers();
  const data = useData();
  const isRunning = useLabState((state) => state.run.phase === 'running');
  const varies = isRunning && (data?.trainTargets.length ?? 0) % batchSize !== 0;
  const numRows = Math.min(batchSize, MAX_ROWS);
  return { varies, shownRows: varies ? numRows : (numbers?.header.numRows ?? numRows) };
}

export function MaskFigure({ layers, kind, cellHeight, children }: MaskFigureProps) {
  const settings = useSettings();
  const pointing = usePointing();
  const { focus, row } = usePointingState();
  const { varies, shownRows } = useShownRows();
  const layout = useRef<MaskLayout | null>(null);
  const { columnsOf, style, columns, sizes, onHit, onChoose } = layers;
  const { inputP } = settings;
  const part = PARTS[kind];
  const mode = kind === 'masks' ? settings.mode : 'none';
  const isOfWeights = mode === 'dropconnect';
  const numRows = Math.min(settings.batchSize, MAX_ROWS);
  const height = maskHeight(numRows, cellHeight);
  const paint = useCallback(
    (context: Context, frame: Frame) => {
      layout.current = withoutEmptyRows(maskLayout(columnsOf(frame), frame.shape, height, { mode, inputP }), readHeader(frame, 'numRows'));
      part.paint(context, frame, layout.current, style(frame));
    },
    [columnsOf, style, height, mode, inputP, part],
  );
  const grid = useMemo(() => heatmapColumns(sizes, inputP, mode), [sizes, inputP, mode]);
  const hit = (point: { x: number; y: number } | null) => (point && layout.current ? hitMask(layout.current, point.x, point.y) : null);

  const walk = (cursor: { row: number; column: number }): Highlight | null => {
    const column = grid[cursor.column];
    if (!column) return null;
    const lastTarget = Math.min(sizes[column.layer + 1] ?? 1, MAX_SHOWN_UNITS) - 1;
    return isOfWeights
      ? { ...column, row: null, bin: null, target: Math.min(cursor.row, lastTarget) }
      : { ...column, row: cursor.row, bin: null };
  };

  return (
    <FigureFrame
      kind={kind}
      controls={children}
      legend={
        <ul className="figure-legend">
          {kind === 'gradients' ? <li>dLoss/d(output)</li> : maskLegend(settings, shownRows).map((line) => <li key={line}>{line}</li>)}
        </ul>
      }
    >
      {(summaryId) => (
        <>
          <WalkableCanvas
            channel={part.channel}
            label={`${FIGURE_TITLES[kind]}: rows are ${isOfWeights ? 'units of the next layer' : 'examples'}, columns are units`}
            summaryId={summaryId}
            size={{ width: columns.width, height }}
            paint={paint}
            numRows={isOfWeights ? Math.min(Math.max(...sizes.slice(1)), MAX_SHOWN_UNITS) : numRows}
            numColumns={grid.length}
            cursor={heatmapCursor(grid, focus, row)}
            cellText={<FocusText highlight={focus} row={row} />}
            onWalk={(cursor) => pointing.focus(cursor && walk(cursor))}
            onPoint={(point) => onHit(hit(point))}
            onPress={(point) => onChoose(hit(point))}
          />
          {kind === 'masks' && <LayerCaptions layers={layers} say={(stats) => <Say phrase={maskCaption(settings, stats, !varies)} />} />}
        </>
      )}
    </FigureFrame>
  );
}
