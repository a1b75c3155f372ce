/**
 * A study of a chapter as one JAX script: the same study over seeds and p at once, by `vmap`, on all devices that JAX has.
 *
 * A study says what its parameters are called, what it computes, and which of its numbers the page must share; all else is written
 * here. Nothing is computed here: what the script checks itself against comes from the result on the screen.
 */
import { type ParamRule, STUDIES, type StudyName, type StudyParamsMap } from '../../protocol/studyParams';
import type { StudyResultMap } from '../../protocol/studyResults';
import { SPREAD } from '../python/devices';
import { type Section, writeSection } from '../python/experiment';
import { lines, pyFloat, pyTuple, wrapProse } from '../python/text';
import { type Check, checkEntry } from './checks';

type Params<Name extends StudyName> = StudyParamsMap[Name];

/** A parameter that one script sweeps. */
type Axis<Name extends StudyName> = keyof Params<Name> & string;

export interface StudyScript<Name extends StudyName, Swept extends Axis<Name> = Axis<Name>> {
  /** The head of the script: what is computed, in a phrase. */
  readonly title: string;
  /** The parameter that is swept beside the seed. It is `p` in the script's own functions, and its values are PS. */
  readonly axis: Swept;
  /** What the axis is called in the output, where that is not the parameter's own name. */
  readonly axisName?: string;
  /** What PS holds, for the comment behind it. */
  readonly axisWords: string;
  /** The page's own values on the axis, to be checked; left out: the parameter itself. */
  readonly own?: (params: Params<Name>) => readonly number[];
  /** What every other parameter is, for the comment behind its constant; the constant's name is the parameter's in capitals. */
  readonly words: { readonly [Param in Exclude<Axis<Name>, Swept | 'seed'>]: string };
  /** A sentence or two on what the study does. */
  readonly prose: string;
  /** Python that ends with `def study(seed, p)`, which returns a dict of numbers, arrays and uint8 masks, by the helpers of `STREAMS`. */
  readonly code: (params: Params<Name>) => string;
  /** What the page found at one of its own values on the axis; names are keys of the dict. */
  readonly checks: (params: Params<Name>, result: StudyResultMap[Name], p: number) => readonly Check[];
  /** Why the numbers that are not exact may differ at all, as a sentence. */
  readonly tolerance: string;
  /** A line of Python for when a number differs from the page's; it knows `name`, `p`, `here` and `wanted`. */
  readonly afterDifference?: string;
  /** Numbers of the dict that the table shows. */
  readonly columns: readonly string[];
  /** How many seeds one device takes at a time, where one seed needs much memory. Default 8. */
  readonly seedsAtOnce?: (params: Params<Name>) => number;
}

export interface StudySweepOptions {
  /** Values on the axis; the page's own are added, those out of the parameter's range left out. */
  readonly ps?: readonly number[];
  /** Seeds to try, the page's own first. */
  readonly numSeeds?: number;
}

const DEFAULT_PS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The streams of the studies, in the order of their numbers: the page draws from the same. */
const STREAMS = `STREAMS = ("weights", "inputs", "targets", "order", "passes", "evaluation", "choice")
fold_in = jax.random.fold_in


def stream_key(seed, stream):
    """Return the key of a stream of random numbers: apart from the others, and from those of the lab."""
    return fold_in(fold_in(jax.random.key(seed), np.uint32(0x80010000)), STREAMS.index(stream))


def normal(key, shape):
    """Draw from N(0, 1), in float32 as the page does, to be reckoned with in float64."""
    return jax.random.normal(key, shape, jnp.float32).astype(jnp.float64)


def draw_mask(key, p, shape):
    """Draw a mask, 1 = kept: a float32 uniform below 1 - p."""
    return jax.random.bernoulli(key, jnp.asarray(1 - p).astype(jnp.float32), shape)`;

