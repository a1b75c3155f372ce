/**
 * The npm package as others get it: packed, installed into an empty Vite app in a scratch folder, type-checked, built and opened.
 *
 * React comes from the registry there; without a network the test is skipped, and says so.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright';
import { preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAsShipped } from '../../src/embed/build.mjs';
import { buildPackage } from '../../src/embed/buildPackage.mjs';
import { launchBrowser } from '../setup/findBrowser.mjs';

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

const APP = `
import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { DropoutLab, type DropoutLabElement, type Settings, type Snapshot } from 'dropout-lab';

function App() {
  const lab = useRef<DropoutLabElement>(null);
  const [p, setP] = useState(0.37);
  const [told, setTold] = useState<Settings | null>(null);
  const [taken, setTaken] = useState<Snapshot | null>(null);
  const [step, setStep] = useState(0);
  const take = async () => {
    await lab.current?.advance(10);
    setTaken((await lab.current?.snapshot()) ?? null);
  };
  return (
    <>
      <button onClick={() => setP(0)}>no drop</button>
      <button onClick={() => void take()}>train</button>
      <button onClick={() => setStep(step + 7)}>go on</button>
      <output>{JSON.stringify({ told: told?.p, step: taken?.step, p: taken?.settings.p, units: taken?.settings.hidden })}</output>
      <DropoutLab ref={lab} p={p} seed={0} hidden={[6, 5]} figure="network" step={step} hide={['mode']} onSettingsChange={setTold} />
      {step > 0 && <DropoutLab data-testid="late" p={undefined} step={step} figure="loss" onError={undefined} />}
    </>
  );
}
createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
`;

const FILES: Record<string, string> = {
  'package.json': JSON.stringify({ name: 'app', private: true, type: 'module', dependencies: { react: '19.3.1', 'react-dom': '19.3.1' } }),
  'index.html': '<!doctype html><div id="root"></div><script type="module" src="/main.tsx"></script>',
  'main.tsx': APP,
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      module: 'ESNext',
      moduleResolution: 'bundler',
      jsx: 'react-jsx',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      // The package's own types must stand without any other package.
      skipLibCheck: false,
      types: [],
    },
    include: ['main.tsx'],
  }),
};

let browser: Browser;
let folder = '';
beforeAll(async () => {
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'dropout-lab-app-'));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

async function hasRegistry(): Promise<boolean> {
  return run(npm, ['view', 'react@19.3.1', 'version', '--fetch-retries=0', '--fetch-timeout=8000'], { cwd: root }).then(
    () => true,
    () => false,
  );
}

/** Packs the package as `npm publish` would; returns the tarball. */
async function pack(): Promise<string> {
  const staged = join(folder, 'package');
  await mkdir(join(staged, 'dist'), { recursive: true });
  for (const name of ['package.json', 'README.md', 'LICENSE']) await cp(join(root, name), join(staged, name));
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'src/app'], { cwd: root });
  await buildPackage({ outDir: join(staged, 'dist/lib') });
  await run(npm, ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: staged });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack wrote no tarball');
  return join(folder, tarball);
}

test('EM9 the package installs into an empty Vite app, is type-checked there, builds and works', async ({ skip }) => {
  if (!(await hasRegistry())) skip('no network: the npm registry, from which the app would get React, does not answer');
  const tarball = await pack();
  const app = join(folder, 'app');
  await mkdir(app);
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(app, name), text);
  await run(npm, ['install', '--no-audit', '--no-fund', '--no-save', tarball, '@types/react@19.3.0', '@types/react-dom@19.3.0'], {
    cwd: app,
  });

  const installed = JSON.parse(await readFile(join(app, 'node_modules/dropout-lab/package.json'), 'utf8')) as Record<string, unknown>;
  expect(installed).toMatchObject({ sideEffects: expect.arrayContaining(['./dist/lib/element.js']), peerDependencies: { react: '>=19' } });
  expect(installed).not.toHaveProperty('dependencies');

  // On a server there is no window, and no element yet: the tag with its attributes is all.
  const onServer = `
    const [{ createElement }, { renderToString }] = [await import('react'), await import('react-dom/server')];
    await import('dropout-lab/element');
    const { DropoutLab } = await import('dropout-lab');
    console.log(renderToString(createElement(DropoutLab, { p: 0, hidden: [6, 5], step: 0, hide: ['seed', 'mode'] })));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', onServer], { cwd: app });
  expect(stdout.trim()).toBe('<dropout-lab units="6,5" p="0" hide="seed mode" step="0"></dropout-lab>');

  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', app]);
  await writeFile(join(app, 'main.tsx'), APP.replace('seed={0}', 'seed="0"'));
  await expect(run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', app])).rejects.toThrow();
  await writeFile(join(app, 'main.tsx'), APP);

  await buildAsShipped({ root: app, configFile: false, logLevel: 'warn', build: { chunkSizeWarningLimit: 900 } });
  const server = await preview({ root: app, configFile: false, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the preview has no port');
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) complaints.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.locator('dropout-lab').getByRole('grid').waitFor();
  const output = () => page.locator('output').textContent();
  await page.getByRole('button', { name: 'train' }).click();
  await expect.poll(output).toBe(JSON.stringify({ step: 10, p: 0.37, units: [6, 5] }));
  await page.getByRole('button', { name: 'no drop' }).click();
  await expect.poll(output).toContain('"told":0');
  await page.getByRole('button', { name: 'train' }).click();
  await expect.poll(output).toBe(JSON.stringify({ told: 0, step: 20, p: 0, units: [6, 5] }));
  await page.getByRole('button', { name: 'go on' }).click();
  const steps = () =>
    page.evaluate(() => [...document.querySelectorAll('dropout-lab')].map((lab) => (lab as unknown as { step: number }).step));
  await expect.poll(steps).toEqual([7, 7]);
  await page.getByRole('button', { name: 'go on' }).click();
  await expect.poll(steps).toEqual([14, 14]);
  expect(await page.getByTestId('late').getAttribute('step')).toBe('14');
  expect(complaints).toEqual([]);
  await page.close();
  await server.close();
}, 120_000);
