/** PyTorch: `nn.Dropout`, `model.train()`, `model.eval()`. */
import type { Loss } from '../../protocol/network';
import type { Activation, Mode } from '../../protocol/settings';
import { type CodeLine, defineProbabilities, dropMarks, evalWord, type Idiom, OPTIMIZER_MARKS } from './code';

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: 'nn.ReLU(), ',
  tanh: 'nn.Tanh(), ',
  sigmoid: 'nn.Sigmoid(), ',
  selu: 'nn.SELU(), ',
  linear: '',
};
const LOSSES: Readonly<Record<Loss, string>> = {
  binary: 'nn.BCEWithLogitsLoss()',
  softmax: 'nn.CrossEntropyLoss()',
  squared: 'nn.MSELoss()',
};
const TORCH_READ: Readonly<Record<Loss, string>> = { binary: '.sigmoid()', softmax: '.softmax(1)', squared: '' };

/** What PyTorch has ready-made, one mask per example; everything else is a module of one's own. */
const BUILT_IN: Partial<Readonly<Record<Mode, string>>> = { inverted: 'nn.Dropout', alpha: 'nn.AlphaDropout' };

function moduleName({ settings }: Idiom): string {
  if (settings.mode === 'dropconnect') return 'DropConnect';
  return (settings.maskScope === 'example' ? BUILT_IN[settings.mode] : undefined) ?? 'Drop';
}

function maskLines(idiom: Idiom): string[] {
  const { mode, maskScope, channelSize } = idiom.settings;
  const keep = idiom.isKeep ? `self.${idiom.symbol}` : `1 - self.${idiom.symbol}`;
  if (mode === 'spatial') {
    const rows = maskScope === 'example' ? 'len(h)' : '1';
    return [
      `        channels = -(-h.shape[1] // ${channelSize})  # for images: nn.Dropout2d`,
      `        mask = (torch.rand(${rows}, channels) < ${keep}).repeat_interleave(${channelSize}, dim=1)[:, : h.shape[1]]`,
    ];
  }
  const like = maskScope === 'example' ? 'h' : 'h[:1]';
  return mode === 'gaussian' ? [`        noise = torch.randn_like(${like})`] : [`        mask = torch.rand_like(${like}) < ${keep}`];
}

function resultLines({ settings, isKeep, symbol }: Idiom): string[] {
  const self = `self.${symbol}`;
  const [drop, keep] = isKeep ? [`(1 - ${self})`, self] : [self, `(1 - ${self})`];
  switch (settings.mode) {
    case 'gaussian':
      return [`        return h * (1 + (${drop} / ${keep}) ** 0.5 * noise)`];
    case 'alpha':
      return [
        '        low = -1.7580993408473766',
        `        scale = (${keep} * (1 + ${drop} * low**2)) ** -0.5`,
        `        return scale * torch.where(mask, h, low) - scale * low * ${drop}`,
      ];
    case 'inverted':
    case 'spatial':
      return [`        return h * mask / ${keep}`];
    default:
      return ['        return h * mask'];
  }
}

function addDrop(idiom: Idiom): void {
  const { code, settings, symbol, isKeep, hasFullDrop } = idiom;
  const keep = isKeep ? `self.${symbol}` : `(1 - self.${symbol})`;
  const full = hasFullDrop && (settings.mode === 'inverted' || settings.mode === 'spatial');
  code
    .add('class Drop(nn.Module):', 'mode')
    .block(
      [
        `    def __init__(self, ${symbol}):`,
        '        super().__init__()',
        `        self.${symbol} = ${symbol}`,
        '',
        '    def forward(self, h):',
      ],
      'mode',
    )
    .phase('eval', '        if not self.training:', 'mode')
    .phase('eval', `            return h${settings.mode === 'standard' ? ` * ${keep}` : ''}`, 'mode');
  if (full) code.add(`        if ${keep} == 0: return torch.zeros_like(h)  # or 0 / 0`, 'mode', 'p');
  code.block(maskLines(idiom), 'mode', 'maskScope', 'channelSize').block(resultLines(idiom), 'mode').blank().blank();
}

function addDropConnect({ code, settings, symbol, local }: Idiom): void {
  const isShared = settings.maskScope === 'batch';
  code
    .block(
      [
        'class DropConnect(nn.Linear):',
        `    def __init__(self, inputs, outputs, ${symbol}):`,
        '        super().__init__(inputs, outputs)',
        `        self.drop = ${local.drop}`,
        '',
        '    def forward(self, h):',
      ],
      'mode',
    )
    .add(`        w = self.weight${isShared ? '' : '.expand(len(h), -1, -1)  # a mask for each example'}`, 'mode', 'maskScope')
    .phase('eval', '        w = F.dropout(w, self.drop, training=self.training)  # the flag is not set by itself', 'mode')
    .add(
      isShared ? '        return F.linear(h, w, self.bias)' : '        return torch.einsum("noi,ni->no", w, h) + self.bias',
      'mode',
      'maskScope',
    )
    .blank()
    .blank();
}

