/** Finds a Python and says which libraries it has, so that checks without one are skipped in words. `PYTHON` names another interpreter. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PYTHON = process.env.PYTHON ?? 'python3';

const LIBRARIES = ['numpy', 'torch', 'keras', 'jax', 'flax', 'optax', 'tensorflow'] as const;
export type Library = (typeof LIBRARIES)[number];

function findLibraries(): ReadonlySet<string> {
  const question = `import importlib.util as u; print(*[n for n in ${JSON.stringify(LIBRARIES)} if u.find_spec(n)])`;
  const { status, stdout } = spawnSync(PYTHON, ['-c', question], { encoding: 'utf8' });
  return new Set(status === 0 ? stdout.trim().split(/\s+/) : []);
}

const found = findLibraries();

/** Says once, for each file of tests, what will be skipped and what helps. */
function warnOfMissing(): void {
  const absent = LIBRARIES.filter((library) => !found.has(library));
  if (absent.length === 0) return;
  const what = found.size === 0 ? `${PYTHON} cannot be run, or has none of the libraries` : `${PYTHON} has no ${absent.join(', ')}`;
  console.warn(`Exports: ${what}. What needs them is SKIPPED. Set PYTHON to an interpreter that has ${LIBRARIES.join(', ')}.`);
}
warnOfMissing();

/** Returns what is missing for a check, in words for a test's name: "" when nothing is. */
export function missing(libraries: readonly Library[]): string {
  const absent = libraries.filter((library) => !found.has(library));
  return absent.length === 0 ? '' : `skipped: ${PYTHON} has no ${absent.join(', ')}`;
}

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

const ENVIRONMENT = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', JAX_PLATFORMS: 'cpu', OMP_NUM_THREADS: '1', PYTHONWARNINGS: 'ignore' };

interface RunOptions {
  readonly input?: string;
  readonly folder?: string; // to run in
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs Python with arguments; resolves to its exit code and all it wrote. */
export function runPython(args: readonly string[], { input = '', folder, variables }: RunOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, [...args], { env: { ...ENVIRONMENT, ...variables }, ...(folder && { cwd: folder }) });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
    child.stdin.on('error', () => {}); // a program that ends without reading its input is judged by its exit code
    child.stdin.end(input);
  });
}

/** Writes files to a folder of their own, hands its path to `work`, and removes it. */
export async function withFiles<Result>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'dropout-lab-exports-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
