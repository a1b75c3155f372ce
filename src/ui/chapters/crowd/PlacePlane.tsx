/** The plane as the eval pass judges it, with the place that the crowd is asked about. It can be dragged; sliders beside it do the same. */
import type { PointerEvent } from 'react';
import { STUDIES } from '../../../protocol/studyParams';
import { FieldPlate } from '../charts/FieldPlate';
import type { Crowd, Place } from './useCrowd';

const { min: MIN = 0, max: MAX = 0 } = STUDIES.subnetworks.params.x as { readonly min?: number; readonly max?: number };
const SPAN = MAX - MIN;
/** Places are asked for to two decimals. */
const GRID = 100;

interface PlacePlaneProps {
  readonly crowd: Crowd;
  readonly place: Place;
  readonly onMove: (place: Place) => void;
}

/** Returns the place under a point given as shares of the plane, from its left and its top. */
export function placeAt(shareX: number, shareY: number): Place {
  const held = (share: number) => Math.min(Math.max(share, 0), 1);
  const round = (value: number) => Math.round(value * GRID) / GRID;
  return { x: round(MIN + SPAN * held(shareX)), y: round(MAX - SPAN * held(shareY)) };
}

/** Marks the place on a surface of `side` cells. */
export function PlaceMark({ place, side, size }: { readonly place: Place; readonly side: number; readonly size: number }) {
  const [x, y] = [((place.x - MIN) / SPAN) * side, ((MAX - place.y) / SPAN) * side];
  return (
    <g className="place-mark">
      <circle cx={x} cy={y} r={size} />
      <path d={`M${x - 2 * size} ${y}h${size}m${2 * size} 0h${size}M${x} ${y - 2 * size}v${size}m0 ${2 * size}v${size}`} />
    </g>
  );
}

export function PlacePlane({ crowd, place, onMove }: PlacePlaneProps) {
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onMove(placeAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    move(event);
  };
  return (
    <div
      className="place-plane"
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event);
      }}
    >
      <FieldPlate values={crowd.scaledSurface} side={crowd.side}>
        <PlaceMark place={place} side={crowd.side} size={0.55} />
      </FieldPlate>
    </div>
  );
}
