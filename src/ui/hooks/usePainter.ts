/**
 * Subscribes a painter to the frames of the lab. Frames never render React: the effect draws to the canvas in the shared animation frame.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Channel } from '../../bridge';
import type { Frame } from '../../protocol/frame';
import { type Context, fitCanvas } from '../../viz';
import type { Size } from '../../viz/view';
import { useLab } from './labContext';
import { zoomOf } from './zoomOf';

/** Draws one frame; `context` is scaled to CSS pixels. */
export type Paint = (context: Context, frame: Frame) => void;

/** Paints `canvas` with each new frame, and again after each render of the component that calls this. */
export function usePainter(canvas: RefObject<HTMLCanvasElement | null>, channel: Channel, size: Size, paint: Paint): void {
  const { frames } = useLab();
  const latest = useRef({ size, paint });
  useLayoutEffect(() => {
    latest.current = { size, paint };
    frames.invalidate(channel);
  });
  useEffect(
    () =>
      frames.subscribe(channel, (frame) => {
        if (!canvas.current) return;
        latest.current.paint(fitCanvas(canvas.current, latest.current.size, devicePixelRatio * zoomOf(canvas.current)), frame);
      }),
    [frames, channel, canvas],
  );
}
