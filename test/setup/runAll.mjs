/**
 * Runs the stages of the test command, all or those named, and ends with the line `N passed, N failed` over all of them.
 *
 * A stage without tests of its own (format, lint, types) counts as one. `exports` needs Python and runs only when named. `node runAll.mjs [stage …] [-- file …]`.
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

/**
 * Runs a program to its end with its output shown; resolves to whether it exited with 0.
 * @type {(command: string[]) => Promise<boolean>}
 */
function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command ?? '', args, { cwd: root, stdio: 'inherit' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/**
 * Runs programs one after another as one check.
 * @type {(...commands: string[][]) => Promise<Counts>}
 */
async function check(...commands) {
  let passed = true;
  for (const command of commands) passed = (await run(command)) && passed;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/**
 * Runs one Vitest project and counts its tests. A crash, or a project without tests, is a failure even if no test failed.
 * @type {(project: string, files: string[]) => Promise<Counts>}
 */
async function vitest(project, files) {
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
/** @type {Record<string, (files: string[]) => Promise<Counts>>} */
const stages = {
  format: () => check([...biome, 'format', '.']),
  lint: () =>
    check(
      [...biome, 'check', '--formatter-enabled=false', '--error-on-warnings', '.'],
      [...bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'],
    ),
  types: () => check([...bin('typescript/bin/tsc'), '-b']),
  unit: (files) => vitest('unit', files),
  browser: (files) => vitest('browser', files),
  visual: (files) => vitest('visual', files),
  e2e: (files) => vitest('e2e', files),
  exports: (files) => vitest('exports', files),
};
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
    for (const [name, runStage] of Object.entries(stages)) {
      if (!chosen.includes(name)) continue;
      const start = performance.now();
      console.log(`\n== ${name}`);
      add(name, await runStage(files), (performance.now() - start) / 1000);
    }
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
