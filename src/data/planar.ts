/**
 * The five sets of points in the plane, two classes each. Without noise they lie within about [−1.6, 1.6]², so that the decision
 * surface shows all of them with a margin.
 */
import { exactCos, exactLog, exactSin } from '../math/exactMath';
import { normal, uniform } from '../math/threefry';
import type { ExampleKeys } from './streams';

export const PLANAR_NAMES = ['moons', 'circles', 'xor', 'spiral', 'gaussians'] as const;
type PlanarName = (typeof PLANAR_NAMES)[number];

type Place = readonly [x: number, y: number];

/** Where a point of a class lies before noise, for u and v uniform in [0, 1). */
type Outline = (label: 0 | 1, u: number, v: number) => Place;

/** Turns a point by half a turn about the origin for class 1, so that the classes mirror each other. */
const mirrored = (label: 0 | 1, [x, y]: Place): Place => (label ? [-x, -y] : [x, y]);

const OUTLINES: { readonly [Name in PlanarName]: Outline } = {
  /** Two half circles of radius 1, each reaching into the other. */
  moons: (label, u) => mirrored(label, [exactCos(Math.PI * u) - 0.5, exactSin(Math.PI * u) - 0.25]),

  /** A ring of radius 1.4 around one of radius 0.6. */
  circles: (label, u) => {
    const radius = label ? 0.6 : 1.4;
    return [radius * exactCos(2 * Math.PI * u), radius * exactSin(2 * Math.PI * u)];
  },

  /** Four squares in a chessboard with a gap of 0.3 between them; class 0 where x and y have the same sign. */
  xor: (label, u, v) => {
    const side = u < 0.5 ? -1 : 1;
    const across = 2 * u - (u < 0.5 ? 0 : 1);
    return [side * (0.15 + 1.35 * across), side * (label ? -1 : 1) * (0.15 + 1.35 * v)];
  },

  /** Two arms of 1.5 turns, thin at the centre; the root makes the points equally dense along an arm. */
  spiral: (label, u) => {
    const along = Math.sqrt(0.02 + 0.98 * u);
    const angle = 3 * Math.PI * along;
    return mirrored(label, [1.5 * along * exactCos(angle), 1.5 * along * exactSin(angle)]);
  },

  /** Two round clouds at (0.8, 0.8) and (−0.8, −0.8), of standard deviation 0.25 (Box and Muller's transform). */
  gaussians: (label, u, v) => {
    const radius = 0.25 * Math.sqrt(-2 * exactLog(1 - u));
    return mirrored(label, [0.8 + radius * exactCos(2 * Math.PI * v), 0.8 + radius * exactSin(2 * Math.PI * v)]);
  },
};

/**
 * Draws `size` points of a set, `place = outline + noise · N(0, 1)`. Classes take turns, so their counts differ by one at most.
 *
 * Shape: inputs `[size, 2]`, targets `[size]`. Range: noise ≥ 0, the standard deviation per coordinate. Determinism: point i depends
 * on the keys, i and the noise alone.
 */
export function drawPlanar(
  name: PlanarName,
  keys: ExampleKeys,
  size: number,
  noise: number,
): { inputs: Float32Array; targets: Float32Array } {
  const inputs = new Float32Array(size * 2);
  const targets = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const label = (i % 2) as 0 | 1;
    const [x, y] = OUTLINES[name](label, uniform(keys.shape, 2 * i), uniform(keys.shape, 2 * i + 1));
    inputs[2 * i] = x + noise * normal(keys.noise, 2 * i);
    inputs[2 * i + 1] = y + noise * normal(keys.noise, 2 * i + 1);
    targets[i] = label;
  }
  return { inputs, targets };
}
