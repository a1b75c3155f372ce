/** The strip of slow motion: where in the step we are, what happens there in numbers, and the buttons to walk. Loaded on demand. */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { Frame } from '../../protocol/frame';
import { STAGES, type Stage, type StageName } from '../../viz';
import { Button } from '../controls/Button';
import { Say } from '../figures/Say';
import { useNumbers, useReadout, useSettings } from '../hooks/labContext';
import { type GradientNumbers, STAGE_NAMES, stageCaption } from '../words/slowMotion';
import { useSlowMotion } from './useSlowMotion';

interface SlowMotionStripProps {
  readonly show: (stage: Stage | null) => void;
  readonly onStage: (name: StageName | null) => void;
  readonly onClose: () => void;
}

/** Reads from a frame what the words of the backward pass need. */
export function readGradients(frame: Frame): GradientNumbers {
  let largestWeightGradient = 0;
  for (const link of frame.links)
    for (const gradient of link.gradients) largestWeightGradient = Math.max(largestWeightGradient, Math.abs(gradient));
  let blockedCells = 0;
  let hiddenCells = 0;
  for (const layer of frame.layers.slice(1, -1)) {
    hiddenCells += layer.mask.length;
    for (const bit of layer.mask) blockedCells += 1 - bit;
  }
  return { largestWeightGradient, blockedCells, hiddenCells };
}

/** Gives the focus back to what opened the strip when it goes while it holds the focus. */
function useReturnedFocus() {
  const strip = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = strip.current;
    const opener = document.activeElement;
    return () => {
      if (element?.contains(document.activeElement) && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return strip;
}

export default function SlowMotionStrip({ show, onStage, onClose }: SlowMotionStripProps) {
  const settings = useSettings();
  const numbers = useNumbers();
  const frame = useReadout();
  const walk = useSlowMotion(show);
  const gradients = useMemo(() => frame && readGradients(frame), [frame]);
  const { stageName } = walk;
  const strip = useReturnedFocus();
  // The step is trained, or the run plays: there is nothing left to walk through.
  useEffect(() => {
    if (stageName === null) onClose();
  }, [stageName, onClose]);
  useEffect(() => {
    onStage(stageName);
    return () => onStage(null);
  }, [stageName, onStage]);

  return (
    <section ref={strip} className="slow-motion" aria-label="Slow motion">
      <ol className="stages">
        {STAGES.map((name) => (
          <li key={name} aria-current={name === stageName ? 'step' : undefined}>
            {STAGE_NAMES[name]}
          </li>
        ))}
      </ol>
      <p className="stage-caption" role="status">
        {stageName && numbers && gradients && <Say phrase={stageCaption(stageName, settings, numbers, gradients)} />}
      </p>
      <div className="stage-buttons">
        {!walk.isManual && <Button onClick={walk.togglePause}>{walk.isPaused ? 'Go on' : 'Hold'}</Button>}
        <Button onClick={walk.next}>{walk.isManual ? 'Next stage' : 'Next'}</Button>
        <Button onClick={walk.skip}>Skip</Button>
        <Button kind="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
    </section>
  );
}
