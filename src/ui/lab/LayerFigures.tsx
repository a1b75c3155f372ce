/** The middle of the lab: a layer is a column. Network, masks (gradients on request) and activations share each layer's x-range. */
import type { CSSProperties } from 'react';
import type { Stage } from '../../viz';
import { Toggle } from '../controls/Toggle';
import { ActivationFigure } from '../figures/ActivationFigure';
import { EquationLine } from '../figures/EquationLine';
import { MaskFigure } from '../figures/MaskFigure';
import { NetworkFigure } from '../figures/NetworkFigure';
import { useLayers } from '../figures/useLayers';
import { useLabState, useSetView } from '../hooks/labContext';
import { useWidth } from '../hooks/useWidth';

const HEIGHTS = {
  roomy: { network: 240, cell: 6.5, histogram: 112 },
  compact: { network: 200, cell: 4.5, histogram: 90 },
} as const;

interface LayerFiguresProps {
  readonly density: 'roomy' | 'compact';
  readonly stage?: () => Stage | null;
}

export function LayerFigures({ density, stage }: LayerFiguresProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const layers = useLayers(Math.max(width, 1));
  const showGradients = useLabState((state) => state.view.showGradients);
  const setView = useSetView();
  const heights = HEIGHTS[density];
  return (
    <div
      ref={box}
      className={`layer-figures ${layers.columns.gutter === 0 ? 'is-narrow' : ''}`}
      style={{ '--width': width } as CSSProperties}
    >
      {width > 0 && (
        <>
          <NetworkFigure layers={layers} height={heights.network} {...(stage ? { stage } : {})} />
          <EquationLine />
          <MaskFigure layers={layers} kind="masks" cellHeight={heights.cell} />
          <div className="gradient-toggle" style={{ paddingLeft: layers.columns.gutter }}>
            <Toggle
              label="gradients of the same cells"
              checked={showGradients}
              onChange={(checked) => setView({ showGradients: checked })}
            />
          </div>
          {showGradients && <MaskFigure layers={layers} kind="gradients" cellHeight={heights.cell} />}
          <ActivationFigure layers={layers} height={heights.histogram} />
        </>
      )}
    </div>
  );
}
