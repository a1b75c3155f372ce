/** Masks of a `[batch, time, features]` tensor under six ways to share a draw, for export. */
import { MASK_SHAPES, type MaskShape } from '../../../protocol/studyResults';
import { exactly, maskOf, nearly, OF_ORDER } from '../checks';
import type { StudyScript } from '../frame';

const NAMES: { readonly [Shape in MaskShape]: string } = {
  full: 'full',
  batchShared: 'batch_shared',
  timeShared: 'time_shared',
  featureShared: 'feature_shared',
  perFeature: 'per_feature',
  perExample: 'per_example',
};

const CODE = `SHAPES = dict(  # 1: one draw for all along that dimension
    full=(BATCH, TIME, FEATURES),
    batch_shared=(1, TIME, FEATURES),
    time_shared=(BATCH, 1, FEATURES),  # Keras SpatialDropout1D; variational dropout
    feature_shared=(BATCH, TIME, 1),  # whole time steps, as in word dropout
    per_feature=(1, 1, FEATURES),
    per_example=(BATCH, 1, 1),  # DropPath
)


def study(seed, p):
    """Draw a mask of each shape; return it, how much it keeps, and how far that strays by theory."""
    numbers = {}
    for number, (name, shape) in enumerate(SHAPES.items()):
        drawn = draw_mask(fold_in(stream_key(seed, "passes"), number), p, shape)
        mask = jnp.broadcast_to(drawn, (BATCH, TIME, FEATURES))
        numbers |= {
            f"{name}_mask": mask.astype(jnp.uint8),
            f"{name}_kept": mask.sum(),
            f"{name}_share": mask.mean(dtype=jnp.float64),
            f"{name}_sd": jnp.sqrt(p * (1 - p) / math.prod(shape)),
        }
    return numbers`;

export const maskShapesScript: StudyScript<'maskShapes', 'p'> = {
  title: 'masks of one tensor, under six ways to share a draw',
  axis: 'p',
  axisWords: 'drop probabilities',
  words: { batch: 'examples', time: 'steps of time', features: 'features of each step' },
  prose:
    'A dimension of 1 in the noise shape is a stripe in the mask. In the table, the standard deviation over the seeds is to be held against ' +
    'the one that theory gives, in the numbers named sd: the fewer draws decide a mask, the wider its kept share strays.',
  code: () => CODE,
  checks: (_, { shapes }) =>
    MASK_SHAPES.flatMap((shape) => {
      const { mask, keptShare, keptShareSd } = shapes[shape];
      return [
        maskOf(`${NAMES[shape]}_mask`, mask),
        exactly(`${NAMES[shape]}_kept`, Math.round(keptShare * mask.length)),
        nearly(`${NAMES[shape]}_share`, keptShare, 1, OF_ORDER),
        nearly(`${NAMES[shape]}_sd`, keptShareSd, 1, OF_ORDER),
      ];
    }),
  tolerance: 'Shares differ by the last place of float64 at most.',
  columns: ['full_share', 'time_shared_share', 'per_feature_share', 'per_example_share'],
};
