/** The middle of the lab: a layer is a column. Network, masks (gradients on request) and activations share each layer's x-range. */
import { type CSSProperties, useContext } from 'react';
import type { Stage } from '../../viz';
import { Toggle } from '../controls/Toggle';
import { ActivationFigure } from '../figures/ActivationFigure';
import { EquationLine } from '../figures/EquationLine';
import { MaskFigure } from '../figures/MaskFigure';
import { NetworkFigure } from '../figures/NetworkFigure';
import { useLayers } from '../figures/useLayers';
import { useLabState, useSetView } from '../hooks/labContext';
import { useWideHeight } from '../hooks/useWideHeight';
import { useWidth } from '../hooks/useWidth';
import { COMPACT, fittedHeights, type LayerHeights, ROOMY } from './layerHeights';
import { RoomContext } from './Panel';

interface LayerFiguresProps {
  /** `screen`: so high that the lab fills the window; `compact`: so that two labs do. */
  readonly density: 'roomy' | 'compact' | 'screen';
  readonly stage?: () => Stage | null;
  /** Slow motion takes room above. */
  readonly isWalked?: boolean;
}

function useHeights({ density, isWalked = false }: LayerFiguresProps, hasGradients: boolean): LayerHeights {
  const numHidden = useLabState((state) => state.settings.hidden.length);
  const windowHeight = useWideHeight();
  const isEmbedded = Boolean(useContext(RoomContext)); // its box, not the window, is its room
  const isCompared = density === 'compact';
  if (density !== 'roomy' && !isEmbedded && windowHeight !== null)
    return fittedHeights(windowHeight, { numHidden, hasGradients, isCompared, isWalked });
  return isCompared ? COMPACT : ROOMY;
}

export function LayerFigures(props: LayerFiguresProps) {
  const { stage } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const layers = useLayers(Math.max(width, 1));
  const showGradients = useLabState((state) => state.view.showGradients);
  const setView = useSetView();
  const heights = useHeights(props, showGradients);
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
          <MaskFigure layers={layers} kind="masks" cellHeight={heights.cell}>
            <Toggle label="gradients" checked={showGradients} onChange={(checked) => setView({ showGradients: checked })} />
          </MaskFigure>
          {showGradients && <MaskFigure layers={layers} kind="gradients" cellHeight={heights.cell} />}
          <ActivationFigure layers={layers} height={heights.histogram} />
        </>
      )}
    </div>
  );
}
