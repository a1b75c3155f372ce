/** The lines that matter, in each framework's idiom of today. The public face of `idioms/`. */
import type { SettingName, Settings } from '../../protocol/settings';
import { type CodeConvention, type CodeLine, createIdiom, type Idiom, type IdiomFramework } from './code';
import { jaxIdiom } from './jax';
import { kerasIdiom } from './keras';
import { nnxIdiom } from './nnx';
import { numpyIdiom } from './numpy';
import { tf1Idiom } from './tf1';
import { tf2Idiom } from './tf2';
import { torchIdiom } from './torch';

export { CODE_CONVENTIONS, type CodeConvention, type CodeLine, IDIOM_FRAMEWORKS, type IdiomFramework } from './code';

export const IDIOM_NAMES: Readonly<Record<IdiomFramework, string>> = {
  numpy: 'NumPy',
  torch: 'PyTorch',
  keras: 'Keras 3',
  jax: 'JAX',
  nnx: 'Flax nnx',
  tf1: 'TensorFlow 1',
  tf2: 'TensorFlow 2',
};

const WRITERS: Readonly<Record<IdiomFramework, (idiom: Idiom) => readonly CodeLine[]>> = {
  numpy: numpyIdiom,
  torch: torchIdiom,
  keras: kerasIdiom,
  jax: jaxIdiom,
  nnx: nnxIdiom,
  tf1: tf1Idiom,
  tf2: tf2Idiom,
};

/**
 * Returns the lines of a framework for these settings. They run as they are once `x`, `y` and `x_test` are arrays of the right shape
 * ([n, inputs], and [n, 1] or, for classes of digits, [n]).
 */
export function codeLines(settings: Settings, framework: IdiomFramework, convention: CodeConvention): readonly CodeLine[] {
  return WRITERS[framework](createIdiom(settings, convention));
}

/** Returns the lines as text to copy. */
export function codeText(lines: readonly CodeLine[]): string {
  return `${lines.map(({ text }) => text).join('\n')}\n`;
}

/** Returns the 0-based numbers of the lines that a change of these settings touches. */
export function markedLines(lines: readonly CodeLine[], changed: readonly SettingName[]): readonly number[] {
  return lines.flatMap(({ marks }, index) => (marks.some((mark) => changed.includes(mark)) ? [index] : []));
}
