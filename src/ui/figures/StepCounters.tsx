/** Step and epoch of the pictures: written with each painted frame, past React, so that they never lag behind the chart beside them. */
import { useLayoutEffect, useRef } from 'react';
import { type Frame, readHeader } from '../../protocol/frame';
import { useData, useLab, useSettings } from '../hooks/labContext';
import { stepsPerEpoch } from '../hooks/transport';
import { grouped } from '../words/format';

/** Two groups of a definition list. */
export function StepCounters() {
  const { frames } = useLab();
  const { batchSize, trainSize, points } = useSettings();
  const data = useData();
  const step = useRef<HTMLElement>(null);
  const epoch = useRef<HTMLElement>(null);
  const perEpoch = stepsPerEpoch(data?.trainTargets.length ?? trainSize + points.length, batchSize);
  useLayoutEffect(() => {
    const write = (frame: Frame | null) => {
      const count = frame ? readHeader(frame, 'step') : 0;
      if (step.current) step.current.textContent = grouped(count);
      if (epoch.current) epoch.current.textContent = grouped(Math.floor(count / perEpoch));
    };
    write(frames.latest);
    // With the chart, whose axis ends at this step.
    return frames.subscribe('curve', write);
  }, [frames, perEpoch]);
  return (
    <>
      <div>
        <dt>step</dt>
        <dd ref={step} />
      </div>
      <div>
        <dt>epoch</dt>
        <dd ref={epoch} />
      </div>
    </>
  );
}
