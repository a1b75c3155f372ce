/** Every sub-network of a small trained net, for export: numbers only, no pictures. */
import { exactly, nearly } from '../checks';
import type { StudyScript } from '../frame';
import { AFTER_DIFFERENCE, GAP, isCompared, OF_SINGLE, OF_TRAINING, part, trained } from '../parts/network';
import { curveChecks, TRAINING_PARTS, TRAINING_TOLERANCE } from '../parts/training';

const CONSTANTS = `OUTPUTS = 2 if OUTPUT == "softmax" else 1
NUM_MASKED = sum(HIDDEN)  # units that masks may drop
MASKS_AT_ONCE = 1024  # for each p and seed: the fewer, the less memory it takes`;

const CROWD = `def start_net(seed):
    """Draw the initial weights."""
    return create_net(stream_key(seed, "weights"), (2, *HIDDEN, OUTPUTS), ACTIVATION)


def mask_number(kept):
    """Return the number of each mask [..., NUM_MASKED]: bit i says whether unit i is kept."""
    return jnp.sum(kept.astype(jnp.int64) << jnp.arange(NUM_MASKED), axis=-1)


def margins_of(params, p, masks):
    """Return log P(class 1) - log P(class 0) at (X, Y) under each mask [masks, NUM_MASKED]; masks None: of the whole net in eval."""
    count = 1 if masks is None else len(masks)

    def gate(layer, a):
        if layer == 0 or masks is None:
            return a
        first = sum(HIDDEN[: layer - 1])
        return jnp.where(masks[:, first : first + HIDDEN[layer - 1]], a / jnp.maximum(1 - p, 1e-300), 0)

    place = jnp.broadcast_to(jnp.array([X, Y], jnp.float64), (count, 2))
    z = run_net(params, place, ACTIVATION, gate)[0][-1]
    return z[:, -1] - z[:, 0] if OUTPUTS == 2 else z[:, 0]


def ask_all(params, p, probability_by_kept):
    """Ask all 2**NUM_MASKED sub-networks about (X, Y)."""
    numbers = jnp.arange(2**NUM_MASKED)

    def margin_of(number):
        mask = (number >> jnp.arange(NUM_MASKED)) & 1 == 1
        return margins_of(params, p, mask[None])[0]

    margins = jax.lax.map(margin_of, numbers, batch_size=MASKS_AT_ONCE)
    chance = probability_by_kept[jax.lax.population_count(numbers)]  # of each mask
    predictions = jax.nn.sigmoid(margins)

    def mean_of(values):
        return jnp.sum(jnp.where(chance == 0, 0, chance * values))

    mean = mean_of(predictions)
    bins = jnp.minimum(39, jnp.floor(predictions * 40)).astype(int)
    return predictions, dict(
        arithmetic_mean=mean,
        sd=jnp.sqrt(jnp.maximum(0, mean_of(predictions**2) - mean**2)),
        geometric_mean=jax.nn.sigmoid(mean_of(jax.nn.log_sigmoid(margins)) - mean_of(jax.nn.log_sigmoid(-margins))),
        histogram=jnp.zeros(40).at[bins].add(chance),  # chance that a drawn mask predicts in each fortieth of [0, 1]
    )


def study(seed, p):
    """Train with dropout, then ask every sub-network about one place."""
    kept = jnp.arange(NUM_MASKED + 1)
    probability_by_kept = (1 - p) ** kept * p ** (NUM_MASKED - kept)

    def take(notes, step, masks, present, gradient):
        """Note which masks the rows of a batch had, and how many rows there were."""
        is_seen, draws = notes
        number = jnp.where(present, mask_number(jnp.concatenate(masks, axis=1)), 2**NUM_MASKED)  # beyond the end: dropped
        return is_seen.at[number].set(True, mode="drop"), draws + present.sum()

    def read(notes):
        return dict(distinct=notes[0].sum())

    end, curves = train(seed, p, INVERTED, prepare(seed), (jnp.zeros(2**NUM_MASKED, bool), 0), take, read)
    is_seen, draws = end["notes"]
    predictions, verdict = ask_all(end["params"], p, probability_by_kept)

    passes = draw_mask(stream_key(seed, "passes"), p, (PASSES, NUM_MASKED))
    certain = probability_by_kept == 1
    missed = jnp.exp(draws * jnp.log(jnp.where(certain, 1.0, 1 - probability_by_kept)))
    choices = np.array([math.comb(NUM_MASKED, k) for k in range(NUM_MASKED + 1)])
    return dict(
        weight_scaling=jax.nn.sigmoid(margins_of(end["params"], p, None)[0]),
        **verdict,
        pass_mean=predictions[mask_number(passes)].mean(),  # of all Monte-Carlo passes
        train_accuracy=end["accuracy"][0],
        test_accuracy=end["accuracy"][1],
        trained_steps=end["step"],
        distinct_trained=is_seen.sum(),
        expected_distinct=jnp.sum(choices * jnp.where(certain & (draws > 0), 1, 1 - missed)),
        **curves,
    )`;

