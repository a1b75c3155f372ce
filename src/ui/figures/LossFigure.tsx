/** Three loss curves and the accuracies; a click or Enter goes back to a step. */
import { useCallback, useRef, useState } from 'react';
import { type Frame, readHeader } from '../../protocol/frame';
import { datasetShape } from '../../protocol/network';
import { type Context, fitLossTicks, hitStep, type LossLayout, lossLayout, paintLosses } from '../../viz';
import { useAsk, useLab, useLabState, useNumbers, useReadout, useSettings } from '../hooks/labContext';
import { usePalette } from '../hooks/usePalette';
import { useWidth } from '../hooks/useWidth';
import { lossCaption } from '../words/captions';
import { fixed, grouped } from '../words/format';
import { FigureFrame } from './FigureFrame';
import { Say } from './Say';
import { type Cursor, WalkableCanvas } from './WalkableCanvas';

const HEIGHT = 140;

function pointText(frame: Frame, index: number): string {
  const at = (values: Float32Array) => fixed(values[index] ?? Number.NaN);
  return `step ${grouped(frame.curveStep[index] ?? 0)}: train with masks ${at(frame.curveTrainMasked)}, train in eval ${at(frame.curveTrainEval)}, test ${at(frame.curveTest)}. Enter goes there`;
}

/** Paints the curves, and says which step a place in them belongs to. */
function useLossPainter(width: number) {
  const { dataset } = useSettings();
  const palette = usePalette();
  const lab = useLab();
  const changes = useLabState((state) => state.run.changes);
  const hoveredStep = useRef<number | null>(null);
  const layout = useRef<LossLayout | null>(null);
  const hasAccuracy = datasetShape(dataset).loss !== 'squared';
  const paint = useCallback(
    (context: Context, frame: Frame) => {
      const { step, lastStep } = lab.store.getState().run;
      const shownStep = readHeader(frame, 'step');
      // The store lags behind the frames: only a run that went back has a last step of its own.
      const axisEnd = lastStep > step ? Math.max(lastStep, shownStep) : shownStep;
      layout.current = fitLossTicks(lossLayout(width, HEIGHT, { lastStep: axisEnd, hasAccuracy }), frame, palette);
      paintLosses(context, frame, layout.current, {
        palette,
        changes,
        hoveredStep: hoveredStep.current,
        named: lab.readout.get() ?? frame,
      });
    },
    [width, lab, hasAccuracy, palette, changes],
  );
  const stepAt = (point: { x: number; y: number }) => layout.current && hitStep(layout.current, point.x, point.y);
  const showStep = (step: number | null) => {
    hoveredStep.current = step;
    lab.frames.invalidate('curve');
  };
  return { paint, stepAt, showStep };
}

export function LossFigure() {
  const settings = useSettings();
  const numbers = useNumbers();
  const readout = useReadout();
  const ask = useAsk();
  const [box, width] = useWidth<HTMLDivElement>();
  const { paint, stepAt, showStep } = useLossPainter(width);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const numPoints = readout ? Math.max(readHeader(readout, 'curveCount'), 1) : 1;
  const index = Math.min(cursor?.column ?? 0, numPoints - 1);

  return (
    <FigureFrame kind="loss" caption={numbers && <Say phrase={lossCaption(settings, numbers)} />}>
      {(summaryId) => (
        <div ref={box} className="figure-box">
          {width > 0 && (
            <WalkableCanvas
              channel="curve"
              label="Loss curves: walk along the steps, Enter goes to that step"
              summaryId={summaryId}
              size={{ width, height: HEIGHT }}
              paint={paint}
              numRows={1}
              numColumns={numPoints}
              cursor={cursor && { row: 0, column: index }}
              cellText={readout && cursor ? pointText(readout, index) : 'Use the arrow keys to walk.'}
              onWalk={(next) => {
                setCursor(next);
                showStep(next && readout ? (readout.curveStep[next.column] ?? null) : null);
              }}
              onActivate={() => {
                const step = readout?.curveStep[index];
                if (cursor && step !== undefined) ask((target) => target.seek(step));
              }}
              onPoint={(point) => showStep(point && stepAt(point))}
              onPress={(point) => {
                const step = stepAt(point);
                if (step !== null) ask((target) => target.seek(step));
              }}
            />
          )}
        </div>
      )}
    </FigureFrame>
  );
}
