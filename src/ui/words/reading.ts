/** Reads from a frame the numbers of one unit for one example: all that the equation line and the focused cell need. Pure. */
import { type Frame, type FrameLink, readHeader, readStat } from '../../protocol/frame';
import { datasetShape, type Loss } from '../../protocol/network';
import type { Activation, Mode, Phase, Settings } from '../../protocol/settings';

/** Which number of the lab is pointed at. */
interface Target {
  readonly layerIndex: number;
  readonly unitIndex: number;
  readonly rowIndex: number;
}

export interface Reading extends Target {
  readonly numLayers: number;
  readonly mode: Mode;
  readonly activation: Activation;
  readonly phase: Phase;
  readonly loss: Loss;
  readonly p: number;
  readonly keepProb: number;
  readonly scale: number;
  readonly isMasked: boolean; // a unit mask or noise was drawn here
  readonly kept: boolean;
  readonly noise: number;
  readonly preActivation: number;
  readonly activationValue: number;
  readonly output: number;
  readonly evalPreActivation: number | null; // null where the frame does not carry all the inputs
  readonly evalOutput: number;
  readonly prediction: number; // output layer: probability or value in train
  readonly evalPrediction: number;
  readonly bias: number | null;
  readonly linksKept: number;
  readonly linksDrawn: number;
  readonly linkScale: number; // what the kept weights into this unit are multiplied by
  readonly gradient: number;
  readonly example: number;
  readonly channelSize: number;
}

/** Sums what reaches a unit in eval: `z = Σ w x + b`, or null when the frame carries only part of the inputs. */
function evalSum(frame: Frame, link: FrameLink, target: Target): number | null {
  const previous = frame.layers[target.layerIndex - 1];
  if (!previous || previous.units > link.inputs || target.unitIndex >= link.outputs) return null;
  let sum = link.biases[target.unitIndex] ?? 0;
  for (let index = 0; index < link.inputs; index++)
    sum +=
      (link.weights[target.unitIndex * link.inputs + index] ?? 0) * (previous.evalOutput[target.rowIndex * previous.units + index] ?? 0);
  return sum;
}

function countLinks(link: FrameLink | undefined, target: Target): { kept: number; drawn: number } {
  if (!link || target.unitIndex >= link.outputs) return { kept: 0, drawn: 0 };
  const start = (target.rowIndex * link.outputs + target.unitIndex) * link.inputs;
  let kept = 0;
  for (let index = 0; index < link.inputs; index++) kept += link.mask[start + index] ?? 0;
  return { kept, drawn: link.inputs };
}

/** Reads one unit for one example. Returns null when the frame does not hold it. */
export function readUnit(frame: Frame, settings: Settings, target: Target): Reading | null {
  const layer = frame.layers[target.layerIndex];
  if (!layer || target.unitIndex >= layer.units || target.rowIndex >= readHeader(frame, 'numRows')) return null;
  const cell = target.rowIndex * layer.units + target.unitIndex;
  const link = frame.links[target.layerIndex - 1];
  const previous = frame.layers[target.layerIndex - 1];
  const links = countLinks(link, target);
  const numLayers = frame.layers.length;
  const outputCell = target.rowIndex * frame.shape.numOutputs + target.unitIndex;
  const isOutput = target.layerIndex === numLayers - 1;
  return {
    ...target,
    numLayers,
    mode: settings.mode,
    activation: settings.activation,
    phase: settings.phase,
    loss: datasetShape(settings.dataset).loss,
    p: readStat(layer, 'p'),
    keepProb: readStat(layer, 'keepProb'),
    scale: readStat(layer, 'scale'),
    isMasked: readStat(layer, 'masked') === 1 || (settings.mode === 'gaussian' && readStat(layer, 'p') > 0),
    kept: layer.mask[cell] === 1,
    noise: layer.noise[cell] ?? 1,
    preActivation: layer.preActivation[cell] ?? Number.NaN,
    activationValue: layer.activation[cell] ?? Number.NaN,
    output: layer.output[cell] ?? Number.NaN,
    evalPreActivation: link ? evalSum(frame, link, target) : (layer.preActivation[cell] ?? null),
    evalOutput: layer.evalOutput[cell] ?? Number.NaN,
    prediction: isOutput ? (frame.outputs[outputCell] ?? Number.NaN) : Number.NaN,
    evalPrediction: isOutput ? (frame.evalOutputs[outputCell] ?? Number.NaN) : Number.NaN,
    bias: link ? (link.biases[target.unitIndex] ?? null) : null,
    linksKept: links.kept,
    linksDrawn: links.drawn,
    linkScale: previous ? readStat(previous, 'scale') : 1,
    gradient: layer.gradient[cell] ?? Number.NaN,
    example: frame.examples[target.rowIndex] ?? 0,
    channelSize: settings.channelSize,
  };
}
