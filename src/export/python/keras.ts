/** The Keras 3 script's own part: a subclassed model on any backend, trained by `train_on_batch`. */
import type { Loss } from '../../protocol/network';
import type { Optimizer } from '../../protocol/settings';
import { lagExpression, type Section } from './experiment';
import type { Plan } from './plan';
import { indent, lines } from './text';

const LOSSES: Readonly<Record<Loss, string>> = {
  binary: 'keras.losses.BinaryCrossentropy(from_logits=True)',
  softmax: 'keras.losses.SparseCategoricalCrossentropy(from_logits=True)',
  squared: 'keras.losses.MeanSquaredError()',
};

function dropUnits(plan: Plan): string {
  const evaluated = plan.unitModes.includes('standard') ? 'a * eval_factor(layer, NOW.s)' : 'a';
  return lines(
    'def drop(self, a, layer, training):',
    '    """Pass activations through dropout: masks when training, none otherwise."""',
    '    if not training:',
    `        return ${evaluated}`,
    plan.hasShift
      ? [
          '    factor, shift = dropout(NOW.step, layer, a.shape[0], NOW.s)',
          '    return a * ops.convert_to_tensor(factor, "float32") + ops.convert_to_tensor(shift, "float32")',
        ]
      : '    return a * ops.convert_to_tensor(dropout(NOW.step, layer, a.shape[0], NOW.s), "float32")',
    '',
  );
}

const DROP_WEIGHTS = `def linear(self, h, layer, training):
    """Apply a dense layer, its weights masked when training: one matrix per example, or one for the batch."""
    if not training:
        return self.dense[layer](h)
    factor = np.swapaxes(weight_dropout(NOW.step, layer, h.shape[0], NOW.s), 1, 2)  # Keras has [inputs, outputs]
    used = self.dense[layer].kernel * ops.convert_to_tensor(factor, "float32")
    return ops.matmul(ops.expand_dims(h, 1), used)[:, 0, :] + self.dense[layer].bias
`;

/** The network of the Keras script. */
export function kerasNetwork(plan: Plan): Section {
  const { unitModes, hasDropConnect, settings } = plan;
  const activation = settings.activation === 'linear' ? 'z' : `ops.${settings.activation}(z)`;
  return {
    title: 'The network',
    prose:
      'keras.layers.Dropout draws its own masks, other ones on each backend; here they come from threefry, so that they are the ones on the page. ' +
      'The flag `training` switches them as usual: train_on_batch sets it, a plain call does not.',
    code: lines(
      'class Now:',
      '    """Which step is being trained, and with which settings: what tells the masks apart."""',
      '',
      '    step, s = 0, START',
      '',
      '',
      'NOW = Now()',
      '',
      '',
      'class Net(keras.Model):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.dense = [keras.layers.Dense(units) for units in SIZES[1:]]',
      '        for layer, inputs in zip(self.dense, SIZES):',
      '            layer.build((None, inputs))',
      '        self.built = True',
      '',
      unitModes.length > 0 && indent(dropUnits(plan)),
      hasDropConnect && indent(DROP_WEIGHTS),
      '    def call(self, x, training=False):',
      '        """Return the output before the loss."""',
      '        a = x',
      '        for layer in range(len(self.dense)):',
      unitModes.length > 0 ? '            h = self.drop(a, layer, training)' : '            h = a',
      hasDropConnect ? '            z = self.linear(h, layer, training)' : '            z = self.dense[layer](h)',
      `            a = ${activation}`,
      '        return z',
    ),
  };
}

/** Whether Keras' own SGD makes the page's update: its velocity carries the learning rate inside, so that must stay as it is. */
function isPlainSgd(plan: Plan): boolean {
  const isSteady = plan.changes.every(({ patch }) => patch.learningRate === undefined && patch.momentum === undefined);
  return plan.settings.optimizer !== 'adam' && isSteady && !plan.decays;
}

