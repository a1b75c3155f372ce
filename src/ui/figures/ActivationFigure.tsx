/** Histograms of each layer's output, train against eval, in the layer's own column. */
import { useCallback, useRef } from 'react';
import { type Frame, NUM_BINS, readStat } from '../../protocol/frame';
import {
  binRange,
  type Context,
  type HistogramLayout,
  histogramLayout,
  hitHistogram,
  layerName,
  paintHistograms,
  shownLayers,
} from '../../viz';
import type { Highlight } from '../../viz/view';
import { useNumbers, usePointing, usePointingState, useReadout, useSettings } from '../hooks/labContext';
import { activationCaption, activationLines } from '../words/captions';
import { fixed, percent } from '../words/format';
import { FigureFrame } from './FigureFrame';
import { LayerCaptions } from './LayerCaptions';
import { Say } from './Say';
import type { LayersView } from './useLayers';
import { WalkableCanvas } from './WalkableCanvas';

/** In less room than that a caption leaves what theory expects to its mark in the picture, the table, and the sentence below. */
const THEORY_WIDTH = 100;

interface ActivationFigureProps {
  readonly layers: LayersView;
  readonly height: number;
}

function binText(frame: Frame | null, highlight: Highlight | null): string {
  const layer = highlight?.layer == null ? undefined : frame?.layers[highlight.layer];
  if (!frame || !layer || highlight?.layer == null || highlight.bin === null) return 'Use the arrow keys to walk.';
  const [from, to] = binRange(readStat(layer, 'binLow'), readStat(layer, 'binHigh'), highlight.bin);
  const name = layerName(highlight.layer, frame.layers.length);
  const train = percent(layer.trainHistogram[highlight.bin] ?? Number.NaN);
  const evalShare = percent(layer.evalHistogram[highlight.bin] ?? Number.NaN);
  return `${name}, ${fixed(from)} to ${fixed(to)}: ${train} in train, ${evalShare} in eval`;
}

export function ActivationFigure({ layers, height }: ActivationFigureProps) {
  const settings = useSettings();
  const numbers = useNumbers();
  const readout = useReadout();
  const pointing = usePointing();
  const { focus } = usePointingState();
  const layout = useRef<HistogramLayout | null>(null);
  const { columnsOf, style, columns, sizes, onHit, onChoose } = layers;
  const { inputP } = settings;
  const paint = useCallback(
    (context: Context, frame: Frame) => {
      layout.current = histogramLayout(columnsOf(frame), frame.shape.sizes, height, { inputP });
      paintHistograms(context, frame, layout.current, style(frame));
    },
    [columnsOf, style, height, inputP],
  );
  const shown = shownLayers(sizes, inputP);
  const hit = (point: { x: number; y: number } | null) => (point && layout.current ? hitHistogram(layout.current, point.x, point.y) : null);
  const hasRoom = columns.columns.slice(1, -1).every(({ width }) => width + columns.gap >= THEORY_WIDTH);
  const isOnBin = focus?.bin != null && focus.layer !== null;

  return (
    <FigureFrame
      kind="activations"
      legend={
        <ul className="figure-legend">
          <li className="key-train">train</li>
          <li className="key-eval">eval</li>
        </ul>
      }
      caption={numbers && <Say phrase={activationCaption(settings, numbers)} />}
    >
      {(summaryId) => (
        <>
          <WalkableCanvas
            channel="histogram"
            label="Activations: rows are layers, columns are bins"
            summaryId={summaryId}
            size={{ width: columns.width, height }}
            paint={paint}
            numRows={shown.length}
            numColumns={NUM_BINS}
            cursor={isOnBin ? { row: Math.max(shown.indexOf(focus.layer ?? 0), 0), column: focus.bin ?? 0 } : null}
            cellText={binText(readout, focus)}
            onWalk={(cursor) => pointing.focus(cursor && { layer: shown[cursor.row] ?? null, unit: null, row: null, bin: cursor.column })}
            onPoint={(point) => onHit(hit(point))}
            onPress={(point) => onChoose(hit(point))}
          />
          <LayerCaptions
            layers={layers}
            say={(stats) =>
              activationLines(settings, stats, hasRoom).map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines have a fixed order
                <div key={index}>
                  <Say phrase={line} />
                </div>
              ))
            }
          />
        </>
      )}
    </FigureFrame>
  );
}