const RUN = `def run_sweep():
    """Run all; return every number of the study as an array [SEEDS, PS, ...]."""
    sweep = jax.jit(jax.vmap(jax.vmap(study, (None, 0)), (0, None)))
    count = SEEDS_AT_ONCE * len(jax.devices())
    parts = []
    for start in range(0, len(SEEDS), count):
        seeds = np.array(SEEDS[start : start + count], np.uint32)
        part = sweep(spread(seeds), np.array(PS))
        parts.append({name: np.asarray(values)[: len(seeds)] for name, values in part.items()})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def print_table(results):
    """Print mean and standard deviation over the seeds, for each p."""
    print(f"{AXIS:<10}" + "".join(f"{name:<28}" for name in COLUMNS).rstrip())
    for i, p in enumerate(PS):
        with np.errstate(invalid="ignore"):
            cells = [(np.mean(results[name][:, i]), np.std(results[name][:, i])) for name in COLUMNS]
        print(f"{p:<10}" + "".join(f"{f'{mean:.5g} +- {sd:.2g}':<28}" for mean, sd in cells).rstrip())


def write_csv(path, results):
    """Write one line for each p and seed: all numbers, without the masks."""
    numbers = {name: values for name, values in results.items() if values.dtype != np.uint8}
    places = {name: list(np.ndindex(values.shape[2:])) for name, values in numbers.items()}
    heads = [name + "".join(f"[{i}]" for i in place) for name in numbers for place in places[name]]
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([AXIS, "seed", *heads])
        for i, p in enumerate(PS):
            for s, seed in enumerate(SEEDS):
                writer.writerow([p, seed, *(values[(s, i, *place)] for name, values in numbers.items() for place in places[name])])`;

/** Where a study may have a word to say of a difference. */
const AFTERWARDS = '# afterwards';

const CHECK = `def difference(here, wanted, allowed):
    """Return in words how a number, an array or a mask differs from the page's; "" if it does not. NaN equals NaN."""
    if isinstance(wanted, str):
        checksum = f"{zlib.crc32(np.ascontiguousarray(here, np.uint8).tobytes()):08x}"
        return "" if checksum == wanted else f"mask {checksum} here, {wanted} on the page"
    here, wanted = np.ravel(here).astype(np.float64), np.ravel(wanted).astype(np.float64)
    if len(here) < len(wanted):
        return f"{len(here)} numbers here, {len(wanted)} on the page"
    here = here[: len(wanted)]  # of long curves the page hands over the start
    allowed = np.broadcast_to(np.float64(allowed), wanted.shape)
    same = (here == wanted) | (np.isnan(here) & np.isnan(wanted))
    with np.errstate(invalid="ignore"):
        apart = np.flatnonzero(~(same | (abs(here - wanted) <= allowed)))
    if len(apart) == 0:
        return ""
    i = apart[0]
    return f"{here[i]:.10g} here, {wanted[i]:.10g} on the page, where {allowed[i]:.2g} is allowed"


def is_same_study(results):
    """Compare the page's own study, which is one of these, with the numbers on the page, and say so."""
    total = exact = 0
    for p, numbers in PAGE.items():
        if p not in PS or PAGE_SEED not in SEEDS:
            print(f"NOT CHECKED: the page's own study, {AXIS} = {p} and seed {PAGE_SEED}, is no longer among these.")
            continue
        for name, (wanted, allowed) in numbers.items():
            here = results[name][SEEDS.index(PAGE_SEED), PS.index(p)]
            words = difference(here, wanted, allowed)
            if words:
                print(f"DIFFERENT: this is not the study of the page. {AXIS} = {p}: {name}: {words}.")
                ${AFTERWARDS}return False
            count = 1 if isinstance(wanted, str) else np.size(wanted)
            total, exact = total + count, exact + (count if allowed == 0 else 0)
    if total > 0:
        print(f"THE SAME STUDY: {total} numbers of the page agree, {exact} of them exactly.")
    return True`;

/** Returns the name under which a study is saved, and run. */
export function studyFileName(name: StudyName): string {
  return `dropout_lab_${snake(name)}.py`;
}

/**
 * Writes the script of a study that is done.
 * Errors: RangeError when `numSeeds` is not a whole number from 1 up.
 */
