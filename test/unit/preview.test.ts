import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview } from 'vite';
import { expect, test } from 'vitest';

test('a preview of a build that is not there says which command makes it', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'dropout-lab-preview-'));
  try {
    await expect(preview({ build: { outDir }, preview: { port: 0 }, logLevel: 'silent' })).rejects.toThrow(`${outDir}: npm run build`);
  } finally {
    rmSync(outDir, { recursive: true });
  }
});