function addModel(idiom: Idiom): void {
  const { code, settings, sizes, probabilities, dropsInput, isKeep } = idiom;
  const name = moduleName(idiom);
  const takesDrop = name.startsWith('nn.');
  const isWeights = settings.mode === 'dropconnect';
  const drop = (layerIndex: number) => {
    const probability = probabilities[layerIndex];
    return probability ? `${name}(${takesDrop && isKeep ? probability.drop : probability.name})` : '';
  };
  const linear = (layerIndex: number) => {
    const shape = `${sizes[layerIndex]}, ${sizes[layerIndex + 1]}`;
    const isMasked = isWeights && (layerIndex > 0 || dropsInput);
    return isMasked ? `DropConnect(${shape}, ${probabilities[layerIndex]?.name})` : `nn.Linear(${shape})`;
  };
  const dropsUnits = !isWeights && settings.mode !== 'none';
  code.add('model = nn.Sequential(');
  if (dropsInput && dropsUnits) code.add(`    ${drop(0)},`, ...dropMarks(idiom, 0));
  settings.hidden.forEach((_, index) => {
    const masked = isWeights ? dropMarks(idiom, index) : index === 0 ? (['inputP'] as const) : [];
    code.add(`    ${linear(index)}, ${ACTIVATIONS[settings.activation]}`.trimEnd(), 'hidden', 'activation', ...masked);
    if (dropsUnits) code.add(`    ${drop(index + 1)},`, ...dropMarks(idiom, index + 1));
  });
  const last = sizes.length - 2;
  code.add(`    ${linear(last)},`, 'dataset', ...(isWeights ? dropMarks(idiom, last) : [])).add(')');
}

function addOptimizer({ code, settings }: Idiom): void {
  const { optimizer, learningRate, momentum, weightDecay } = settings;
  const options = optimizer === 'adam' ? `, betas=(${momentum}, 0.999)` : optimizer === 'momentum' ? `, momentum=${momentum}` : '';
  const name = optimizer === 'adam' ? 'Adam' : 'SGD';
  if (weightDecay > 0) {
    code
      .add('weights = [v for v in model.parameters() if v.ndim == 2]  # biases do not decay', 'weightDecay')
      .add('biases = [v for v in model.parameters() if v.ndim == 1]')
      .add(`groups = [dict(params=weights, weight_decay=${weightDecay}), dict(params=biases)]`, 'weightDecay');
  }
  const target = weightDecay > 0 ? 'groups' : 'model.parameters()';
  code.add(`optimizer = torch.optim.${name}(${target}, lr=${learningRate}${options})`, ...OPTIMIZER_MARKS);
}

function addUse(idiom: Idiom): void {
  const { code, settings, loss } = idiom;
  const read = TORCH_READ[loss];
  code
    .phase('train', 'model.train()  # masks on')
    .add(`for xb, yb in DataLoader(TensorDataset(x, y), batch_size=${settings.batchSize}, shuffle=True):`, 'batchSize')
    .add('    optimizer.zero_grad()')
    .add('    loss_of(model(xb), yb).backward()  # through the same masks')
    .add('    optimizer.step()');
  if (settings.maxNorm > 0) {
    code
      .add('    with torch.no_grad():', 'maxNorm')
      .add('        for v in model.parameters():', 'maxNorm')
      .add(`            if v.ndim == 2: v.copy_(torch.renorm(v, p=2, dim=0, maxnorm=${settings.maxNorm}))`, 'maxNorm');
  }
  code
    .blank()
    .phase('eval', `model.eval()  # ${evalWord(idiom)}`)
    .add('with torch.no_grad():')
    .phase('eval', `    prediction = model(x_test)${read}`)
    .blank();
  if (settings.mode === 'none') {
    code.phase('mc', '# Monte Carlo: without masks every pass is the same', 'passes');
    return;
  }
  code
    .phase('mc', 'for module in model.modules():  # Monte Carlo: masks on, all else as in eval')
    .phase('mc', `    if isinstance(module, ${moduleName(idiom)}): module.train()`)
    .add('with torch.no_grad():')
    .phase('mc', `    passes = torch.stack([model(x_test)${read} for _ in range(${settings.passes})])`, 'passes')
    .phase('mc', 'mean, variance = passes.mean(0), passes.var(0, unbiased=False)', 'passes');
}

/** Writes the lines of PyTorch. */
export function torchIdiom(idiom: Idiom): readonly CodeLine[] {
  const { code, settings, loss } = idiom;
  const name = moduleName(idiom);
  code.add('import torch').add('from torch import nn');
  if (name === 'DropConnect') code.add('from torch.nn import functional as F');
  code.add('from torch.utils.data import DataLoader, TensorDataset').blank().add(`torch.manual_seed(${settings.seed})`, 'seed');
  defineProbabilities(idiom);
  code.blank().blank();
  if (settings.mode === 'none') code.lines.pop();
  else if (name === 'Drop') addDrop(idiom);
  else if (name === 'DropConnect') addDropConnect(idiom);
  else code.lines.pop();
  addModel(idiom);
  addOptimizer(idiom);
  code.add(`loss_of = ${LOSSES[loss]}`, 'dataset').blank();
  addUse(idiom);
  return code.lines;
}
