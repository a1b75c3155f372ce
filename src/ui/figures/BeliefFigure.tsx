/** What the network believes: decision surface, regression curve or digits, whichever the data calls for. */
import { lazy, Suspense } from 'react';
import { datasetShape } from '../../protocol/network';
import { paintSurface } from '../../viz';
import { useData, useNumbers, useSettings } from '../hooks/labContext';
import { useWidth } from '../hooks/useWidth';
import { surfaceCaption } from '../words/captions';
import { FigureFrame } from './FigureFrame';
import { PlaneCanvas } from './PlaneCanvas';
import { Say } from './Say';

const DigitsCanvas = lazy(() => import('./DigitsCanvas'));
const WaveCanvas = lazy(() => import('./WaveCanvas'));

interface BeliefFigureProps {
  /** Which class a click adds. */
  readonly ownClass: 0 | 1;
  /** False where the data are not this lab's to change: lab B has A's. */
  readonly canPlacePoints: boolean;
}

export function BeliefFigure({ ownClass, canPlacePoints }: BeliefFigureProps) {
  const settings = useSettings();
  const numbers = useNumbers();
  const data = useData();
  const [box, width] = useWidth<HTMLDivElement>();
  const { loss } = datasetShape(settings.dataset);
  return (
    <FigureFrame kind="belief" caption={numbers && <Say phrase={surfaceCaption(settings, numbers)} />}>
      {(summaryId) => (
        <div ref={box} className={`figure-box belief-${loss}`}>
          {data && width > 0 && (
            <Suspense>
              {loss === 'softmax' && <DigitsCanvas data={data} width={width} summaryId={summaryId} />}
              {loss === 'squared' && <WaveCanvas {...{ data, width, summaryId }} ownClass={canPlacePoints ? ownClass : null} />}
              {loss === 'binary' && (
                <PlaneCanvas {...{ data, width, summaryId }} paintBelief={paintSurface} ownClass={canPlacePoints ? ownClass : null} />
              )}
            </Suspense>
          )}
        </div>
      )}
    </FigureFrame>
  );
}
