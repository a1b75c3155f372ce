/** The flags of the bench. */
import { parseArgs } from 'node:util';

const PEERS = ['plain', 'tfjs-wasm', 'tfjs-cpu', 'jax-js', 'convnetjs'];
const WORKLOAD_NAMES = ['tiny', 'small', 'digits', 'large'];
const PARTS = ['speed', 'core', 'page'];

const HELP = `npm run bench -- [flags]
  --quick             few and short rounds: to see that it works, not to quote
  --only=tiny,digits  these workloads only          (${WORKLOAD_NAMES.join(', ')})
  --peers=plain       against these only            (${PEERS.join(', ')})
  --parts=speed,page  these parts only              (${PARTS.join(', ')})
  --long              also the heap after ten minutes of training
  --rounds=9          how many interleaved rounds
  --help`;

/**
 * @typedef {object} Options
 * @property {boolean} quick
 * @property {boolean} long
 * @property {string[]} only
 * @property {string[]} peers
 * @property {string[]} parts
 * @property {number} rounds
 * @property {number} roundMs how long each contender trains in a round
 */

/** @type {(name: string, value: string | undefined, all: string[]) => string[]} */
function chooseFrom(name, value, all) {
  const chosen = value?.split(',') ?? all;
  const unknown = chosen.filter((entry) => !all.includes(entry));
  if (unknown.length > 0) throw new RangeError(`--${name} must be among ${all.join(', ')}, got ${unknown.join(', ')}`);
  return chosen;
}

/**
 * Reads the flags; prints the help and ends when asked.
 * @returns {Options}
 */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      only: { type: 'string' },
      peers: { type: 'string' },
      parts: { type: 'string' },
      rounds: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const rounds = Number(values.rounds ?? (values.quick ? 3 : 9));
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`--rounds must be a whole number from 1 up, got ${values.rounds}`);
  return {
    quick: values.quick,
    long: values.long,
    only: chooseFrom('only', values.only, WORKLOAD_NAMES),
    peers: chooseFrom('peers', values.peers, PEERS),
    parts: chooseFrom('parts', values.parts, PARTS),
    rounds,
    roundMs: values.quick ? 120 : 500,
  };
}

/** Tells whether a run leaves nothing out. @type {(options: Options) => boolean} */
export function isWholeRun({ quick, only, peers, parts }) {
  return !quick && only.length === WORKLOAD_NAMES.length && peers.length === PEERS.length && parts.length === PARTS.length;
}
