/** Python of a training and of all that its figures show, as numbers: for the two studies that set two trainings side by side. */
import type { TracedTraining } from '../../../protocol/studyResults';
import { type Check, exactly } from '../checks';
import { isCompared, part, trained } from './network';
import { curveChecks } from './training';

/** `trace(seed, p, technique, prepared)`; it reads the constants of the training, and numbers the same things the same way as the page. */
const TRACE = `MASK_STEPS, MASK_ROWS = 12, 24  # consecutive steps in the middle of the run whose masks are looked at, and rows of each
PASSES = 24  # fresh masks that layer means are averaged over


def means_of(arrays):
    """Return the mean of each array."""
    return jnp.stack([a.mean(dtype=jnp.float64) for a in arrays])


def layer_means(technique, params, x, p, seed, step):
    """Return mean outputs of each hidden layer for the training set x in train and in eval, and the share that eval keeps."""
    key, draws = stream_key(seed, "passes"), technique.train_draws(jnp.maximum(step - 1, 0))

    def one_pass(number):
        in_train = run_masked(technique, params, x, p, lambda layer: draws, key, number)
        in_eval = run_eval(technique, params, x, p, seed, step, MEANS + number)
        return means_of(in_train[1][1:]), means_of(in_eval[1][1:]), means_of(in_eval[2])

    return [means.mean(0) for means in jax.vmap(one_pass)(jnp.arange(PASSES))]


def distinct_rows(mask):
    """Count the different rows of a mask: each is a number in binary, and neighbours in sorted order are compared."""
    numbers = jnp.sort(jnp.sum(mask.astype(jnp.uint64) << jnp.arange(mask.shape[1], dtype=jnp.uint64), axis=1))
    return 1 + jnp.sum(numbers[1:] != numbers[:-1])


def middle_masks(technique, p, seed):
    """Return the masks of the first hidden layer in consecutive steps from the middle of the run."""

    def mask_of(step):
        shape = min(BATCH_SIZE, MASK_ROWS), HIDDEN[0]
        mask = draw_layer_mask(technique, jax.random.key(seed), step, 1, shape, p)
        return mask | jnp.logical_not(technique.train_draws(step)) | (p == 0)

    return jax.vmap(mask_of)(STEPS // 2 + jnp.arange(MASK_STEPS))


def trace(seed, p, technique, prepared):
    """Train, and return what tells a right technique from a wrong one; lists by layer begin with the first hidden one."""

    def take(notes, step, masks, present, gradient):
        """Count kept cells in the last quarter, and in step 0 dropped cells of the last hidden layer that have a gradient."""
        is_late, is_first = step + 1 > 0.75 * STEPS, step == 0
        kept = jnp.stack([jnp.sum(mask & present[:, None]) for mask in masks])
        dropped = jnp.logical_not(masks[-1]) & present[:, None]
        leaking = dropped & (gradient != 0)
        return dict(
            kept=notes["kept"] + is_late * kept,
            drawn=notes["drawn"] + is_late * present.sum() * np.array(HIDDEN),
            dropped=notes["dropped"] + is_first * dropped.sum(),
            leaking=notes["leaking"] + is_first * leaking.sum(),
        )

    train_x, _, test_x, _ = prepared[0]
    zeros = jnp.zeros(len(HIDDEN), int)
    notes = dict(kept=zeros, drawn=zeros, dropped=0, leaking=0)
    end, curves = train(seed, p, technique, prepared, notes, take, lambda notes: {})
    params, notes = end["params"], end["notes"]
    train_mean, eval_mean, eval_kept = layer_means(technique, params, train_x, p, seed, end["step"])
    masks = middle_masks(technique, p, seed)

    def predict(call):
        z = run_eval(technique, params, test_x, p, seed, end["step"], call)[0][-1]
        return jnp.exp(log_probabilities(z)[:, 1])

    once, again = jax.vmap(predict)(REPEATS + jnp.arange(2))
    moved = [moved for moved, _ in end["has_moved"]]  # of the weights; biases do not count
    return dict(
        train_accuracy=end["accuracy"][0],
        test_accuracy=end["accuracy"][1],
        steps=end["step"],  # fewer than STEPS where the loss was not finite
        is_finite=end["is_finite"],
        train_mean=train_mean,
        eval_mean=eval_mean,
        ratio=eval_mean / train_mean,
        kept_share=notes["kept"] / notes["drawn"],
        eval_kept_share=eval_kept,
        distinct_rows=distinct_rows(masks[0]),
        mask_change=jnp.mean(masks[1:] != masks[:-1], dtype=jnp.float64),
        dropped_gradient_share=notes["leaking"] / jnp.maximum(notes["dropped"], 1),
        flicker=jnp.mean(jnp.abs(once - again)),
        still_share=1 - sum(m.sum() for m in moved) / sum(m.size for m in moved),
        **curves,
    )`;

export const TRACE_PART = part('What a training shows', TRACE);

/** Compares what the script calls `<prefix>train_accuracy` and so on with a training of the page. */
export function traceChecks(prefix: string, run: TracedTraining, totalSteps: number): Check[] {
  const curves = curveChecks(prefix, run.curves, totalSteps);
  if (!isCompared(totalSteps)) return curves;
  const byLayer = (key: keyof TracedTraining['layers'][number]) => run.layers.map((layer) => layer[key]);
  return [
    exactly(`${prefix}steps`, run.steps),
    exactly(`${prefix}distinct_rows`, run.distinctRows),
    trained(`${prefix}train_accuracy`, run.trainAccuracy),
    trained(`${prefix}test_accuracy`, run.testAccuracy),
    trained(`${prefix}train_mean`, byLayer('trainMean')),
    trained(`${prefix}eval_mean`, byLayer('evalMean')),
    trained(`${prefix}ratio`, byLayer('ratio')),
    trained(`${prefix}kept_share`, byLayer('keptShare')),
    trained(`${prefix}eval_kept_share`, byLayer('evalKeptShare')),
    trained(`${prefix}mask_change`, run.maskChange),
    trained(`${prefix}dropped_gradient_share`, run.droppedGradientShare),
    trained(`${prefix}flicker`, run.flicker),
    trained(`${prefix}still_share`, run.stillShare),
    ...curves,
  ];
}
