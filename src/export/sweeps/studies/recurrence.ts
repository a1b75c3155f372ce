/** A recurrence with dropout on input, state and output, for export. */
import { exactly, maskOf, nearly } from '../checks';
import type { StudyScript } from '../frame';
import { GAP, NORMAL_PART, OF_SINGLE, part } from '../parts/network';

const CODE = `def place_masks(key, p, width):
    """Draw the masks of one place, [TIME, BATCH, width]; those that are shared are drawn once and repeated."""
    masks = draw_mask(key, p, (TIME, BATCH, width))
    masks = masks[:1] if VARIATIONAL else masks
    masks = masks[:, :1] if MASK_SCOPE == "batch" else masks
    return jnp.broadcast_to(masks, (TIME, BATCH, width))


def inverted(values, masks, p):
    """Drop what a mask drops, and scale the rest by 1 / (1 - p)."""
    return jnp.where(masks, values / jnp.maximum(1 - p, 1e-300), 0.0)


def distinct_rows(masks):
    """Count the different rows of some masks: each is a number in binary, and neighbours in sorted order are compared."""
    rows = masks.reshape(-1, masks.shape[-1]).astype(jnp.uint64)
    numbers = jnp.sort(jnp.sum(rows << jnp.arange(masks.shape[-1], dtype=jnp.uint64), axis=1))
    return 1 + jnp.sum(numbers[1:] != numbers[:-1])


def study(seed, p):
    """Unroll h(t) = tanh(Wx drop(x(t)) + Wh state(t - 1)), state(t) = drop(h(t)), y(t) = drop(h(t)); p is that of the state."""
    passes, weights = stream_key(seed, "passes"), stream_key(seed, "weights")
    x = rounded_normal(stream_key(seed, "inputs"), (TIME, BATCH, INPUTS))
    from_input = rounded_normal(fold_in(weights, 0), (UNITS, INPUTS)) / math.sqrt(INPUTS)
    from_state = rounded_normal(fold_in(weights, 1), (UNITS, UNITS)) * 0.9 / math.sqrt(UNITS)
    input_mask = place_masks(fold_in(passes, 0), INPUT_P, INPUTS)
    state_mask = place_masks(fold_in(passes, 1), p, UNITS)
    output_mask = place_masks(fold_in(passes, 2), OUTPUT_P, UNITS)

    def step(state, now):
        x, mask = now
        h = jnp.tanh(x @ from_input.T + state @ from_state.T)
        return inverted(h, mask, p), h

    def step_without(state, x):
        h = jnp.tanh(x @ from_input.T + state @ from_state.T)
        return h, h

    start = jnp.zeros((BATCH, UNITS))
    _, hidden = jax.lax.scan(step, start, (inverted(x, input_mask, INPUT_P), state_mask))
    _, plain = jax.lax.scan(step_without, start, x)
    output = inverted(hidden, output_mask, OUTPUT_P)
    survives = jnp.cumprod(state_mask.astype(jnp.float64), axis=0)
    return dict(
        input_mask=input_mask.astype(jnp.uint8),
        state_mask=state_mask.astype(jnp.uint8),
        output_mask=output_mask.astype(jnp.uint8),
        distinct_input_masks=distinct_rows(input_mask),
        distinct_state_masks=distinct_rows(state_mask),
        survivors=survives.mean((1, 2)),  # per time: share of state units that every mask so far has kept
        last_survivors=survives[-1].mean(),
        drift=jnp.sqrt(((hidden - plain) ** 2).mean((1, 2))),  # per time: root mean square of what dropout does to h
        last_drift=jnp.sqrt(((hidden[-1] - plain[-1]) ** 2).mean()),
        last_hidden=hidden[-1],
        last_plain=plain[-1],
        last_output=output[-1],
    )`;

/** The last of `time` equal parts. */
function last(values: Float32Array, time: number): Float32Array {
  return values.slice((values.length / time) * (time - 1));
}

export const recurrenceScript: StudyScript<'recurrence', 'stateP'> = {
  title: 'a recurrence unrolled in time, with dropout on its input, its state and its output',
  axis: 'stateP',
  axisWords: 'drop probabilities of the state',
  words: {
    inputP: 'drop probability of the input',
    outputP: 'drop probability of the output',
    variational: 'one mask for all times instead of a fresh one for each',
    maskScope: '"batch": all examples share a mask; "example": each has its own',
    time: 'steps',
    batch: 'examples',
    inputs: 'numbers in an input',
    units: 'of the state',
  },
  prose:
    "Order and places are those of TensorFlow's wrapper: input, cell, then state and output, each with inverted dropout and a mask of its own; " +
    'the output is taken from before the mask of the state. Any of the three probabilities can be swept: put p in its place.',
  code: () => [NORMAL_PART, part('The recurrence', CODE)].join(GAP),
  checks: ({ time, stateP }, result) => {
    // A value in the state was divided by 1 − p once a step, and tanh keeps it within [−1, 1].
    const scale = 1 / Math.max(1 - stateP, 0.1);
    return [
      maskOf('input_mask', result.inputMask),
      maskOf('state_mask', result.stateMask),
      maskOf('output_mask', result.outputMask),
      exactly('distinct_input_masks', result.distinctInputMasks),
      exactly('distinct_state_masks', result.distinctStateMasks),
      nearly('survivors', result.survivors, 1, 1e-12),
      nearly('drift', result.drift, scale, OF_SINGLE),
      nearly('last_hidden', last(result.hidden, time), scale, OF_SINGLE),
      nearly('last_plain', last(result.plainHidden, time), 1, OF_SINGLE),
      nearly('last_output', last(result.output, time), scale, OF_SINGLE),
    ];
  },
  tolerance: 'The page keeps what the units hold in float32: differences up to 1e-6 are its rounding.',
  columns: ['last_drift', 'last_survivors', 'distinct_input_masks', 'distinct_state_masks'],
};
