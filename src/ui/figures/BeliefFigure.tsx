/**
 * What the network believes: decision surface, regression curve or digits, whichever the data calls for; own points are placed on it.
 */
import { useCallback, useRef, useState } from 'react';
import type { Frame } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import { datasetShape } from '../../protocol/network';
import {
  beliefTable,
  type Context,
  type DigitsHit,
  dataAt,
  describeBelief,
  digitsLayout,
  hitDigits,
  hitPoint,
  type PlaneLayout,
  type PointHit,
  paintDigits,
  paintSurface,
  paintWave,
  surfaceLayout,
  waveLayout,
} from '../../viz';
import {
  useChange,
  useData,
  useLab,
  useNotify,
  useNumbers,
  usePointing,
  usePointingState,
  useReadout,
  useSettings,
} from '../hooks/labContext';
import { usePalette } from '../hooks/usePalette';
import { useWidth } from '../hooks/useWidth';
import { surfaceCaption } from '../words/captions';
import { maxLength } from '../words/settings';
import { beliefCellText, GRID_STEPS, gridPoint } from './beliefText';
import { FigureFrame } from './FigureFrame';
import { Say } from './Say';
import { type Cursor, WalkableCanvas } from './WalkableCanvas';

const WAVE_HEIGHT = 240;

interface BeliefFigureProps {
  /** Which class a click adds. */
  readonly ownClass: 0 | 1;
  /** False where the data are not this lab's to change: lab B has A's. */
  readonly canPlacePoints: boolean;
}

export function BeliefFigure({ ownClass, canPlacePoints }: BeliefFigureProps) {
  const settings = useSettings();
  const numbers = useNumbers();
  const readout = useReadout();
  const data = useData();
  const { row } = usePointingState();
  const [box, width] = useWidth<HTMLDivElement>();
  const { loss } = datasetShape(settings.dataset);
  const view = { mode: settings.mode, phase: settings.phase, row, inputP: settings.inputP };

  return (
    <FigureFrame
      title="What the network believes"
      className="figure-belief"
      summary={readout && data ? describeBelief(readout, data, view) : 'Nothing has been learned yet.'}
      tables={(frame) => (data ? [beliefTable(frame, data)] : [])}
      caption={numbers && <Say phrase={surfaceCaption(settings, numbers)} />}
    >
      {(summaryId) => (
        <div ref={box} className="figure-box">
          {data && width > 0 && loss === 'softmax' && <DigitsCanvas data={data} width={width} summaryId={summaryId} />}
          {data && width > 0 && loss !== 'softmax' && (
            <PlaneCanvas
              data={data}
              width={width}
              summaryId={summaryId}
              isWave={loss === 'squared'}
              ownClass={canPlacePoints ? ownClass : null}
            />
          )}
        </div>
      )}
    </FigureFrame>
  );
}

interface CanvasProps {
  readonly data: DataReport;
  readonly width: number;
  readonly summaryId: string;
}

function usePlacePoint(): (x: number, y: number, label: number) => void {
  const settings = useSettings();
  const change = useChange();
  const notify = useNotify();
  return (x, y, label) => {
    const round = (value: number) => Math.round(value * 1000) / 1000;
    if (settings.points.length >= maxLength('points')) {
      notify(`There is room for ${maxLength('points')} own points. Undo or clear some first.`);
      return;
    }
    change({ points: [...settings.points, [round(x), round(y), label]] });
  };
}

function PlaneCanvas({ data, width, summaryId, isWave, ownClass }: CanvasProps & { isWave: boolean; ownClass: 0 | 1 | null }) {
  const settings = useSettings();
  const palette = usePalette();
  const readout = useReadout();
  const pointing = usePointing();
  const { frames } = useLab();
  const place = usePlacePoint();
  const highlighted = useRef<PointHit | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const layout: PlaneLayout = isWave ? waveLayout(width, WAVE_HEIGHT, data) : surfaceLayout(width);
  const { phase, points } = settings;
  const paint = useCallback(
    (context: Context, frame: Frame) => {
      const focused = frame.examples[Math.min(pointing.get().row, frame.shape.rows - 1)] ?? null;
      const style = { palette, phase, data, numOwn: points.length, focused, highlighted: highlighted.current };
      if (isWave) paintWave(context, frame, waveLayout(width, WAVE_HEIGHT, data), style);
      else paintSurface(context, frame, surfaceLayout(width), style);
    },
    [palette, phase, points.length, data, width, isWave, pointing],
  );
  const spot = cursor && gridPoint(layout, cursor);

  return (
    <div className="plane">
      <WalkableCanvas
        channel="surface"
        label={isWave ? 'Regression curve' : 'Decision surface'}
        summaryId={summaryId}
        size={{ width, height: layout.height }}
        paint={paint}
        numRows={GRID_STEPS}
        numColumns={GRID_STEPS}
        cursor={cursor}
        cellText={
          readout && cursor
            ? beliefCellText(readout, layout, cursor, isWave)
            : ownClass === null
              ? 'Use the arrow keys to walk.'
              : 'Use the arrow keys to walk; Enter adds a point.'
        }
        onWalk={(next) => setCursor(next && cursor === null ? { row: (GRID_STEPS - 1) / 2, column: (GRID_STEPS - 1) / 2 } : next)}
        onActivate={() => {
          if (spot && ownClass !== null) place(spot.dataX, spot.dataY, ownClass);
        }}
        onPoint={(point) => {
          highlighted.current = point && hitPoint(layout, data, point.x, point.y);
          frames.invalidate('surface');
        }}
        onPress={(point) => {
          const at = dataAt(layout, point.x, point.y);
          if (at && ownClass !== null) place(at.x, at.y, point.shiftKey ? 1 - ownClass : ownClass);
        }}
        className={ownClass === null ? '' : 'is-placing'}
      />
      {spot && <span className="crosshair" aria-hidden="true" style={{ left: spot.x, top: spot.y }} />}
    </div>
  );
}

function DigitsCanvas({ data, width, summaryId }: CanvasProps) {
  const palette = usePalette();
  const readout = useReadout();
  const { frames } = useLab();
  const highlighted = useRef<DigitsHit | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const layout = digitsLayout(width, data.testTargets.length);
  const paint = useCallback(
    (context: Context, frame: Frame) => {
      paintDigits(context, frame, digitsLayout(width, data.testTargets.length), { palette, data, highlighted: highlighted.current });
    },
    [palette, data, width],
  );
  const numRows = Math.max(Math.ceil(layout.numShown / layout.perRow), 1);
  const index = cursor ? Math.min(cursor.row * layout.perRow + cursor.column, layout.numShown - 1) : 0;
  const show = (hit: DigitsHit | null) => {
    highlighted.current = hit;
    frames.invalidate('surface');
  };
  const read = readout?.testPredictions[index];
  return (
    <WalkableCanvas
      channel="surface"
      label="Test digits and what the network reads in them"
      summaryId={summaryId}
      size={{ width, height: layout.height }}
      paint={paint}
      numRows={numRows}
      numColumns={layout.perRow}
      cursor={cursor}
      cellText={
        cursor ? `test digit ${index + 1}: a ${data.testTargets[index]}, read as ${read ?? 'nothing'}` : 'Use the arrow keys to walk.'
      }
      onWalk={(next) => {
        setCursor(next);
        show(next && { kind: 'digit', index: Math.min(next.row * layout.perRow + next.column, layout.numShown - 1) });
      }}
      onPoint={(point) => show(point && hitDigits(layout, point.x, point.y))}
    />
  );
}
