/**
 * `npm run bench`: measures the core against its peers and against the machine, in a real Chromium, and the page on top of it.
 * Results are checked before anything is timed. `npm run bench -- --help` lists the flags; the numbers of whole runs stay in results/latest.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensureCore } from '../setup/ensureCore.mjs';
import { withBenchPage } from './driver/benchPage.mjs';
import { measureCore } from './driver/coreFacts.mjs';
import { checkFacts } from './driver/facts.mjs';
import { isWholeRun, readOptions } from './driver/options.mjs';
import { measurePage } from './driver/pageFacts.mjs';
import { benchFolder, ensurePeers, peerVersions } from './driver/peers.mjs';
import { measureSpeed } from './driver/speed.mjs';

/** @type {(browserVersion: string) => object} */
const machine = (browserVersion) => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  chromium: browserVersion,
  peers: peerVersions(),
});

/**
 * Writes the numbers to results/, each run under its date; a whole run is also the latest, which is committed.
 * @type {(result: object, options: import('./driver/options.mjs').Options) => void}
 */
function keep(result, options) {
  const folder = join(benchFolder, 'results');
  mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify(result, null, 2)}\n`;
  writeFileSync(join(folder, `${new Date().toISOString().replaceAll(':', '-')}.json`), text);
  if (isWholeRun(options)) writeFileSync(join(folder, 'latest.json'), text);
}

async function main() {
  const options = readOptions();
  await ensureCore();
  ensurePeers();
  const result = await withBenchPage(async (page, browserVersion) => {
    const about = machine(browserVersion);
    console.log(JSON.stringify(about));
    const speed = options.parts.includes('speed') ? await measureSpeed(page, options) : { results: [], missed: [] };
    const core = options.parts.includes('core') ? await measureCore(page, options) : {};
    const shown = options.parts.includes('page') ? await measurePage(page, options) : {};
    const facts = { ...core, ...shown };
    const missed = [...speed.missed, ...checkFacts(facts, options)];
    return { date: new Date().toISOString(), options, machine: about, speed: speed.results, facts, missed };
  });
  keep(result, options);
  console.log(
    result.missed.length === 0 ? '\nEvery target is reached.' : `\nMissed:\n${result.missed.map((line) => `  ${line}`).join('\n')}`,
  );
}

await main();
