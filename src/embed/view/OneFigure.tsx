/** One figure of the lab, alone in the width it is given. */
import { type ReactNode, useState } from 'react';
import {
  ActivationFigure,
  BeliefFigure,
  EquationLine,
  type LabFigureName,
  LossFigure,
  MaskFigure,
  NetworkFigure,
  OwnPoints,
  useLabState,
  useLayers,
  useWidth,
} from '../../ui/parts';

interface OneFigureProps {
  readonly figure: Exclude<LabFigureName, 'lab'>;
  /** Stands above the figure. */
  readonly problem: ReactNode;
}

const HEIGHTS = { network: 240, cell: 6.5, histogram: 112 } as const;

export function OneFigure({ figure, problem }: OneFigureProps) {
  return (
    <>
      {problem}
      {figure === 'belief' ? <Belief /> : figure === 'loss' ? <LossFigure /> : <LayerFigure figure={figure} />}
    </>
  );
}

function Belief() {
  const [ownClass, setOwnClass] = useState<0 | 1>(1);
  const canPlacePoints = useLabState((state) => !state.view.hidden.includes('points'));
  return (
    <div className="belief-alone">
      <BeliefFigure ownClass={ownClass} canPlacePoints={canPlacePoints} />
      {canPlacePoints && <OwnPoints ownClass={ownClass} onOwnClass={setOwnClass} />}
    </div>
  );
}

function LayerFigure({ figure }: { readonly figure: 'network' | 'masks' | 'activations' }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const layers = useLayers(Math.max(width, 1));
  return (
    <div ref={box} className={`layer-figures ${layers.columns.gutter === 0 ? 'is-narrow' : ''}`}>
      {width > 0 && figure === 'network' && (
        <>
          <NetworkFigure layers={layers} height={HEIGHTS.network} />
          <EquationLine />
        </>
      )}
      {width > 0 && figure === 'masks' && <MaskFigure layers={layers} kind="masks" cellHeight={HEIGHTS.cell} />}
      {width > 0 && figure === 'activations' && <ActivationFigure layers={layers} height={HEIGHTS.histogram} />}
    </div>
  );
}
