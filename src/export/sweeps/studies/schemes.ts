/** Four ways to scale, on the same weights and masks, for export. */
import { SCHEMES, type SchemesParams } from '../../../protocol/studyParams';
import { lines } from '../../python/text';
import { NORMALS, nearly } from '../checks';
import type { StudyScript } from '../frame';

function writeCode({ weights }: SchemesParams): string {
  const isPositive = weights === 'positive';
  return lines(
    `SCHEMES = (${SCHEMES.map((scheme) => `"${scheme}"`).join(', ')})`,
    '',
    '',
    'def factors(scheme, p):',
    '    """Return what a kept value is multiplied by in train, and every value in eval."""',
    '    divided = jnp.where(p < 1, 1 / (1 - p), 0.0)',
    '    return (divided if scheme in ("inverted", "both") else 1.0), (1 - p if scheme in ("standard", "both") else 1.0)',
    '',
    '',
    'def draw_weights(key):',
    `    """Draw a matrix ${isPositive ? 'of positive weights, so that each unit takes a weighted mean' : "as He's rule has it, for ReLU"}."""`,
    '    weights = normal(key, (UNITS, UNITS))',
    isPositive ? '    return abs(weights) / abs(weights).sum(1, keepdims=True)' : '    return weights * math.sqrt(2 / UNITS)',
    '',
    '',
    'def layer_means(layers, inputs, p, factor, pass_key=None):',
    '    """Return the mean of each layer\'s output; pass_key None means eval, where nothing is masked."""',
    '    output, means = inputs, []',
    '    for layer, weights in enumerate(layers, 1):',
    '        a = jnp.maximum(output @ weights.T, 0) * factor',
    '        output = a if pass_key is None else jnp.where(draw_mask(fold_in(pass_key, layer), p, a.shape), a, 0.0)',
    '        means.append(output.mean())',
    '    return jnp.stack(means)',
    '',
    '',
    'def study(seed, p):',
    '    """Pass the same inputs through the same layers under the same masks, four ways; return mean outputs and eval / train."""',
    '    inputs = abs(normal(stream_key(seed, "inputs"), (BATCH_SIZE, UNITS)))',
    '    layers = [draw_weights(fold_in(stream_key(seed, "weights"), layer)) for layer in range(NUM_LAYERS)]',
    '    numbers = dict(plain_means=layer_means(layers, inputs, p, 1.0))',
    '    for scheme in SCHEMES:',
    '        train, evaluate = factors(scheme, p)',
    '        run_pass = lambda i: layer_means(layers, inputs, p, train, fold_in(stream_key(seed, "passes"), i))',
    '        means = jax.lax.map(run_pass, jnp.arange(PASSES))',
    '        eval_mean = layer_means(layers, inputs, p, evaluate)',
    '        ratio = eval_mean / means.mean(0)',
    '        numbers |= {',
    '            f"{scheme}_train_mean": means.mean(0),',
    '            f"{scheme}_train_error": means.std(0, ddof=1) / math.sqrt(PASSES),',
    '            f"{scheme}_eval_mean": eval_mean,',
    '            f"{scheme}_ratio": ratio,',
    '            f"{scheme}_last_ratio": ratio[-1],',
    '        }',
    '    return numbers',
  );
}

export const schemesScript: StudyScript<'schemes', 'p'> = {
  title: 'four ways to scale, through several layers',
  axis: 'p',
  axisWords: 'drop probabilities, of every layer but the input',
  words: {
    numLayers: 'layers, each with a dropped output',
    units: 'units of each',
    batchSize: 'rows of inputs',
    passes: 'masked passes that are averaged',
    weights: 'kind of the weights, which draw_weights below draws',
  },
  prose: 'Every way has the same inputs, weights and masks. A ratio of 1 says that eval sees what the next layer got used to in train.',
  code: writeCode,
  checks: (_, { plainMeans, schemes }) => [
    nearly('plain_means', plainMeans, plainMeans),
    ...SCHEMES.flatMap((scheme) => {
      const layers = schemes[scheme];
      const trainMeans = layers.map(({ trainMean }) => trainMean);
      const evalMeans = layers.map(({ evalMean }) => evalMean);
      const ratios = layers.map(({ ratio }) => ratio);
      return [
        nearly(`${scheme}_train_mean`, trainMeans, trainMeans),
        nearly(
          `${scheme}_train_error`,
          layers.map(({ trainError }) => trainError),
          trainMeans,
        ),
        nearly(`${scheme}_eval_mean`, evalMeans, evalMeans),
        nearly(`${scheme}_ratio`, ratios, ratios),
      ];
    }),
  ],
  tolerance: NORMALS,
  columns: SCHEMES.map((scheme) => `${scheme}_last_ratio`),
};
