/** The figures on a projector: those that are not left out, as large as the screen allows. They stand behind the gate, so they can be frozen. */
import { type CSSProperties, useMemo, useRef } from 'react';
import { MAX_ROWS } from '../../protocol/frame';
import { datasetShape } from '../../protocol/network';
import type { ControlName } from '../../store/controls';
import { maskHeight } from '../../viz';
import { ActivationFigure } from '../figures/ActivationFigure';
import { BeliefFigure } from '../figures/BeliefFigure';
import { EquationLine } from '../figures/EquationLine';
import { LossFigure } from '../figures/LossFigure';
import { MaskFigure } from '../figures/MaskFigure';
import { NetworkFigure } from '../figures/NetworkFigure';
import { useLayers } from '../figures/useLayers';
import { useLabState, usePointingState } from '../hooks/labContext';
import { useWidth } from '../hooks/useWidth';
import Story from '../lab/Story';
import { useFit } from './useFit';

/** Lower cells lose their hatch; with more rows than a usual batch they may. */
const LEAST_CELL = 3.6;
const LEAST_MASKS = 96;

interface ShownProps {
  readonly hidden: readonly ControlName[];
}

export function StageFigures() {
  const hidden = useLabState((state) => state.view.hidden);
  const has = (name: ControlName) => !hidden.includes(name);
  const hasLayers = has('diagram') || has('masks') || has('activations');
  const hasResults = has('belief') || has('loss') || has('story');
  return (
    <main className="present-figures" id="figures" tabIndex={-1} data-only={hasLayers !== hasResults}>
      {hasLayers && <Layers hidden={hidden} />}
      {hasResults && <Results hidden={hidden} />}
    </main>
  );
}

/** Tells which of diagram, masks, gradients and histograms stand, where there is room for so many of them. */
function shownLayers(hidden: readonly ControlName[], showGradients: boolean, room: number): readonly boolean[] {
  const hasMasks = !hidden.includes('masks');
  const wanted = [!hidden.includes('diagram'), hasMasks, hasMasks && showGradients, !hidden.includes('activations')];
  return wanted.map((isWanted, index) => isWanted && wanted.slice(0, index).filter(Boolean).length < room);
}

/** Beside a second lab there is half the width and less height: these may be lower. */
const LEAST_OF_PAIR = [56, 30, 48];

interface LayersProps extends ShownProps {
  /** A second lab stands beside this one, with room for two of the pictures: the first two that are not left out. */
  readonly isPaired?: boolean;
}

export function Layers({ hidden, isPaired = false }: LayersProps) {
  const stage = useRef<HTMLDivElement>(null);
  const [content, width] = useWidth<HTMLDivElement>();
  const layers = useLayers(Math.max(width, 1));
  const batchSize = useLabState((state) => state.settings.batchSize);
  const showGradients = useLabState((state) => state.view.showGradients);
  const rows = Math.min(batchSize, MAX_ROWS);
  const [hasDiagram, hasMasks, hasGradients, hasActivations] = shownLayers(hidden, showGradients, isPaired ? 2 : 3);
  const numGrids = Number(hasMasks) + Number(hasGradients);
  const parts = useMemo(
    () => ({
      weights: [hasDiagram ? 42 : 0, 30 * numGrids, hasActivations ? 28 : 0],
      least: isPaired ? LEAST_OF_PAIR : [100, Math.min(maskHeight(rows, LEAST_CELL), LEAST_MASKS) * numGrids, 56],
    }),
    [hasDiagram, numGrids, hasActivations, isPaired, rows],
  );
  const [network = 0, masks = 0, histogram = 0] = useFit({ stage, content, pictures: 'canvas' }, parts);
  // A line that came and went with the pointer would make the figures jump: it is there once a unit is chosen.
  const isFocused = usePointingState().focus?.unit != null;
  const around = maskHeight(rows, 0);
  const cellHeight = (masks / Math.max(numGrids, 1) - around) / rows;
  return (
    <div ref={stage} className="present-layers">
      <div ref={content} className={`layer-figures ${layers.columns.gutter === 0 ? 'is-narrow' : ''}`}>
        {width > 0 && (
          <>
            {hasDiagram && <NetworkFigure layers={layers} height={network} />}
            {isFocused && !hidden.includes('equation') && <EquationLine />}
            {hasMasks && <MaskFigure layers={layers} kind="masks" cellHeight={cellHeight} />}
            {hasGradients && <MaskFigure layers={layers} kind="gradients" cellHeight={cellHeight} />}
            {hasActivations && <ActivationFigure layers={layers} height={histogram} />}
          </>
        )}
      </div>
    </div>
  );
}

/** The picture of what the network believes is as wide as it is high, so its column is as wide as the height allows. */
const BELIEF = { weights: [1], least: [112], most: 352 };
const NO_BELIEF = { weights: [0], least: [0] };

function Results({ hidden }: ShownProps) {
  const stage = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const dataset = useLabState((state) => state.settings.dataset);
  const isSquare = !hidden.includes('belief') && datasetShape(dataset).loss === 'binary';
  const [side = 0] = useFit({ stage, content, pictures: '.figure-belief canvas' }, isSquare ? BELIEF : NO_BELIEF);
  return (
    <div ref={stage} className="present-results">
      <div ref={content} className="results" style={isSquare ? ({ '--side': `${side}px` } as CSSProperties) : undefined}>
        <ShownResults hidden={hidden} />
      </div>
    </div>
  );
}

/** The results side by side, below the layers: what the network believes as high as the chart of the loss beside it, as far as it can be. */
export function RowOfResults({ hidden }: ShownProps) {
  const dataset = useLabState((state) => state.settings.dataset);
  const hasPicture = !hidden.includes('belief');
  return (
    <div className="present-results">
      <div className="results" data-picture={hasPicture ? datasetShape(dataset).loss : undefined}>
        <ShownResults hidden={hidden} />
      </div>
    </div>
  );
}

function ShownResults({ hidden }: ShownProps) {
  const [hasBelief, hasLoss] = [!hidden.includes('belief'), !hidden.includes('loss')];
  return (
    <>
      {hasBelief && <BeliefFigure ownClass={1} canPlacePoints={false} />}
      {hasLoss && <LossFigure />}
      {!hidden.includes('story') && !(hasBelief && hasLoss) && <Story />}
    </>
  );
}
