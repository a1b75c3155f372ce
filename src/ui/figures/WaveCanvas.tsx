/** The regression curve of data with one input. Loaded with the first wave. */
import { paintWave } from '../../viz/regressionCurve';
import { PlaneCanvas, type PlaneCanvasProps } from './PlaneCanvas';

export default function WaveCanvas(props: Omit<PlaneCanvasProps, 'paintBelief' | 'isWave'>) {
  return <PlaneCanvas {...props} paintBelief={paintWave} isWave />;
}
