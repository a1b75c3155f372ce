/** Six ways to share a draw in a [batch, time, features] tensor: what is shared is a stripe. */
import './family.css';
import { useState } from 'react';
import { defaultParams } from '../../../protocol/studyParams';
import { MASK_SHAPES, type MaskShape, type MaskShapesResult } from '../../../protocol/studyResults';
import { SeedField } from '../../controls/SeedField';
import { bothWays } from '../../words/convention';
import { counted, fixed, percent, sentence } from '../../words/format';
import { MaskPlate } from '../charts/MaskPlate';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { ProbabilityKnob } from '../shell/Knob';
import { useStudy } from '../shell/useStudy';
import { Gate } from './Gate';

const FIRST = defaultParams('maskShapes');
const AXES = ['B', 'T', 'F'] as const;

const KINDS: Readonly<Record<MaskShape, { readonly title: string; readonly where: string }>> = {
  full: { title: 'a draw for every cell', where: 'Dropout' },
  batchShared: { title: 'shared by the batch', where: 'a noise_shape without the batch: mostly a mistake' },
  timeShared: { title: 'shared over time', where: 'SpatialDropout1D; variational RNNs' },
  featureShared: { title: 'shared by the features', where: 'whole time steps go' },
  perFeature: { title: 'one draw a feature', where: 'broadcast over batch and time' },
  perExample: { title: 'one draw an example', where: 'DropPath, stochastic depth' },
};

/** Writes the noise shape: "(B, 1, F)". */
export function shapeText(noiseShape: readonly number[], sizes: readonly number[]): string {
  return `(${noiseShape.map((size, axis) => (size === sizes[axis] ? AXES[axis] : '1')).join(', ')})`;
}

function shapesTable(result: MaskShapesResult | null): NumberTable {
  return {
    caption: `A tensor of ${FIRST.batch} examples, ${FIRST.time} times and ${FIRST.features} features`,
    headers: ['mask', 'noise shape', 'draws', 'kept', 'standard deviation of that share'],
    rows: result
      ? MASK_SHAPES.map((name) => {
          const { noiseShape, draws, keptShare, keptShareSd } = result.shapes[name];
          return [
            KINDS[name].title,
            shapeText(noiseShape, [FIRST.batch, FIRST.time, FIRST.features]),
            String(draws),
            percent(keptShare),
            fixed(keptShareSd, 3),
          ];
        })
      : [],
  };
}

function ShapeCard({ name, p, result }: { readonly name: MaskShape; readonly p: number; readonly result: MaskShapesResult }) {
  const { mask, noiseShape, draws, keptShare, keptShareSd } = result.shapes[name];
  const { batch, time, features } = FIRST;
  const size = time * features;
  const { title, where } = KINDS[name];
  return (
    <div className="shape-card">
      <h4 className="family-title">
        {title} <code>{shapeText(noiseShape, [batch, time, features])}</code>
      </h4>
      <div className="shape-plates">
        {Array.from({ length: batch }, (_, example) => (
          <MaskPlate
            // biome-ignore lint/suspicious/noArrayIndexKey: examples have no identity but their place
            key={example}
            mask={mask.subarray(example * size, (example + 1) * size)}
            rows={time}
            columns={features}
          />
        ))}
      </div>
      <p className="family-note">
        {sentence(where)}. {counted(draws, 'draw')}; {percent(keptShare)} kept, expected {percent(1 - p)} ± {percent(keptShareSd)}.
      </p>
    </div>
  );
}

export default function ShapesFigure() {
  const { convention } = useHost();
  const [p, setP] = useState(FIRST.p);
  const [seed, setSeed] = useState(FIRST.seed);
  const view = useStudy('maskShapes', { p, seed });
  return (
    <FigureBox
      title="What shares a draw becomes a stripe"
      study={view}
      summary={`Six masks at ${bothWays(convention, p)}: the fewer draws, the more the kept share strays.`}
      table={shapesTable(view.result)}
      controls={
        <>
          <ProbabilityKnob p={p} onChange={setP} />
          <span className="family-seed">
            <span className="small-label">seed</span> <SeedField label="seed of the masks" value={seed} onChange={setSeed} />
          </span>
        </>
      }
      caption={`Each card: ${FIRST.batch} examples side by side, time downwards, features across. A 1 in the noise shape (B, T, F) means one draw for that whole axis. The mean is the same in all six; the fewer draws, the wider it strays.`}
    >
      <Gate view={view} what="drawing masks">
        {(result) => (
          <div className="shapes">
            {MASK_SHAPES.map((name) => (
              <ShapeCard key={name} name={name} p={p} result={result} />
            ))}
          </div>
        )}
      </Gate>
    </FigureBox>
  );
}
