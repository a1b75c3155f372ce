/** A wall of sub-networks: what each alone believes, which units it keeps, and how many different ones the training has used. */
import './crowd.css';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { STUDIES } from '../../../protocol/studyParams';
import type { SubnetworksResult } from '../../../protocol/studyResults';
import { counted, fixed, grouped, percent } from '../../words/format';
import { FieldPlate } from '../charts/FieldPlate';
import { MaskPlate } from '../charts/MaskPlate';
import { Measured } from '../charts/Measured';
import { FigureBox } from '../shell/FigureBox';
import { Knob } from '../shell/Knob';
import { maskBits, trainedText, wallTable } from './crowd';
import { PlaceMark } from './PlacePlane';
import { type Crowd, type CrowdState, useCrowd } from './useCrowd';

const HEIGHT = 112;
const TOP = 18;
const BOTTOM = 20;
const LEFT = 4;
const RIGHT = 4;
const { max: MAX_THUMBNAILS = 96 } = STUDIES.subnetworks.params.thumbnails as { readonly max?: number };
const THUMBNAIL_STEP = 12;

/** Different sub-networks trained, step by step, below the number there are. */
function DistinctCurve({ result, width }: { readonly result: SubnetworksResult; readonly width: number }) {
  const { distinctStep, distinctCurve, totalSteps, numMasks } = result;
  const right = width - RIGHT;
  const x = scaleLinear([0, Math.max(1, totalSteps)], [LEFT, right]);
  const y = scaleLinear([0, numMasks], [HEIGHT - BOTTOM, TOP]);
  const path = line<number>()
    .x((_, index) => x(distinctStep[index] ?? 0))
    .y((count) => y(count))(distinctCurve as number[]);
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <line className="distinct-all" x1={LEFT} x2={right} y1={TOP} y2={TOP} />
      <text x={LEFT} y={TOP - 6}>
        all {grouped(numMasks)}
      </text>
      <path className="chart-line distinct-line" d={path ?? ''} />
      <line className="chart-axis" x1={LEFT} x2={right} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      <text x={LEFT} y={HEIGHT - 5}>
        step 0
      </text>
      <text x={right} y={HEIGHT - 5} textAnchor="end">
        {grouped(totalSteps)}
      </text>
    </svg>
  );
}

function Surfaces({ crowd, state }: { readonly crowd: Crowd; readonly state: CrowdState }) {
  const mark = <PlaceMark place={state.place} side={crowd.side} size={0.55} />;
  const isAll = crowd.meanSurfaceMasks === 2 ** state.settings.units;
  return (
    <div className="wall-means">
      <div>
        <h4 className="crowd-title">mean of {isAll ? 'all' : `these ${crowd.meanSurfaceMasks}`}</h4>
        <FieldPlate values={crowd.meanSurface} side={crowd.side}>
          {mark}
        </FieldPlate>
      </div>
      <div>
        <h4 className="crowd-title">weight scaling</h4>
        <FieldPlate values={crowd.scaledSurface} side={crowd.side}>
          {mark}
        </FieldPlate>
      </div>
    </div>
  );
}

function Thumbnails({ crowd, numMasked }: { readonly crowd: Crowd; readonly numMasked: number }) {
  return (
    <ol className="wall" aria-label="Sub-networks">
      {crowd.thumbnails.map(({ maskId, kept, prediction, probability, surface }) => (
        <li key={maskId} title={`${kept} of ${numMasked} units kept, drawn with a chance of ${percent(probability, 1)}`}>
          <FieldPlate values={surface} side={crowd.side} />
          <MaskPlate mask={maskBits(maskId, numMasked)} rows={1} columns={numMasked} />
          <span className="wall-number">
            {kept} · {fixed(prediction)}
          </span>
        </li>
      ))}
    </ol>
  );
}

export function WallView({ state }: { readonly state: CrowdState }) {
  const { crowd, view, settings, change } = state;
  const { result } = view;
  const numDrawn = crowd?.thumbnails.length ?? 0;
  return (
    <FigureBox
      title="A wall of sub-networks"
      study={view}
      className="has-one-knob"
      summary={result === null ? 'The net is being trained.' : trainedText(result)}
      table={wallTable(result, crowd)}
      controls={
        <Knob
          label="shown"
          value={settings.thumbnails}
          min={THUMBNAIL_STEP}
          max={MAX_THUMBNAILS}
          step={THUMBNAIL_STEP}
          format={String}
          detail={`of ${grouped(2 ** settings.units)}`}
          onChange={(thumbnails) => change({ thumbnails })}
        />
      }
      caption={
        <>
          {counted(numDrawn, 'sub-network')} as masks draw them: what each believes on the plane, the units it keeps and how many, and what
          it says at the place. They share their weights, and each is trained only when its mask comes up.
        </>
      }
    >
      <div className="wall-layout">
        <div>{crowd && result && <Thumbnails crowd={crowd} numMasked={result.numMasked} />}</div>
        <div className="wall-side">
          {result && (
            <div>
              <h4 className="crowd-title">different ones trained so far</h4>
              <p className="distinct-count">
                <b>{grouped(result.distinctTrained)}</b> of {grouped(result.numMasks)}
              </p>
              <Measured maxWidth={360}>{(width) => <DistinctCurve result={result} width={width} />}</Measured>
              <p className="wall-note">
                {grouped(result.maskDraws)} masks drawn, one for each example and step. Independent draws give{' '}
                {fixed(result.expectedDistinct, 1)} different ones on average.
              </p>
            </div>
          )}
          {crowd && <Surfaces crowd={crowd} state={state} />}
        </div>
      </div>
    </FigureBox>
  );
}

export default function WallFigure() {
  return <WallView state={useCrowd()} />;
}
