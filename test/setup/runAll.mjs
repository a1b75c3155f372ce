/**
 * Runs the stages of the test command, all or those named, and ends with the line `N passed, N failed` over all of them.
 *
 * A stage without tests of its own (format, lint, types) counts as one. `exports` needs Python and runs only when named. Several stages run
 * in two lanes side by side, and what one says is shown when it has ended. `node runAll.mjs [stage …] [-- file …]`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCore, root } from './ensureCore.mjs';
import { ensureBrowser } from './findBrowser.mjs';

const reports = mkdtempSync(join(tmpdir(), 'dropout-lab-test-'));
/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @type {(packagePath: string) => string[]} */
const bin = (packagePath) => [process.execPath, join(root, 'node_modules', packagePath)];

/** How long what an ended program has started may hold its output open. */
const GRACE_MS = 2000;
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Waits for a program's end, and for its output. @type {(child: import('node:child_process').ChildProcess) => Promise<boolean>} */
function ended(child) {
  running.add(child);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    /** @type {NodeJS.Timeout | undefined} */
    let grace;
    child.once('close', (code) => {
      clearTimeout(grace);
      resolve(code === 0);
    });
    child.once('exit', (code) => {
      running.delete(child);
      grace = setTimeout(() => resolve(code === 0), GRACE_MS);
    });
  });
}

/** Stops all that runs, and says so. @type {(signal: NodeJS.Signals) => void} */
function stop(signal) {
  for (const child of running) child.kill(signal);
  rmSync(reports, { recursive: true, force: true });
  console.log(`\nStopped by ${signal}: 0 passed, 1 failed`);
  process.exit(1);
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

/** Runs a program to its end; resolves to whether it exited with 0. @typedef {(command: string[]) => Promise<boolean>} Run */

/** Shows the output as it comes, and lets the program use the terminal. @type {Run} */
function runShown([command, ...args]) {
  return ended(spawn(command ?? '', args, { cwd: root, stdio: 'inherit' }));
}

/** Returns a runner that keeps the output in `told`. @type {(told: Buffer[]) => Run} */
function runKept(told) {
  const env = process.stdout.isTTY && process.env.NO_COLOR === undefined ? { FORCE_COLOR: '1', ...process.env } : process.env;
  return ([command, ...args]) => {
    const child = spawn(command ?? '', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
    child.stdout.on('data', (chunk) => told.push(chunk));
    child.stderr.on('data', (chunk) => told.push(chunk));
    return ended(child);
  };
}

/**
 * Runs programs one after another as one check.
 * @type {(run: Run, ...commands: string[][]) => Promise<Counts>}
 */
async function check(run, ...commands) {
  let passed = true;
  for (const command of commands) passed = (await run(command)) && passed;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/**
 * Runs one Vitest project and counts its tests. A crash, or a project without tests, is a failure even if no test failed.
 * @type {(run: Run, project: string, files: string[]) => Promise<Counts>}
 */
async function vitest(run, project, files) {
  const outputFile = join(reports, `${project}.json`);
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  // Two at once: by default Vitest leaves one of two cores idle.
  const args = ['run', '--project', project, '--maxWorkers=2', ...report, ...files];
  const ok = await run([...bin('vitest/vitest.mjs'), ...args]);
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    const told = JSON.parse(readFileSync(outputFile, 'utf8'));
    counts = { passed: told.numPassedTests, failed: told.numFailedTests, skipped: told.numPendingTests + told.numTodoTests };
  } catch {
    console.error(`${project}: no report was written`);
  }
  if (!ok && counts.failed === 0) counts.failed = 1;
  return counts;
}

const biome = bin('@biomejs/biome/bin/biome');
/** @typedef {(run: Run, files: string[]) => Promise<Counts>} Stage */
/** @type {Record<string, Stage>} */
const stages = {
  format: (run) => check(run, [...biome, 'format', '.']),
  lint: (run) =>
    check(
      run,
      [...biome, 'check', '--formatter-enabled=false', '--error-on-warnings', '.'],
      [...bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'],
    ),
  types: (run) => check(run, [...bin('typescript/bin/tsc'), '-b']),
  unit: (run, files) => vitest(run, 'unit', files),
  browser: (run, files) => vitest(run, 'browser', files),
  visual: (run, files) => vitest(run, 'visual', files),
  e2e: (run, files) => vitest(run, 'e2e', files),
  exports: (run, files) => vitest(run, 'exports', files),
};
/** One lane's stages; the other takes the rest, about as long. Types come before e2e, which lets the compiler write the same files for the package. */
const FIRST_LANE = ['types', 'visual', 'e2e'];
const needsBrowser = new Set(['browser', 'visual', 'e2e']);

async function main() {
  const args = process.argv.slice(2);
  const split = args.indexOf('--');
  const wanted = split < 0 ? args : args.slice(0, split);
  const files = split < 0 ? [] : args.slice(split + 1);
  const unknown = wanted.filter((name) => !(name in stages));
  if (unknown.length > 0) throw new Error(`stage must be one of ${Object.keys(stages).join(', ')}, got ${unknown.join(', ')}`);
  const chosen = wanted.length > 0 ? wanted : Object.keys(stages).filter((name) => name !== 'exports');

  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const lines = [];
  /** @type {(name: string, counts: Counts, seconds: number) => void} */
  const add = (name, counts, seconds) => {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    lines.push(`${name.padEnd(8)} ${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds.toFixed(1)} s)`);
  };
  try {
    if (chosen.some((name) => needsBrowser.has(name))) process.env.CHROME_PATH = ensureBrowser();
    await ensureCore();
    /** @type {(name: string, runStage: Stage) => Promise<void>} */
    const show = async (name, runStage) => {
      const start = performance.now();
      /** @type {Buffer[]} */
      const told = [];
      const isAlone = chosen.length === 1;
      console.log(isAlone ? `\n== ${name}` : `-- ${name} begins`);
      const counts = await runStage(isAlone ? runShown : runKept(told), files);
      if (!isAlone) process.stdout.write(`\n== ${name}\n${Buffer.concat(told).toString()}\n`);
      add(name, counts, (performance.now() - start) / 1000);
    };
    /** @type {(isMember: (name: string) => boolean) => Promise<void>} */
    const runLane = async (isMember) => {
      for (const [name, runStage] of Object.entries(stages)) if (chosen.includes(name) && isMember(name)) await show(name, runStage);
    };
    await Promise.all([runLane((name) => FIRST_LANE.includes(name)), runLane((name) => !FIRST_LANE.includes(name))]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    add('setup', { passed: 0, failed: 1, skipped: 0 }, 0);
  }
  console.log(`\n${lines.join('\n')}`);
  return total;
}

let total = { passed: 0, failed: 1 };
try {
  total = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed`);