export function writeStudyScript<Name extends StudyName>(
  name: Name,
  script: StudyScript<Name>,
  { params, result }: { readonly params: Params<Name>; readonly result: StudyResultMap[Name] },
  { ps = DEFAULT_PS, numSeeds = 8 }: StudySweepOptions,
): string {
  if (!Number.isInteger(numSeeds) || numSeeds < 1) throw new RangeError(`numSeeds must be a whole number from 1 up, got ${numSeeds}`);
  const own = script.own?.(params) ?? [Number(params[script.axis])];
  const inRange = ps.filter((value) => isInRange(STUDIES[name].params[script.axis], value));
  const values = [...new Set([...inRange, ...own])].sort((a, b) => a - b);
  const sections: Section[] = [
    sweepSection(script, { params, values, numSeeds }),
    {
      title: 'What a seed decides',
      prose: "Random numbers come from streams, each with a key of its own. They are the page's own: masks bit for bit.",
      code: STREAMS,
    },
    { title: 'The study', prose: script.prose, code: script.code(params) },
    {
      title: 'All of them at once',
      prose:
        'vmap multiplies the study by every p and every seed; a draw that does not depend on p is made once for all. The seeds are cut evenly ' +
        'among the devices, filled up with repeats of the first.',
      code: lines(
        `SEEDS_AT_ONCE = ${script.seedsAtOnce?.(params) ?? 8}  # for each device: the fewer, the less memory it takes`,
        `COLUMNS = ${pyTuple(script.columns.map((column) => `"${column}"`))}  # what the table shows`,
        '',
        '',
        SPREAD,
        '',
        '',
        RUN,
      ),
    },
    {
      title: 'Is it the same?',
      prose:
        'The numbers of the page, for its own seed, each with the greatest difference allowed. Masks, given by their CRC-32, and counts must ' +
        `agree exactly. ${script.tolerance}`,
      code: lines(
        `PAGE_SEED = ${Number(params.seed)}`,
        'NAN, INFINITY = float("nan"), float("inf")',
        'PAGE = {',
        ...own.flatMap((p) => [
          `    ${pyFloat(p)}: {`,
          ...script.checks(params, result, p).map((check) => `        ${checkEntry(check)},`),
          '    },',
        ]),
        '}',
        '',
        '',
        CHECK.replace(AFTERWARDS, script.afterDifference === undefined ? '' : `${script.afterDifference}\n                `),
      ),
    },
  ];
  return assemble(name, script, sections);
}

function sweepSection<Name extends StudyName>(
  { axis, axisName = snake(axis), axisWords, words }: StudyScript<Name>,
  { params, values, numSeeds }: { params: Params<Name>; values: readonly number[]; numSeeds: number },
): Section {
  return {
    title: 'The sweep',
    prose: 'Change PS and SEEDS as you like. What follows them is the rest of the study as it was on the page.',
    code: lines(
      `PS = ${pyTuple(values.map(pyFloat))}  # ${axisWords}`,
      `SEEDS = tuple((${Number(params.seed)} + i) % 2**32 for i in range(${numSeeds}))  # the first is the page's`,
      `AXIS = "${axisName}"  # what the values in PS are called`,
      '',
      ...Object.entries<string>(words).map(
        ([param, text]) => `${snake(param).toUpperCase()} = ${pyLiteral(params[param as keyof Params<Name>])}  # ${text}`,
      ),
    ),
  };
}

function assemble<Name extends StudyName>(name: Name, { title }: StudyScript<Name>, sections: readonly Section[]): string {
  const file = studyFileName(name);
  const data = file.replace('.py', '.csv');
  const head = lines(
    `"""A study of Dropout Lab, in JAX: ${title}.`,
    '',
    ...wrapProse(
      'Every p with every seed, on all devices that JAX has. It checks itself against the numbers of the page. Needs JAX 0.5 or newer.',
    ),
    '',
    `    python ${file}`,
    '"""',
  );
  const body = sections.map((section) => `\n${writeSection(section)}`);
  const text = body.join('');
  const imports = lines(
    ...['csv', 'math', 'sys', 'zlib'].filter((module) => module !== 'math' || text.includes('math.')).map((module) => `import ${module}`),
    text.includes('(NamedTuple)') && 'from typing import Callable, NamedTuple',
    '',
    'import jax',
    'import jax.numpy as jnp',
    'import numpy as np',
    '',
    'jax.config.update("jax_enable_x64", True)  # the page reckons in float64',
  );
  const main = `if __name__ == "__main__":
    RESULTS = run_sweep()
    print(f"{len(PS)} values of {AXIS} x {len(SEEDS)} seeds on {len(jax.devices())} {jax.devices()[0].platform} device(s)")
    print_table(RESULTS)
    write_csv("${data}", RESULTS)
    print("Every number: ${data}")
    sys.exit(0 if is_same_study(RESULTS) else 1)`;
  return `${[head, imports, ...body, `\n${main}`].join('\n\n')}\n`;
}

/** Returns a name as Python writes it: `numWeights` as `num_weights`. */
function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function pyLiteral(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? pyTuple(value.map(pyLiteral)) : `"${String(value)}"`;
}

function isInRange(rule: ParamRule<unknown>, value: number): boolean {
  return 'min' in rule && value >= rule.min && value <= rule.max;
}
