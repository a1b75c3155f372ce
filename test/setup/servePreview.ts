/** Builds the page once into a folder of its own and serves it, as any static host would, for the end-to-end tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { buildEmbed } from '../../src/embed/build.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the built page, ending in a slash. */
    baseUrl: string;
    /** Folder of the built page. */
    outDir: string;
  }
}

/** Builds as `npm run build` does: under the test runner's own NODE_ENV it would be React's development build. */
async function buildAsShipped(outDir: string): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ build: { outDir, emptyOutDir: true }, logLevel: 'warn' });
    await buildEmbed({ outDir });
  } finally {
    process.env.NODE_ENV = before;
  }
}

export default async function servePreview(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'dropout-lab-'));
  await buildAsShipped(outDir);
  const server = await preview({ build: { outDir }, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the preview server has no port');
  project.provide('baseUrl', `http://127.0.0.1:${address.port}/`);
  project.provide('outDir', outDir);
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
