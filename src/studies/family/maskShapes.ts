/**
 * One tensor `[batch, time, features]`, six ways to share a draw: a dimension of 1 in the noise shape is a stripe in the mask.
 *
 * The share that is kept is as before on average, but strays the further the fewer draws decide it.
 */
import { bernoulli, foldIn } from '../../math/threefry';
import type { MaskShapesParams } from '../../protocol/studyParams';
import { MASK_SHAPES, type MaskShape, type MaskShapesResult, type ShapedMask } from '../../protocol/studyResults';
import { streamKey } from '../keys';
import { instantStudy } from '../study';

/** 1: own draws along this dimension (batch, time, features); 0: shared. */
const OWN: { readonly [Shape in MaskShape]: readonly [number, number, number] } = {
  full: [1, 1, 1],
  batchShared: [0, 1, 1],
  timeShared: [1, 0, 1], // Keras SpatialDropout1D, noise_shape (B, 1, F); variational dropout
  featureShared: [1, 1, 0], // whole time steps, as in word dropout
  perFeature: [0, 0, 1],
  perExample: [1, 0, 0], // DropPath
};

function drawShape(shape: MaskShape, { batch, time, features, p, seed }: MaskShapesParams): ShapedMask {
  const own = OWN[shape];
  const noiseShape = [own[0] ? batch : 1, own[1] ? time : 1, own[2] ? features : 1] as const;
  const draws = noiseShape[0] * noiseShape[1] * noiseShape[2];
  const key = foldIn(streamKey(seed, 'passes'), MASK_SHAPES.indexOf(shape));
  const drawn = Uint8Array.from({ length: draws }, (_, index) => (p === 0 ? 1 : bernoulli(key, 1 - p, index)));
  const mask = Uint8Array.from({ length: batch * time * features }, (_, cell) => {
    const at = [Math.floor(cell / (time * features)), Math.floor(cell / features) % time, cell % features] as const;
    const [b, t, f] = [at[0] * own[0], at[1] * own[1], at[2] * own[2]];
    return drawn[(b * noiseShape[1] + t) * noiseShape[2] + f] as number;
  });
  return {
    noiseShape,
    mask,
    draws,
    keptShare: mask.reduce((sum, kept) => sum + kept, 0) / mask.length,
    keptShareSd: Math.sqrt((p * (1 - p)) / draws),
  };
}

function compute(params: MaskShapesParams): MaskShapesResult {
  return { shapes: Object.fromEntries(MASK_SHAPES.map((shape) => [shape, drawShape(shape, params)])) as MaskShapesResult['shapes'] };
}

export const maskShapesStudy = instantStudy('maskShapes', compute);
