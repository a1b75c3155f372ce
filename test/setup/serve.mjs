/** Builds the core, starts the development server, prints its address and opens it where there is a screen. `node serve.mjs [path]`. */
import { spawn } from 'node:child_process';
import { createServer } from 'vite';
import { ensureCore } from './ensureCore.mjs';

const path = process.argv[2] ?? '/';

/**
 * Opens an address in the user's browser; a machine without one is no error, since the address is printed.
 * @type {(address: string) => void}
 */
function openAddress(address) {
  const hasScreen = process.platform === 'darwin' || process.platform === 'win32' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (process.env.CI || process.env.BROWSER === 'none' || !hasScreen) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

await ensureCore();
const server = await createServer();
await server.listen();
const address = new URL(path, server.resolvedUrls?.local[0] ?? `http://localhost:${server.config.server.port}/`).href;
console.log(`\n  Dropout Lab is at  ${address}\n  Ctrl-C stops it.\n`);
openAddress(address);
