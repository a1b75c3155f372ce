/**
 * Reads examples from text with separated values. It guesses as little as it can, says what it guessed by what it returns, and names
 * the line of whatever it cannot read.
 */
import { MAX_INPUTS } from '../protocol/settings';
import { classShape, type ImportedExamples, MAX_EXAMPLES } from './imported';

export interface CsvOptions {
  readonly target?: string; // name of the column to predict; default: the last
  readonly task?: 'classes' | 'values'; // default: see `readTargets`
}

interface Row {
  readonly line: number; // 1-based, for messages
  readonly cells: readonly string[];
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const MOST_WHOLE_CLASSES = 10;

/**
 * Reads examples from CSV: comma, semicolon or tab, quotes, with or without a line of names.
 *
 * Errors: Error 'line 3: "x" must be a number, got "abc"'; 'line 4 has 3 cells, expected 4'; 'target "z" is not among the columns x, y';
 * 'line 2: a quote is not closed'; 'there are no examples'; RangeError on inputs or classes beyond what a network here can have.
 */
export function importCsv(text: string, options: CsvOptions = {}): ImportedExamples {
  const rows = splitRows(text.replace(/^\uFEFF/, ''));
  const first = rows[0];
  if (first === undefined) throw new Error('there are no examples');
  const hasNames = options.target !== undefined || first.cells.slice(0, -1).some((cell) => !NUMBER.test(cell)) || isLoneName(rows);
  const names = hasNames ? first.cells : first.cells.map((_, index) => `column ${index + 1}`);
  const targetIndex = options.target === undefined ? names.length - 1 : names.indexOf(options.target);
  if (targetIndex < 0) throw new Error(`target "${options.target}" is not among the columns ${names.join(', ')}`);
  const numInputs = names.length - 1;
  if (numInputs < 1 || numInputs > MAX_INPUTS) throw new RangeError(`inputs must be in [1, ${MAX_INPUTS}], got ${numInputs}`);

  const examples = hasNames ? rows.slice(1) : rows;
  if (examples.length === 0) throw new Error('there are no examples');
  const read = examples.slice(0, MAX_EXAMPLES);
  for (const { line, cells } of read) {
    if (cells.length !== names.length) throw new Error(`line ${line} has ${cells.length} cells, expected ${names.length}`);
  }
  const inputColumns = names.map((_, index) => index).filter((index) => index !== targetIndex);
  const inputs = read.flatMap((row) => inputColumns.map((index) => readNumber(row, index, names)));
  return {
    ...readTargets(read, targetIndex, names, options.task),
    numInputs,
    inputs: Float32Array.from(inputs),
    inputNames: hasNames ? inputColumns.map((index) => names[index] as string) : [],
    leftOut: examples.length - read.length,
  };
}

/**
 * Reads the column to predict. Without being told, it takes words, or up to ten different whole numbers, for classes, in sorted order;
 * anything else for values.
 */
function readTargets(rows: readonly Row[], column: number, names: readonly string[], task: CsvOptions['task']) {
  const cells = rows.map((row) => row.cells[column] as string);
  const distinct = [...new Set(cells)];
  const areNumbers = distinct.every((cell) => NUMBER.test(cell));
  const areClasses = !areNumbers || (distinct.length <= MOST_WHOLE_CLASSES && distinct.every((cell) => Number.isInteger(Number(cell))));
  if (task === 'values' || (task === undefined && !areClasses)) {
    const targets = Float32Array.from(rows, (row) => readNumber(row, column, names));
    return { targets, classNames: [], numOutputs: 1, loss: 'squared' as const };
  }
  const classNames = distinct.sort(areNumbers ? (a, b) => Number(a) - Number(b) : undefined);
  const targets = Float32Array.from(cells, (cell) => classNames.indexOf(cell));
  return { targets, classNames, ...classShape(classNames.length) };
}

function readNumber({ line, cells }: Row, column: number, names: readonly string[]): number {
  const cell = cells[column] as string;
  if (!NUMBER.test(cell)) throw new Error(`line ${line}: "${names[column]}" must be a number, got "${cell}"`);
  return Number(cell);
}

/** Tells a line of names whose inputs look like numbers: its last cell is a word, while all below it are numbers. */
function isLoneName(rows: readonly Row[]): boolean {
  const isNumber = ({ cells }: Row) => NUMBER.test(cells.at(-1) ?? '');
  const [first, ...others] = rows;
  return first !== undefined && !isNumber(first) && others.length > 0 && others.every(isNumber);
}

/** Splits text into rows of trimmed cells. Empty lines are skipped; a quoted cell may hold separators, line breaks and doubled quotes. */
function splitRows(text: string): Row[] {
  const separator = [';', '\t'].find((mark) => text.split('\n', 1)[0]?.includes(mark)) ?? ',';
  const rows: Row[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let rowLine = 1;
  let isQuoted = false;
  const endRow = () => {
    cells.push(cell.trim());
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: rowLine, cells });
    [cells, cell] = [[], ''];
  };
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] as string;
    if (mark === '\n') line += 1;
    if (mark === '"' && isQuoted && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (mark === '"' && (isQuoted || cell.trim() === '')) {
      isQuoted = !isQuoted;
    } else if (isQuoted || (mark !== separator && mark !== '\n')) {
      cell += mark;
    } else if (mark === separator) {
      cells.push(cell.trim());
      cell = '';
    } else {
      endRow();
      rowLine = line;
    }
  }
  if (isQuoted) throw new Error(`line ${rowLine}: a quote is not closed`);
  endRow();
  return rows;
}
