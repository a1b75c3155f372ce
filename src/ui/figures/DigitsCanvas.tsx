/** Some test digits with what the network reads in them, and the confusion matrix. Loaded with the first digits. */
import { useCallback, useRef, useState } from 'react';
import type { Frame } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import { type Context, type DigitsHit, digitsLayout, hitDigits } from '../../viz';
import { paintDigits } from '../../viz/digitsGrid';
import { useLab, useReadout } from '../hooks/labContext';
import { usePalette } from '../hooks/usePalette';
import { type Cursor, WalkableCanvas } from './WalkableCanvas';

interface DigitsCanvasProps {
  readonly data: DataReport;
  readonly width: number;
  readonly summaryId: string;
}

export default function DigitsCanvas({ data, width, summaryId }: DigitsCanvasProps) {
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
