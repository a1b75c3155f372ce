/**
 * How much the projector's screen is magnified: as far as a screen of this many pixels still holds what is made for the smaller one.
 *
 * Magnified and not only in larger type, so that pictures, their labels, targets and gaps grow together.
 */
import { type CSSProperties, useSyncExternalStore } from 'react';

/** The screen that present mode is laid out for, in CSS pixels. */
const BASE = { width: 1120, height: 640 };
const MAX = 4;

function readZoom(): number {
  const zoom = Math.min(innerWidth / BASE.width, innerHeight / BASE.height, MAX);
  return Math.max(Math.round(zoom * 100) / 100, 1);
}

function subscribe(onChange: () => void): () => void {
  addEventListener('resize', onChange);
  return () => removeEventListener('resize', onChange);
}

/**
 * Returns the magnification, and the height of the screen before it. In pixels, for browsers do not agree whether 100dvh grow with the
 * magnification.
 */
export function useMagnification(): CSSProperties {
  const zoom = useSyncExternalStore(subscribe, readZoom);
  const height = useSyncExternalStore(subscribe, () => innerHeight);
  return { '--zoom': zoom, '--screen': `${Math.floor((100 * height) / zoom) / 100}px` } as CSSProperties;
}
