/** The PyTorch script's own part: an `nn.Module` whose train() and eval() switch the masks, and an optimiser of `torch.optim`. */
import type { Loss } from '../../protocol/network';
import type { Activation } from '../../protocol/settings';
import type { Section } from './experiment';
import type { Live, Plan } from './plan';
import { indent, lines } from './text';

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: 'F.relu(z)',
  tanh: 'torch.tanh(z)',
  sigmoid: 'torch.sigmoid(z)',
  selu: 'F.selu(z)',
  linear: 'z',
};

const LOSSES: Readonly<Record<Loss, string>> = {
  binary: 'nn.BCEWithLogitsLoss()',
  softmax: 'nn.CrossEntropyLoss()',
  squared: 'nn.MSELoss()',
};

function dropUnits(plan: Plan): string | false {
  if (plan.unitModes.length === 0) return false;
  const evaluated = plan.unitModes.includes('standard') ? 'a * eval_factor(layer, s)' : 'a';
  return lines(
    'def drop(self, a, layer, s, step):',
    '    """Pass activations through dropout: masks when training, none in eval."""',
    '    if not self.training:',
    `        return ${evaluated}`,
    plan.hasShift
      ? ['    factor, shift = dropout(step, layer, len(a), s)', '    return a * torch.tensor(factor) + torch.tensor(shift)']
      : '    return a * torch.tensor(dropout(step, layer, len(a), s))',
    '',
  );
}

function dropWeights(plan: Plan): string | false {
  if (!plan.hasDropConnect) return false;
  return lines(
    'def linear(self, h, layer, s, step):',
    '    """Apply a linear layer, its weights masked when training: one matrix per example, or one for the batch."""',
    '    w, b = self.layers[layer].weight, self.layers[layer].bias',
    '    if not self.training:',
    '        return F.linear(h, w, b)',
    '    used = w * torch.tensor(weight_dropout(step, layer, len(h), s))',
    '    return (used @ h.unsqueeze(2)).squeeze(2) + b',
    '',
  );
}

/** The network of the PyTorch script. */
export function torchNetwork(plan: Plan): Section {
  const { unitModes, hasDropConnect, settings } = plan;
  return {
    title: 'The network',
    prose:
      'nn.Dropout draws its own masks; here they come from threefry, so that they are the ones on the page. model.train() and model.eval() switch them as usual.',
    code: lines(
      'class Net(nn.Module):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.layers = nn.ModuleList(nn.Linear(inputs, outputs) for inputs, outputs in zip(SIZES, SIZES[1:]))',
      '',
      unitModes.length > 0 && indent(dropUnits(plan) || ''),
      hasDropConnect && indent(dropWeights(plan) || ''),
      '    def forward(self, x, s, step=None):',
      '        """Return the output before the loss. The step number says which masks."""',
      '        a = x',
      '        for layer in range(len(self.layers)):',
      unitModes.length > 0 ? '            h = self.drop(a, layer, s, step)' : '            h = a',
      hasDropConnect ? '            z = self.linear(h, layer, s, step)' : '            z = self.layers[layer](h)',
      `            a = ${ACTIVATIONS[settings.activation]}`,
      '        return z',
    ),
  };
}

function changes(plan: Plan, name: keyof Live): boolean {
  return plan.changes.some(({ patch }) => patch[name] !== undefined);
}

/** Returns the lines that put changed settings into the optimiser before a step. */
function adoptChanges(plan: Plan): string | false {
  const { optimizer } = plan.settings;
  const isAdam = optimizer === 'adam';
  const body = lines(
    plan.changesAdam
      ? [
          '# PyTorch corrects the bias by the beta of now; the page by all betas so far',
          'group["lr"] = s.learning_rate * (1 - s.momentum ** (step + 1)) / (1 - lag(step))',
        ]
      : changes(plan, 'learningRate') && 'group["lr"] = s.learning_rate',
    optimizer === 'momentum' &&
      changes(plan, 'momentum') &&
      'group["momentum"] = s.momentum or 1e-30  # at 0 the velocity would be forgotten',
    isAdam && changes(plan, 'momentum') && 'group["betas"] = (s.momentum, 0.999)',
  );
  const decay = changes(plan, 'weightDecay') && 'OPTIMIZER.param_groups[0]["weight_decay"] = s.weight_decay';
  if (body === '' && !decay) return false;
  return lines(body !== '' && ['for group in OPTIMIZER.param_groups:', indent(body)], decay);
}

/** What the optimiser takes besides parameters and learning rate. */
function momentumOption(plan: Plan): string {
  if (plan.settings.optimizer === 'sgd') return '';
  if (plan.settings.optimizer === 'adam') return ', betas=(START.momentum, 0.999)';
  return plan.start.momentum > 0 ? ', momentum=START.momentum' : ', momentum=1e-30';
}

function optimizerCode(plan: Plan): string {
  const { optimizer } = plan.settings;
  const options = `lr=START.learning_rate${momentumOption(plan)}`;
  const name = optimizer === 'adam' ? 'Adam' : 'SGD';
  if (!plan.decays) return `OPTIMIZER = torch.optim.${name}(MODEL.parameters(), ${options})`;
  return lines(
    'GROUPS = [  # weight decay is for weights, not for biases',
    '    dict(params=[layer.weight for layer in MODEL.layers], weight_decay=START.weight_decay),',
    '    dict(params=[layer.bias for layer in MODEL.layers]),',
    ']',
    `OPTIMIZER = torch.optim.${name}(GROUPS, ${options})`,
  );
}

/** The training step of the PyTorch script. */
export function torchTraining(plan: Plan): Section {
  const adopt = adoptChanges(plan);
  const target = plan.loss === 'softmax' ? '.long()' : '';
  const toTensor = (name: string) => `torch.tensor(${name})${target}`;
  return {
    title: 'Training',
    prose: 'An ordinary training loop. train() puts the masks on, eval() takes them off.',
    code: lines(
      `MODEL, LOSS = Net(), ${LOSSES[plan.loss]}`,
      'with torch.no_grad():',
      '    for layer, w, b in zip(MODEL.layers, WEIGHTS, BIASES):',
      '        layer.weight.copy_(torch.tensor(w))',
      '        layer.bias.copy_(torch.tensor(b))',
      optimizerCode(plan),
      '',
      '',
      'def train_step(step):',
      '    """Train one step and return the mean loss of its batch, masks on."""',
      '    s, examples = settings_at(step), batch(step)',
      adopt && indent(adopt),
      '    MODEL.train()',
      `    loss = LOSS(MODEL(torch.tensor(TRAIN_X[examples]), s, step), ${toTensor('TRAIN_Y[examples]')})`,
      '    OPTIMIZER.zero_grad()',
      '    loss.backward()',
      '    OPTIMIZER.step()',
      plan.clips && [
        '    if s.max_norm > 0:',
        '        with torch.no_grad():',
        '            for layer in MODEL.layers:',
        '                layer.weight.copy_(torch.renorm(layer.weight, p=2, dim=0, maxnorm=s.max_norm))',
      ],
      '    return loss.item()',
      '',
      '',
      'def evaluate(x, y, s):',
      '    """Return the mean loss with all masks off."""',
      '    MODEL.eval()',
      '    with torch.no_grad():',
      `        return LOSS(MODEL(torch.tensor(x), s), ${toTensor('y')}).item()`,
    ),
  };
}
