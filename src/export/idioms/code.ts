/**
 * The short code of a framework: lines, and on each the settings that land there, so that a page can mark where the last change went.
 *
 * Unlike the scripts in `python/`, these are the lines that a person would write today: the framework's own dropout and random numbers.
 */
import { datasetShape, type Loss, layerSizes } from '../../protocol/network';
import { dropProbability, type Phase, type SettingName, type Settings } from '../../protocol/settings';

export const IDIOM_FRAMEWORKS = ['numpy', 'torch', 'keras', 'jax', 'nnx', 'tf1', 'tf2'] as const;
export type IdiomFramework = (typeof IDIOM_FRAMEWORKS)[number];

/** How the code names a probability: drop (`p`, `rate`) or keep (the paper's `p`, TF 1's `keep_prob`). The same words as the page's switch. */
export const CODE_CONVENTIONS = ['drop', 'rate', 'keep-paper', 'keep_prob'] as const;
export type CodeConvention = (typeof CODE_CONVENTIONS)[number];

export interface CodeLine {
  readonly text: string;
  /** Settings that land on this line. */
  readonly marks: readonly SettingName[];
}

/** Collects lines. Marks of `phase` are given only to the lines of the phase on show. */
class CodeWriter {
  readonly lines: CodeLine[] = [];
  constructor(private readonly settings: Settings) {}

  /** Adds a line with the settings that land on it. */
  add(text: string, ...marks: readonly (SettingName | false)[]): this {
    this.lines.push({ text, marks: marks.filter((mark) => mark !== false) });
    return this;
  }
  /** Adds a line that belongs to a phase. */
  phase(phase: Phase, text: string, ...marks: readonly SettingName[]): this {
    return this.add(text, ...marks, this.settings.phase === phase && 'phase');
  }
  /** Adds lines that all carry the same marks. */
  block(texts: readonly (string | false)[], ...marks: readonly SettingName[]): this {
    for (const text of texts) if (text !== false) this.add(text, ...marks);
    return this;
  }
  blank(): this {
    return this.add('');
  }
}

/** One probability in the code: its variable, and how drop and keep are written with it. */
interface Probability {
  readonly value: number; // the drop probability
  readonly name: string;
  readonly drop: string;
  readonly keep: string;
}

/** What the code of every framework is written from. */
export interface Idiom {
  readonly settings: Settings;
  readonly code: CodeWriter;
  readonly sizes: readonly number[];
  readonly loss: Loss;
  readonly convention: CodeConvention;
  readonly isKeep: boolean;
  readonly symbol: string;
  /** Of the input (when it is dropped) and of each hidden layer. */
  readonly probabilities: readonly Probability[];
  /** A layer's probability in a function that takes it under the convention's name: how drop and keep are written there. */
  readonly local: { readonly drop: string; readonly keep: string };
  /** Something is dropped with p = 1: code that divides by keep has to step aside. */
  readonly hasFullDrop: boolean;
  readonly dropsInput: boolean;
  /** What a loop over layers calls a layer's probability, and the list of them. */
  readonly item: 'keep' | 'drop';
  readonly list: 'keeps' | 'drops';
}

function spell(symbol: string, isKeep: boolean): { drop: string; keep: string } {
  return isKeep ? { drop: `1 - ${symbol}`, keep: symbol } : { drop: symbol, keep: `1 - ${symbol}` };
}

/** Writes a probability as a float, at most 10 digits after the point, so that 1 − 0.9 reads 0.1 and 1 reads 1.0. */
function tidy(value: number): string {
  const text = String(Math.round(value * 1e10) / 1e10);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Returns what the code of these settings is written from. */
export function createIdiom(settings: Settings, convention: CodeConvention): Idiom {
  const isKeep = convention === 'keep-paper' || convention === 'keep_prob';
  const symbol = convention === 'rate' || convention === 'keep_prob' ? convention : 'p';
  const own = (layerIndex: number) => layerIndex > 0 && (settings.layerP[layerIndex - 1] ?? null) !== null;
  const probabilities = [...settings.hidden.keys(), settings.hidden.length].map((layerIndex) => {
    const name = layerIndex === 0 ? `${symbol}_input` : own(layerIndex) ? `${symbol}_${layerIndex}` : symbol;
    return { value: dropProbability(settings, layerIndex), name, ...spell(name, isKeep) };
  });
  return {
    settings,
    code: new CodeWriter(settings),
    sizes: layerSizes(settings),
    loss: datasetShape(settings.dataset).loss,
    convention,
    isKeep,
    symbol,
    probabilities,
    local: spell(symbol, isKeep),
    hasFullDrop: probabilities.some(({ value }) => value === 1),
    dropsInput: settings.inputP > 0 && settings.mode !== 'none',
    item: isKeep ? 'keep' : 'drop',
    list: isKeep ? 'keeps' : 'drops',
  };
}

/** Adds the lines that give the probabilities their names, both conventions on each. */
export function defineProbabilities({ code, settings, symbol, isKeep, probabilities, dropsInput }: Idiom): void {
  if (settings.mode === 'none') return;
  const define = (name: string, drop: number) =>
    `${name} = ${tidy(isKeep ? 1 - drop : drop)}  # ${isKeep ? `keep; drop ${tidy(drop)}` : `drop; keep ${tidy(1 - drop)}`}`;
  if (dropsInput) code.add(define(`${symbol}_input`, settings.inputP), 'inputP');
  code.add(define(symbol, settings.p), 'p');
  for (const { name, value } of probabilities.slice(1)) if (name !== symbol) code.add(define(name, value), 'layerP');
}

/** Adds the list of probabilities that a loop over layers reads, the input first; where the input is not dropped, it says so. */
export function addProbabilityList({ code, probabilities, dropsInput, isKeep, list }: Idiom): void {
  const whole = isKeep ? '1.0' : '0.0';
  const names = probabilities.map(({ name }, index) => (index > 0 || dropsInput ? name : whole));
  code.add(`${list} = [${names.join(', ')}]  # of the input and each hidden layer`, 'p', 'layerP', 'inputP');
}

/** The settings that land where layer `layerIndex` (0 = input) is dropped. */
export function dropMarks({ settings }: Idiom, layerIndex: number): readonly SettingName[] {
  const own = layerIndex > 0 && (settings.layerP[layerIndex - 1] ?? null) !== null;
  return ['mode', 'maskScope', layerIndex === 0 ? 'inputP' : own ? 'layerP' : 'p'];
}

/** Returns the marks that lines of an optimiser carry. */
export const OPTIMIZER_MARKS: readonly SettingName[] = ['optimizer', 'learningRate', 'momentum', 'weightDecay'];

/** Says in a comment what eval has to do in a mode. */
export function evalWord({ settings }: Idiom): string {
  switch (settings.mode) {
    case 'none':
      return 'no dropout';
    case 'standard':
      return 'masks off, times keep';
    case 'unscaled':
      return 'masks off: too large by 1 / keep';
    case 'gaussian':
      return 'noise off';
    default:
      return 'masks off';
  }
}
