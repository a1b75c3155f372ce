/**
 * The Vite plugins of the house: the WebAssembly core is kept built and goes along as a file, the build carries its content security
 * policy, and a preview asks for a build.
 */
import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { coreSources, ensureCore } from './ensureCore.mjs';

/**
 * Builds the core before anything else, and again, with a full reload, when one of its sources changes.
 * A core that does not compile fails a build, but only warns a server: other rooms can still be worked on.
 * @returns {import('vite').Plugin}
 */
export function corePlugin() {
  return {
    name: 'dropout-lab:core',
    async buildStart() {
      try {
        await ensureCore();
      } catch (error) {
        if (!this.environment || this.environment.mode === 'build') throw error;
        this.warn(error instanceof Error ? error.message : String(error));
      }
    },
    async hotUpdate({ file, server }) {
      if (
        !file
          .split('/')
          .join(sep)
          .startsWith(coreSources + sep)
      )
        return undefined;
      await ensureCore(true);
      server.ws.send({ type: 'full-reload' });
      return [];
    },
    configureServer(server) {
      server.watcher.add(coreSources);
    },
  };
}

/**
 * Lets the workers of the built page fetch the core as a file: as text inside a script it is half as large again.
 * @returns {import('vite').Plugin}
 */
export function coreFilePlugin() {
  return {
    name: 'dropout-lab:core-file',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      return source === './coreSource' ? this.resolve('./coreFile', importer) : null;
    },
  };
}

/**
 * What the built page may do: everything from its own origin, nothing from any other, no script or style but from a file. Trusted types:
 * no text becomes markup or a script, and src/app/ownFiles.ts vouches for the addresses of workers.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

/**
 * Writes the policy into the head of the built page; the dev server's injected scripts and styles would not pass it.
 * @returns {import('vite').Plugin}
 */
export function securityPolicyPlugin() {
  return {
    name: 'dropout-lab:security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }, injectTo: 'head-prepend' },
    ],
  };
}

/**
 * Refuses to show a build that is not there, which would be an empty page of the server's.
 * @returns {import('vite').Plugin}
 */
export function previewPlugin() {
  return {
    name: 'dropout-lab:preview',
    configurePreviewServer({ config }) {
      const folder = resolve(config.root, config.build.outDir);
      if (!existsSync(join(folder, 'index.html'))) throw new Error(`there is nothing to preview in ${folder}: npm run build makes it`);
    },
  };
}
