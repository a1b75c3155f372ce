/** The same masks before and after the activation, for export. */
import type { PlacementParams } from '../../../protocol/studyParams';
import { JAX_ACTIVATIONS } from '../../python/jax';
import { maskOf, NORMALS, nearly } from '../checks';
import type { StudyScript } from '../frame';

function writeCode({ activation }: PlacementParams): string {
  return `def activate(z):
    """Return the activation of z."""
    return ${JAX_ACTIVATIONS[activation]}


def study(seed, p):
    """Drop before the activation and after it, under the same mask; return both, and how far they part."""
    z = 1.5 * normal(stream_key(seed, "inputs"), (UNITS,))
    kept = draw_mask(stream_key(seed, "passes"), p, (UNITS,))
    drop = lambda values: jnp.where(kept, values / (1 - p), 0.0)
    before, after = activate(drop(z)), drop(activate(z))
    difference = abs(before - after)
    return dict(
        z=z,
        mask=kept.astype(jnp.uint8),
        before=before,
        after=after,
        max_difference=difference.max(),
        dropped_difference=jnp.where(kept, 0.0, difference).max(),
        kept_difference=jnp.where(kept, difference, 0.0).max(),
    )`;
}

export const placementScript: StudyScript<'placement', 'p'> = {
  title: 'dropout before the activation or after it',
  axis: 'p',
  axisWords: 'drop probabilities',
  words: { activation: 'which activate below computes', units: 'units of the layer' },
  prose: 'What is kept is divided by 1 - p. ReLU and a straight line do not mind where that happens; what bends, does.',
  code: writeCode,
  checks: (_, { z, mask, before, after, maxDifference, droppedDifference, keptDifference }, p) => {
    const size = Math.max(...z.map(Math.abs));
    const scale = 2 * (p < 1 ? size / (1 - p) : size);
    return [
      maskOf('mask', mask),
      nearly('z', z, size),
      nearly('before', before, scale),
      nearly('after', after, scale),
      nearly('max_difference', maxDifference, scale),
      nearly('dropped_difference', droppedDifference, scale),
      nearly('kept_difference', keptDifference, scale),
    ];
  },
  tolerance: NORMALS,
  columns: ['max_difference', 'dropped_difference', 'kept_difference'],
};