export const subnetworksScript: StudyScript<'subnetworks', 'p'> = {
  title: 'every sub-network of a small trained net, asked about one place',
  axis: 'p',
  axisWords: 'drop probabilities of the hidden layers',
  words: {
    dataset: 'moons, circles, xor, spiral or gaussians',
    output: '"softmax": one output for each class; "sigmoid": one in all',
    hidden: 'units of the hidden layers; 14 in all make 16384 sub-networks',
    activation: 'of the hidden layers: relu, tanh, sigmoid, selu or linear',
    steps: 'batches trained on',
    learningRate: 'of SGD with momentum 0.9',
    batchSize: 'examples in a batch',
    x: 'the place that all sub-networks judge',
    y: 'its second coordinate',
    passes: 'Monte-Carlo passes',
    thumbnails: 'sub-networks that the page draws; no pictures here',
    thumbnailSide: 'cells of such a picture; none here',
  },
  prose:
    'The mean over all 2**n masks, each with its probability, is what dropout promises to approximate: the normalised geometric mean is ' +
    'what weight scaling computes exactly for one masked layer; the arithmetic mean is what Monte-Carlo passes tend to. ' +
    'Data too are drawn again from each seed. Masks that batches had are counted in one table of 2**n entries.',
  code: () => [CONSTANTS, ...TRAINING_PARTS, part('The crowd', CROWD)].join(GAP),
  checks: ({ steps }, { crowd, curves, trainAccuracy, testAccuracy, trainedSteps, distinctTrained, expectedDistinct }) => [
    ...curveChecks('', curves, steps),
    ...(isCompared(steps) && crowd !== null
      ? [
          exactly('trained_steps', trainedSteps),
          exactly('distinct_trained', distinctTrained),
          nearly('expected_distinct', expectedDistinct, expectedDistinct, 1e-9),
          trained('train_accuracy', trainAccuracy),
          trained('test_accuracy', testAccuracy),
          trained('arithmetic_mean', crowd.arithmeticMean),
          // A root of what is left when numbers near 1 cancel.
          nearly('sd', crowd.sd, 1, Math.min(3e-6, OF_TRAINING + 1e-12 / crowd.sd)),
          trained('geometric_mean', crowd.geometricMean),
          trained('weight_scaling', crowd.weightScaling),
          trained('histogram', Array.from(crowd.histogram)),
          nearly('pass_mean', crowd.passMeans.at(-1) ?? Number.NaN, 1, OF_SINGLE),
        ]
      : []),
  ],
  tolerance: `${TRAINING_TOLERANCE} The page keeps single predictions in float32, and so the mean of its passes.`,
  afterDifference: AFTER_DIFFERENCE,
  columns: ['weight_scaling', 'geometric_mean', 'arithmetic_mean', 'sd', 'distinct_trained', 'test_accuracy'],
};
