/** Installs the bench's peers, exact versions from their own lock file, the first time they are needed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const benchFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const { dependencies } = JSON.parse(readFileSync(join(benchFolder, 'package.json'), 'utf8'));

/** @type {(name: string) => string | null} */
function installedVersion(name) {
  const path = join(benchFolder, 'node_modules', name, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : null;
}

/** Makes sure that every peer is there in its pinned version. Errors: when npm fails. */
export function ensurePeers() {
  if (Object.entries(dependencies).every(([name, version]) => installedVersion(name) === version)) return;
  console.log('Installing the peers of the bench into test/bench/node_modules …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: benchFolder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new Error('the peers could not be installed: run `npm ci` in test/bench to see why, or leave them out with --peers=plain');
}

/** @returns {Record<string, string>} the versions measured */
export const peerVersions = () => ({ ...dependencies });
