import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { pageFiles } from '../setup/offline.mjs';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** The rules of the published file: [path, name: value …]. */
const rules = read('public/_headers')
  .replace(/^#.*\n/gm, '')
  .split(/^(?=\/)/m)
  .map((rule) => rule.trim().split(/\n\s*/))
  .filter(([path]) => path !== '')
  .map(([path = '', ...headers]) => ({ path, headers }));
const matches = (path: string, file: string) => (path.endsWith('*') ? file.startsWith(path.slice(0, -1)) : file === path);
const headersOf = (file: string) => rules.filter(({ path }) => matches(path, file)).flatMap(({ headers }) => headers);

describe('the headers that go with a build', () => {
  test('BD1 are those that the README names for each kind of file', () => {
    const table = /\| files \| change \| header \|\n\|[-|]+\|\n((?:\|.*\n)+)/.exec(read('README.md'))?.[1] ?? '';
    const told = table
      .trim()
      .split('\n')
      .map((row) => row.split('|'));
    expect(told).toHaveLength(3);
    for (const [, files = '', , header = ''] of told) {
      const said = /`Cache-Control: ([^`]+)`/.exec(header)?.[1];
      for (const [, name = ''] of files.matchAll(/`([^`]+)`/g))
        expect(headersOf(`/${name.replace('*', 'x')}`), name).toContain(`Cache-Control: ${said}`);
    }
  });

  test('BD1 every file falls under one rule, and the element is for every origin', () => {
    const folder = fileURLToPath(new URL('public', root));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== '_headers')
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`);
    expect(files).toContain('/favicon.svg');
    for (const file of [...files, '/', '/index.html', '/sw.js', '/assets/lab-1.js', '/embed.js'])
      expect(
        rules.filter(({ path }) => matches(path, file)),
        file,
      ).toHaveLength(1);
    expect(headersOf('/embed.js')).toContain('Access-Control-Allow-Origin: *');
  });

  test('OF1 are no part of what the page keeps: hosts that read the file do not hand it out', () => {
    expect(pageFiles(fileURLToPath(new URL('public', root)))).not.toContain('_headers');
    expect(pageFiles(fileURLToPath(new URL('public', root)))).toContain('favicon.svg');
  });
});
