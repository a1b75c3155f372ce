/**
 * Drawn digits: 8 × 8 pictures of 0 to 9, made of pen strokes that are shifted, scaled, slanted and thickened a little, no two alike.
 * They need no file, and still ask of a network what real digits do.
 */
import { exactCos, exactSin } from '../math/exactMath';
import { normal, uniform } from '../math/threefry';
import { DIGIT_SIDE } from '../protocol/network';
import type { ExampleKeys } from './streams';

type Place = readonly [x: number, y: number];
/** A pen stroke: points joined by straight lines, on a page of 10 × 10 with y downwards. */
type Stroke = readonly Place[];

const PIXELS = DIGIT_SIDE * DIGIT_SIDE;
const NUM_DIGITS = 10;
const JITTERS_PER_DIGIT = 6;

/** Draws part of an ellipse about (x, y), from one angle to another in units of π: −0.5 is its top, 0 its right end, 0.5 its foot. */
function arc(x: number, y: number, width: number, height: number, from: number, to: number): Place[] {
  const numSegments = 14;
  return Array.from({ length: numSegments + 1 }, (_, index) => {
    const angle = Math.PI * (from + ((to - from) * index) / numSegments);
    return [x + width * exactCos(angle), y + height * exactSin(angle)] as const;
  });
}

/** Joins points, given as x, y, x, y, …, by straight lines. */
function line(...coordinates: number[]): Place[] {
  return Array.from(
    { length: coordinates.length / 2 },
    (_, index) => [coordinates[2 * index], coordinates[2 * index + 1]] as [number, number],
  );
}

const DIGITS: readonly (readonly Stroke[])[] = [
  [arc(5, 5, 3, 4, 0, 2)],
  [line(3, 3, 5.2, 1, 5.2, 9)],
  [[...arc(5, 3.4, 2.9, 2.4, -0.95, 0.2), ...line(2.2, 9, 8, 9)]],
  [arc(4.6, 3, 2.8, 2, -0.85, 0.5), arc(4.6, 7, 3.2, 2, -0.5, 0.85)],
  [line(6.2, 9, 6.2, 1, 2, 6.2, 8.2, 6.2)],
  [[...line(7.6, 1, 3, 1, 2.7, 4.9), ...arc(4.8, 6.4, 2.9, 2.6, -0.6, 0.8)]],
  [line(6.8, 1, 4.2, 3, 2.5, 6.4), arc(5, 6.6, 2.6, 2.4, 0, 2)],
  [line(2.2, 1, 7.8, 1, 4.2, 9)],
  [arc(5, 3, 2.3, 2, 0, 2), arc(5, 7, 2.8, 2, 0, 2)],
  [arc(5, 3.4, 2.6, 2.4, 0, 2), line(7.6, 3.4, 7.2, 6.4, 5.4, 9)],
];

/** How one example differs from the template. */
interface Jitter {
  readonly shiftX: number; // in units of the page
  readonly shiftY: number;
  readonly widen: number; // factors
  readonly heighten: number;
  readonly slant: number; // x per y
  readonly penRadius: number; // in units of the page
}

function drawJitter(keys: ExampleKeys, exampleIndex: number): Jitter {
  const between = (low: number, high: number, which: number) =>
    low + (high - low) * uniform(keys.shape, exampleIndex * JITTERS_PER_DIGIT + which);
  return {
    shiftX: between(-0.8, 0.8, 0),
    shiftY: between(-0.6, 0.6, 1),
    widen: between(0.8, 1.1, 2),
    heighten: between(0.85, 1.05, 3),
    slant: between(-0.2, 0.25, 4),
    penRadius: between(0.35, 0.7, 5),
  };
}

/** Moves a point of the template to where this example has it. */
function move([x, y]: Place, jitter: Jitter): Place {
  const right = (x - 5) * jitter.widen;
  const down = (y - 5) * jitter.heighten;
  return [5 + right - jitter.slant * down + jitter.shiftX, 5 + down + jitter.shiftY];
}

/** Returns the distance from a place to the line between two others. */
function distanceToLine([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
  const dx = bx - ax;
  const dy = by - ay;
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  const offX = x - ax - along * dx;
  const offY = y - ay - along * dy;
  return Math.sqrt(offX * offX + offY * offY);
}

/** Inks one picture into `[DIGIT_SIDE²]` pixels: 1 under the pen, falling to 0 over the width of a pixel. */
function ink(strokes: readonly Stroke[], jitter: Jitter, pixels: Float64Array): void {
  const pixelSize = 10 / DIGIT_SIDE;
  const moved = strokes.map((stroke) => stroke.map((place) => move(place, jitter)));
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const centre: Place = [((pixel % DIGIT_SIDE) + 0.5) * pixelSize, (Math.floor(pixel / DIGIT_SIDE) + 0.5) * pixelSize];
    let nearest = Infinity;
    for (const stroke of moved) {
      for (let end = 1; end < stroke.length; end++) {
        nearest = Math.min(nearest, distanceToLine(centre, stroke[end - 1] as Place, stroke[end] as Place));
      }
    }
    pixels[pixel] = Math.min(1, Math.max(0, 1 - (nearest - jitter.penRadius) / pixelSize));
  }
}

/**
 * Draws `size` digits, `pixel = clamp(ink + noise · N(0, 1), 0, 1)`. Classes take turns, so their counts differ by one at most.
 *
 * Shape: inputs `[size, 64]` in [0, 1], top row first; targets `[size]`, the digit. Range: noise ≥ 0, standard deviation per pixel.
 * Determinism: digit i depends on the keys, i and the noise alone.
 */
export function drawDigits(keys: ExampleKeys, size: number, noise: number): { inputs: Float32Array; targets: Float32Array } {
  const inputs = new Float32Array(size * PIXELS);
  const targets = new Float32Array(size);
  const picture = new Float64Array(PIXELS);
  for (let i = 0; i < size; i++) {
    const digit = i % NUM_DIGITS;
    ink(DIGITS[digit] as readonly Stroke[], drawJitter(keys, i), picture);
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const grain = noise === 0 ? 0 : noise * normal(keys.noise, i * PIXELS + pixel);
      inputs[i * PIXELS + pixel] = Math.min(1, Math.max(0, (picture[pixel] as number) + grain));
    }
    targets[i] = digit;
  }
  return { inputs, targets };
}
