/**
 * Finds a Chromium for the tests and the bench, and installs one where none is found.
 *
 * Order: CHROME_PATH or CHROME_BIN, Playwright's own, the system's, apt as root, `playwright install`, else an error that says what to do.
 * `findBrowser` only looks; `ensureBrowser` may install. SKIP_BROWSER_INSTALL=1 forbids installing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';

/**
 * A browser heeds only the last list of features, so this one has those of Playwright's that matter to a page, and two of its own: the popup
 * of the address bar, which nobody sees here and which else is a page beside each page, with a process to itself.
 */
const DISABLED_FEATURES = [
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'Translate',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** Flags every launch uses: no calls home, and the same pixels on every Linux. */
export const BROWSER_ARGS = [
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-domain-reliability',
  '--no-pings',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--disable-lcd-text',
];

const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_PATHS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];
const LINUX_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];

const isLinux = process.platform === 'linux';

/**
 * Tells whether the program starts; a snap stub is executable but does not. Not for Windows, where it would open a window.
 * @param {string} path
 */
function answersVersion(path) {
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

function systemPaths() {
  if (process.platform === 'darwin') return MAC_PATHS;
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]);
    return roots.flatMap((root) => (root ? WINDOWS_PATHS.map((path) => join(root, path)) : []));
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Returns the path of a Chromium on this machine, or null. Errors: CHROME_PATH or CHROME_BIN names nothing, or on Linux nothing that starts. */
export function findBrowser() {
  for (const name of ['CHROME_PATH', 'CHROME_BIN']) {
    const path = process.env[name];
    if (!path) continue;
    if (!existsSync(path)) throw new Error(`${name} is "${path}", which does not exist. Correct it or unset it.`);
    if (isLinux && !answersVersion(path)) throw new Error(`${name} is "${path}", which is no browser that starts. Correct it or unset it.`);
    return path;
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  return systemPaths().find((path) => existsSync(path) && (!isLinux || answersVersion(path))) ?? null;
}

/** @type {(command: string, args: string[]) => boolean} */
function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

function installByApt() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  const lock = ['-o', 'DPkg::Lock::Timeout=120'];
  const install = () => run('apt-get', [...lock, 'install', '-y', '--no-install-recommends', 'chromium']);
  return install() || (run('apt-get', [...lock, 'update']) && install());
}

/** Returns the path of a Chromium, installing one if need be. Errors: with what to do, where none can be had. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.env.SKIP_BROWSER_INSTALL !== '1') {
    console.log('No Chromium, Chrome or Edge found: installing one.');
    installByApt();
    const installed = findBrowser();
    if (installed) return installed;
    run('npx', ['playwright', 'install', '--no-shell', 'chromium']);
    const downloaded = findBrowser();
    if (downloaded) return downloaded;
  }
  throw new Error(
    [
      'The browser tests need Chromium, Chrome or Edge, and none was found or could be installed. One of these helps:',
      '  - install Chrome, Chromium or Edge, and run the command again;',
      '  - on Debian or Ubuntu:  sudo apt-get install chromium',
      '  - anywhere else:        npx playwright install --no-shell chromium',
      '  - or say where it is:   CHROME_PATH=/path/to/chrome npm test',
    ].join('\n'),
  );
}

/** Starts the browser found, with the flags every launch uses and `more`. @type {(more?: string[]) => Promise<import('playwright').Browser>} */
export function launchBrowser(more = []) {
  return chromium.launch({ executablePath: ensureBrowser(), args: [...BROWSER_ARGS, ...more] });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(`browser: ${ensureBrowser()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
