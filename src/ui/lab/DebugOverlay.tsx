/** What `?debug` lays over the page: how fast it trains and paints, and whether the masks keep what p promises. Loaded on demand. */

import { layerName } from '../../viz';
import { useLab, useNumbers } from '../hooks/labContext';
import { keptBand } from '../words/captions';
import { fixed, grouped } from '../words/format';
import type { CommitCounter } from './commitCounter';

interface DebugOverlayProps {
  readonly commits: CommitCounter;
}

export default function DebugOverlay({ commits }: DebugOverlayProps) {
  const { frames } = useLab();
  const numbers = useNumbers();
  if (!numbers) return null;
  const { header, layers } = numbers;
  const rows: readonly (readonly [string, string])[] = [
    ['steps/s', grouped(header.stepsPerSecond)],
    ['frames painted', grouped(frames.numPainted)],
    ['frames skipped', `${grouped(frames.numSkipped)} here, ${grouped(header.skippedFrames)} in the worker`],
    ['slice', `${fixed(header.sliceMs, 1)} ms`],
    ['React commits', import.meta.env.DEV ? grouped(commits.read()) : 'counted in development only'],
    ...layers
      .map((layer, index) => ({ layer, index }))
      .filter(({ layer }) => layer.drawn > 0)
      .map(({ layer, index }): readonly [string, string] => {
        const { low, high } = keptBand(layer);
        const dropped = 1 - layer.kept / layer.drawn;
        const isInside = 1 - dropped >= low && 1 - dropped <= high;
        const band = `${fixed(1 - high, 3)} to ${fixed(1 - low, 3)}`;
        return [
          `${layerName(index, layers.length)} dropped`,
          `${fixed(dropped, 3)}, p ${fixed(layer.p, 3)}, 3σ ${band}: ${isInside ? 'inside' : 'outside'}`,
        ];
      }),
  ];
  return (
    <aside className="debug" aria-label="Debug">
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