const SLOTS: Partial<Readonly<Record<Optimizer, string>>> = {
  momentum: 'self.velocity = [self.add_variable_from_reference(v, "velocity") for v in variables]',
  adam: `self.m = [self.add_variable_from_reference(v, "m") for v in variables]
self.v = [self.add_variable_from_reference(v, "v") for v in variables]`,
};

const UPDATES: Readonly<Record<Optimizer, (lag: string) => string>> = {
  sgd: () => 'self.assign_sub(variable, NOW.s.learning_rate * gradient)',
  momentum: () => `velocity = self.velocity[self._get_variable_index(variable)]
self.assign(velocity, NOW.s.momentum * velocity + gradient)
self.assign_sub(variable, NOW.s.learning_rate * velocity)`,
  adam: (lag) => `index, t, beta = self._get_variable_index(variable), NOW.step + 1, NOW.s.momentum
m, v = self.m[index], self.v[index]
self.assign(m, beta * m + (1 - beta) * gradient)
self.assign(v, 0.999 * v + 0.001 * gradient * gradient)
grown = (m / (1 - ${lag})) / (ops.sqrt(v / (1 - 0.999**t)) + 1e-8)
self.assign_sub(variable, NOW.s.learning_rate * grown)`,
};

function ownOptimizer(plan: Plan): string {
  const { optimizer } = plan.settings;
  const slots = SLOTS[optimizer];
  return lines(
    'class PageOptimizer(keras.optimizers.Optimizer):',
    `    """The page's ${optimizer}, written out: Keras' own decays, places epsilon or carries the learning rate otherwise."""`,
    '',
    slots !== undefined && ['    def build(self, variables):', '        super().build(variables)', indent(slots, 2), ''],
    '    def update_step(self, gradient, variable, learning_rate):',
    plan.decays && [
      '        if len(variable.shape) == 2:  # weights, not biases',
      '            gradient = gradient + NOW.s.weight_decay * variable',
    ],
    indent(UPDATES[optimizer](lagExpression(plan, 'NOW.s', 'NOW.step')), 2),
    '',
    '',
    'OPTIMIZER = PageOptimizer(START.learning_rate)',
  );
}

function optimizerCode(plan: Plan): string {
  if (!isPlainSgd(plan)) return ownOptimizer(plan);
  const momentum = plan.settings.optimizer === 'momentum' ? ', momentum=START.momentum' : '';
  return `OPTIMIZER = keras.optimizers.SGD(START.learning_rate${momentum})`;
}

/** The training step of the Keras script. */
export function kerasTraining(plan: Plan): Section {
  return {
    title: 'Training',
    prose: 'run_eagerly, because each step brings masks of its own from outside; without them, leave it out and call fit.',
    code: lines(
      optimizerCode(plan),
      'MODEL = Net()',
      'for dense, w, b in zip(MODEL.dense, WEIGHTS, BIASES):',
      '    dense.set_weights([w.T, b])',
      `LOSS = ${LOSSES[plan.loss]}`,
      'MODEL.compile(optimizer=OPTIMIZER, loss=LOSS, run_eagerly=True)',
      '',
      '',
      'def train_step(step):',
      '    """Train one step and return the mean loss of its batch, masks on."""',
      '    NOW.step, NOW.s, examples = step, settings_at(step), batch(step)',
      '    MODEL.reset_metrics()',
      '    loss = MODEL.train_on_batch(TRAIN_X[examples], TRAIN_Y[examples])',
      plan.clips && [
        '    if NOW.s.max_norm > 0:',
        '        for dense in MODEL.dense:',
        '            norms = ops.norm(dense.kernel, axis=0, keepdims=True)',
        '            dense.kernel.assign(dense.kernel * ops.minimum(1.0, NOW.s.max_norm / ops.maximum(norms, 1e-30)))',
      ],
      '    return float(loss)',
      '',
      '',
      'def evaluate(x, y, s):',
      '    """Return the mean loss with all masks off."""',
      '    NOW.s = s',
      '    return float(LOSS(y, MODEL(x, training=False)))',
    ),
  };
}
