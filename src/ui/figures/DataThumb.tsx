/** The training data as they were drawn, small, before any network. */
import { useEffect, useRef } from 'react';
import { datasetShape } from '../../protocol/network';
import { fitCanvas, paintDataThumb, surfaceLayout, waveLayout } from '../../viz';
import { useData, useSettings } from '../hooks/labContext';
import { usePalette } from '../hooks/usePalette';
import { useWidth } from '../hooks/useWidth';
import { counted } from '../words/format';
import { DATASET_NAMES } from '../words/settings';

const MAX_SIDE = 76;

export function DataThumb() {
  const data = useData();
  const { dataset, points } = useSettings();
  const palette = usePalette();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [box, boxWidth] = useWidth<HTMLDivElement>();
  const side = Math.min(boxWidth, MAX_SIDE);
  const { loss } = datasetShape(dataset);
  useEffect(() => {
    if (!canvas.current || !data || side === 0) return;
    const isWave = data.numInputs === 1;
    const layout = isWave ? waveLayout(side, Math.round(side * 0.75), data) : surfaceLayout(side);
    const context = fitCanvas(canvas.current, layout);
    if (data.numInputs > 2) {
      let isCurrent = true;
      import('../../viz/digit').then(
        ({ paintDigitSheet }) => isCurrent && paintDigitSheet(context, layout, palette, data),
        () => undefined, // a picture of data that the page cannot fetch; the figures say the rest
      );
      return () => {
        isCurrent = false;
      };
    }
    paintDataThumb(context, layout, { palette, data, numOwn: points.length, numClasses: isWave ? 0 : 2 });
    return undefined;
  }, [data, palette, points.length, side]);
  const label = `${DATASET_NAMES[dataset]}: ${counted(data?.trainTargets.length ?? 0, 'training point')}`;
  return (
    <div ref={box} className="data-thumb" data-loss={loss}>
      <canvas ref={canvas} role="img" aria-label={label} style={{ height: loss === 'squared' ? Math.round(side * 0.75) : side }} />
    </div>
  );
}
