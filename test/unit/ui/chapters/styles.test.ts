/** Class names are global, and the chapters' styles are loaded one after another: a name that two sheets claim breaks whichever came first. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ui = fileURLToPath(new URL('../../../../src/ui', import.meta.url));

function listSheets(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listSheets(path);
    return entry.name.endsWith('.css') ? [path] : [];
  });
}

/** Parts of the page as a whole: other sheets may hide or place them. */
const PARTS_OF_THE_PAGE = ['lab', 'chapters'];

/** Returns the classes that a sheet lays claim to: those that stand alone in a selector, not within another's. */
function claimedClasses(css: string): Set<string> {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@(?:media|layer|supports|container)[^{;]*[{;]/g, '');
  const selectors = [...bare.matchAll(/(?:^|[{}])([^{}]+)\{/g)].flatMap((match) => (match[1] as string).split(/,(?![^(]*\))/));
  return new Set(
    selectors.flatMap((selector) => {
      const classes = [...new Set([...selector.matchAll(/\.([a-z][\w-]*)/gi)].map((match) => match[1] as string))];
      return classes.length === 1 ? classes : [];
    }),
  );
}

test('no class of the chapters is claimed by two style sheets', () => {
  const owners = new Map<string, string[]>();
  for (const path of listSheets(ui)) {
    const name = relative(ui, path);
    for (const claimed of claimedClasses(readFileSync(path, 'utf8'))) owners.set(claimed, [...(owners.get(claimed) ?? []), name]);
  }
  const isOfChapters = (name: string) => name.startsWith('chapters');
  const shared = [...owners].filter(([, names]) => names.length > 1 && names.some(isOfChapters));
  // One folder may split its sheet.
  const isFine = ([claimed, names]: [string, string[]]) =>
    PARTS_OF_THE_PAGE.includes(claimed) || new Set(names.map((name) => name.split('/').slice(0, -1).join('/'))).size === 1;
  expect(shared.filter((entry) => !isFine(entry))).toEqual([]);
});

test('the check sees selectors in lists, layers and media queries', () => {
  const css =
    '@layer a { .one, .two > .three { x: y } @media (max-width: 1px) { .four:hover { x: y } } /* .five {} */ } .six :is(.seven, .eight) {}';
  expect([...claimedClasses(css)].sort()).toEqual(['four', 'one']);
});
