/** How the page is served, built and tested. Builds are static and relative: `dist/` works from any folder of any host. */
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { firstLoadInOneFile } from './test/setup/chunks.mjs';
import { BROWSER_ARGS, findBrowser } from './test/setup/findBrowser.mjs';
import { offlinePlugin } from './test/setup/offline.mjs';
import { coreFilePlugin, corePlugin, previewPlugin, securityPolicyPlugin } from './test/setup/plugins.mjs';
import { workerBundlePlugin } from './test/setup/workerBundle.mjs';

// Who serves or builds needs no browser.
const executablePath = process.env.VITEST ? findBrowser() : null;
/** Made anew for each project: Vitest writes the project's name into it. */
const browser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: { ...(executablePath && { executablePath }), args: BROWSER_ARGS },
    // The window is as large as the viewport, or Vitest would shrink the page to fit, and every picture with it.
    contextOptions: { reducedMotion: 'reduce', deviceScaleFactor: 1, viewport: { width: 1440, height: 900 } },
  }),
  viewport: { width: 1440, height: 900 },
  instances: [{ browser: 'chromium' as const }],
  expect: {
    // The matcher leaves its timer pending: each run hangs on for that long.
    toMatchScreenshot: {
      timeout: 4000,
      comparatorName: 'pixelmatch' as const,
      comparatorOptions: { allowedMismatchedPixelRatio: 0.002 },
    },
  },
});

export default defineConfig({
  base: './',
  plugins: [corePlugin(), react(), securityPolicyPlugin(), offlinePlugin(), previewPlugin()],
  worker: { format: 'es', plugins: () => [coreFilePlugin()] },
  // Nothing becomes a data: address, which the policy would block.
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    // Browsers that know no modulepreload fetch the same files a little later.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: firstLoadInOneFile } },
  },
  server: { watch: { ignored: ['**/test/bench/results/**'] } },
  optimizeDeps: {
    include: [
      'react',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'react-dom',
      'react-dom/client',
      'zustand',
      'zustand/vanilla',
      'valibot',
    ],
  },
  test: {
    // Tests wait for what must come to be, however slow the machine: these only end what hangs. Nothing is tried again.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['test/unit/**/*.test.{ts,tsx}', 'test/architecture.test.ts'] },
      },
      {
        extends: true,
        plugins: [workerBundlePlugin()],
        optimizeDeps: { include: ['vitest-browser-react', 'axe-core', 'd3-array', 'd3-scale', 'd3-shape'] },
        test: { name: 'browser', include: ['test/browser/**/*.test.{ts,tsx}'], maxWorkers: 2, browser: browser() },
      },
      {
        extends: true,
        plugins: [workerBundlePlugin()],
        optimizeDeps: { include: ['d3-array', 'd3-scale', 'd3-shape'] },
        test: { name: 'visual', include: ['test/visual/**/*.test.{ts,tsx}'], maxWorkers: 2, browser: browser() },
      },
      {
        extends: true,
        // Each runs a Python of its own: no more of them at once than there are cores to be expected.
        test: { name: 'exports', environment: 'node', include: ['test/exports/**/*.test.ts'], testTimeout: 240_000, maxConcurrency: 2 },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/setup/servePreview.ts'],
        },
      },
    ],
  },
});
