/** The plane of the data, painted as its figure says. Own points are placed on it by click, tap or Enter. */
import { useCallback, useRef, useState } from 'react';
import type { Frame } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import { type BeliefStyle, type Context, dataAt, hitPoint, type PlaneLayout, type PointHit, surfaceLayout, waveLayout } from '../../viz';
import { useChange, useLab, useNotify, usePointing, useReadout, useSettings } from '../hooks/labContext';
import { usePalette } from '../hooks/usePalette';
import { maxLength } from '../words/settings';
import { shownRow } from '../words/shownRow';
import { beliefCellText, GRID_STEPS, gridPoint } from './beliefText';
import { type Cursor, WalkableCanvas } from './WalkableCanvas';

const WAVE_HEIGHT = 240;

export interface PlaneCanvasProps {
  readonly data: DataReport;
  readonly width: number;
  readonly summaryId: string;
  /** Paints what the network believes; must not change from render to render. */
  readonly paintBelief: (context: Context, frame: Frame, layout: PlaneLayout, style: BeliefStyle) => void;
  /** Which class a click adds; null where nothing can be added. */
  readonly ownClass: 0 | 1 | null;
  /** One input, read along x, and a curve; else two and a surface. */
  readonly isWave?: boolean;
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

export function PlaneCanvas({ data, width, summaryId, paintBelief, ownClass, isWave = false }: PlaneCanvasProps) {
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
      const focused = frame.examples[shownRow(frame, pointing.get().row)] ?? null;
      const style = { palette, phase, data, numOwn: points.length, focused, highlighted: highlighted.current };
      paintBelief(context, frame, isWave ? waveLayout(width, WAVE_HEIGHT, data) : surfaceLayout(width), style);
    },
    [palette, phase, points.length, data, width, isWave, paintBelief, pointing],
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
