/**
 * Holds the code to the plan of the house: who may import whom, who alone may touch what, how long a file may get, that nothing is exported
 * for nobody, and that rules and tests name each other. The rules are data, at the top; an offence is printed with its reason.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Room {
  readonly imports: readonly string[];
  readonly packages: readonly string[];
  readonly why: string;
}

const NUMBERS = ['math', 'kernels', 'data', 'model', 'studies'];
const PAGE = ['math', 'protocol', 'bridge', 'store', 'viz', 'export'];
const D3 = ['d3-array', 'd3-scale', 'd3-shape'];
const REACT = ['react', 'react-dom'];

const ROOMS: Readonly<Record<string, Room>> = {
  math: { imports: [], packages: [], why: 'the floor stands on nothing: it is the oracle, and the text that the page quotes' },
  kernels: { imports: ['math'], packages: [], why: 'the core knows numbers, not settings, data or pixels' },
  data: { imports: ['math', 'kernels', 'protocol'], packages: [], why: 'examples are drawn without knowing who trains on them' },
  model: { imports: ['math', 'kernels', 'data', 'protocol'], packages: [], why: 'a run knows nothing of time slices, messages or pixels' },
  studies: {
    imports: ['math', 'kernels', 'data', 'model', 'protocol'],
    packages: [],
    why: 'a study says what to run, not where or for whom',
  },
  worker: { imports: [...NUMBERS, 'protocol'], packages: [], why: 'the two wings meet only in protocol' },
  protocol: { imports: [], packages: ['valibot'], why: 'both wings read it, so it reads neither' },
  bridge: { imports: ['protocol', 'store'], packages: [], why: 'it carries messages; it neither computes nor shows' },
  store: { imports: ['protocol'], packages: ['zustand', 'zundo', 'valibot'], why: 'state without React and without a worker' },
  viz: { imports: ['protocol', 'math'], packages: D3, why: 'a painter is a function of frame and layout; no React, no store' },
  export: { imports: ['protocol', 'math'], packages: ['fflate'], why: 'what leaves the page follows from settings and snapshots' },
  ui: {
    imports: PAGE,
    packages: [...REACT, ...D3, 'zustand', 'uqr', 'sugar-high'],
    why: 'the screen shows what the worker knows; it never computes it',
  },
  app: {
    imports: [...PAGE, 'ui'],
    packages: REACT,
    why: 'the composition root of the page, which still meets the worker only through the bridge',
  },
  embed: { imports: [...PAGE, 'ui', 'app'], packages: REACT, why: 'the element and its messages are a coat over the app' },
};

interface Privilege {
  readonly what: string;
  readonly pattern: RegExp;
  /** Rooms or files, relative to src, that alone may. */
  readonly owners: readonly string[];
  readonly why: string;
}

const PRIVILEGES: readonly Privilege[] = [
  { what: 'new Worker', pattern: /\bnew\s+(?:Shared)?Worker\b/, owners: ['bridge'], why: 'one place starts, restarts and ends workers' },
  { what: 'WebAssembly', pattern: /\bWebAssembly\b/, owners: ['kernels'], why: 'one facade knows pointers and memory' },
  {
    what: 'location',
    pattern: /(?<![.\w])location\b(?!\s*:)|\b(?:window|globalThis|document|self)\.location\b/,
    owners: ['store/address.ts', 'store/addressBar.ts'],
    why: 'one codec reads and writes the address',
  },
  {
    what: 'a global',
    pattern:
      /\bcustomElements\.define\b|(?:\b(?:window|globalThis)|\((?:window|globalThis) as [^)]*\))\.\w+\s*=(?!=)|Object\.assign\((?:window|globalThis)\b/,
    owners: ['app', 'embed'],
    why: 'only the composition roots may put a name on the page',
  },
];

const SEEDED_ROOMS = ['kernels', 'data', 'model', 'worker'];
/** What of the host's Math is exact in every engine, by the language's own rules. */
const EXACT_MATH = [
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'trunc',
  'min',
  'max',
  'imul',
  'clz32',
  'fround',
  'sqrt',
  'PI',
  'SQRT2',
  'LN2',
  'E',
];

const ALLOWED_HOSTS = ['w3.org', 'doi.org', 'arxiv.org', 'github.com', 'jmlr.org'];
const MAX_LINES = 400;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const NOT_OURS = /[\\/](?:node_modules|fixtures|generated|__screenshots__|results)(?:[\\/]|$)/;

function listFiles(folder: string, extensions: RegExp): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (NOT_OURS.test(path)) continue;
    if (entry.isDirectory()) found.push(...listFiles(path, extensions));
    else if (extensions.test(entry.name)) found.push(path);
  }
  return found;
}

/** Removes comments, keeping strings (and line breaks, so that lines keep their numbers). */
function stripComments(text: string): string {
  const stringOrComment = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(stringOrComment, (match, kept: string | undefined) => kept ?? match.replace(/[^\n]/g, ''));
}

/** Empties strings as well, for rules about words that a sentence for people may use. */
function stripStrings(text: string): string {
  return stripComments(text).replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, "''");
}

/** Returns every module that a file names: static, type, side-effect, re-exported and dynamic imports. */
function listImports(text: string): string[] {
  const code = stripComments(text);
  const patterns = [/(?<![\w.])(?:import|export)\b[^'"`;=()]*?\bfrom\s*['"]([^'"]+)['"]/g, /(?<![\w.])import\s*\(?\s*['"]([^'"]+)['"]/g];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] as string));
}

interface SourceFile {
  readonly path: string; // relative to src, with forward slashes
  readonly room: string;
  readonly text: string;
}

const sources: SourceFile[] = listFiles(join(root, 'src'), /\.tsx?$/)
  .map((file) => ({ path: relative(join(root, 'src'), file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
  .filter(({ path }) => !path.startsWith('kernels/assembly/'))
  .map(({ path, text }) => ({ path, text, room: path.split('/')[0] as string }));

function explainImport(file: SourceFile, specifier: string): string | null {
  const room = ROOMS[file.room];
  if (!room) return `${file.path}: there is no room "${file.room}" in the plan`;
  if (!specifier.startsWith('.')) {
    const parts = specifier.split('/');
    const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] as string);
    return room.packages.includes(name) ? null : `${file.path} imports the package ${name}, which ${file.room} may not: ${room.why}`;
  }
  const target = join(dirname(file.path), specifier).split(sep).join('/').split('/')[0] as string;
  // What starts a worker names its file, and reads nothing of it.
  if (file.room === 'bridge' && specifier.endsWith('?worker&text')) return null;
  if (target === file.room || room.imports.includes(target)) return null;
  return `${file.path} imports ${specifier}, and ${file.room} may not import ${target}: ${room.why}`;
}

function explainPrivilege(file: SourceFile, { what, pattern, owners, why }: Privilege): string | null {
  if (owners.includes(file.room) || owners.includes(file.path)) return null;
  return pattern.test(stripStrings(file.text)) ? `${file.path} names ${what}, which only ${owners.join(' and ')} may: ${why}` : null;
}

function explainHostMath(file: SourceFile): string[] {
  if (!SEEDED_ROOMS.includes(file.room)) return [];
  const code = stripStrings(file.text);
  const inexact = [...code.matchAll(/\bMath\.(\w+)/g)].map((match) => match[1] as string).filter((name) => !EXACT_MATH.includes(name));
  const powers = [...code.matchAll(/(?<!\b2 )\*\*|\*\*(?! ?\d)/g)].map(() => '**');
  return [...inexact, ...powers].map((name) => `${file.path} uses the host's ${name}: engines differ in it, so bits would`);
}

const found = <Value>(list: readonly (Value | null)[]): Value[] => list.filter((entry): entry is Value & {} => entry !== null);

describe('BD4 the rooms', () => {
  test('BD4 are those of the plan', () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter(({ room }) => !(room in ROOMS)).map(({ path }) => path)).toEqual([]);
  });

  test('BD4 import only what they may, type imports included', () => {
    expect(found(sources.flatMap((file) => listImports(file.text).map((specifier) => explainImport(file, specifier))))).toEqual([]);
  });

  test('BD4 touch Worker, WebAssembly, location and globals only where that is their office', () => {
    expect(found(sources.flatMap((file) => PRIVILEGES.map((privilege) => explainPrivilege(file, privilege))))).toEqual([]);
  });

  test('DT4 seeded rooms use no inexact mathematics of the host', () => {
    expect(sources.flatMap(explainHostMath)).toEqual([]);
  });

  test('BD4 this check sees each kind of import and each offence', () => {
    const text = [
      "import { a } from '../ui/a';",
      "import type { B } from '../model/b';",
      "import '../c/c.css';",
      "export * from './d';",
      "// import { e } from '../commented/e';",
      "const f = import('../f/f');",
      "type G = import('../g/g').G;",
      "import {\n  h,\n} from 'react';",
    ].join('\n');
    expect(listImports(text).sort()).toEqual(['../c/c.css', '../f/f', '../g/g', '../model/b', '../ui/a', './d', 'react']);
    const file = (path: string, code: string): SourceFile => ({ path, room: path.split('/')[0] as string, text: code });
    expect(explainImport(file('math/x.ts', ''), '../protocol/settings')).toContain('math may not import protocol');
    expect(explainImport(file('viz/x.ts', ''), 'react-dom/client')).toContain('package react-dom');
    const offences = PRIVILEGES.map((privilege) =>
      explainPrivilege(file('viz/x.ts', "new Worker('');\nWebAssembly.compile;\nwindow.location.hash;\nwindow.lab = 1;"), privilege),
    );
    expect(offences).not.toContain(null);
    expect(explainHostMath(file('model/x.ts', 'Math.exp(1); Math.sqrt(2); 2 ** 32; x ** 2; // Math.log'))).toHaveLength(2);
  });
});

describe('BD5 the files', () => {
  test(`BD5 none in src and test is longer than ${MAX_LINES} lines`, () => {
    const long = [...listFiles(join(root, 'src'), /\.(?:tsx?|mjs|css)$/), ...listFiles(join(root, 'test'), /\.(?:tsx?|mjs|css)$/)]
      .map((path) => ({ path: relative(root, path), lines: readFileSync(path, 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  test('BD1 none that is shipped names a host beyond those of standards, papers and code', () => {
    const shipped = [...listFiles(join(root, 'src'), /./), ...listFiles(join(root, 'public'), /\.(?:svg|html|json|webmanifest|js|css)$/)];
    const addresses = [...shipped, join(root, 'index.html')].flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/https?:\/\/([\w.-]+)/g)].map((match) => ({
        path: relative(root, path),
        host: match[1] as string,
      })),
    );
    const isAllowed = (host: string) => ALLOWED_HOSTS.some((allowed) => host === allowed || host.endsWith(`.${allowed}`));
    expect(addresses.filter(({ host }) => !isAllowed(host))).toEqual([]);
  });
});

/** Files whose exports are for others than this tree: other people's pages, a build that puts one in place of another, another compiler. */
const PUBLIC_FACES = /^src\/(?:embed\/package\/|bridge\/startInlineWorker\.ts|kernels\/assembly\/)|^test\/bench\/probe\/|\.d\.ts$/;

/** Returns what is exported, as 'path: name', and taken by no other of these files. A module that is imported whole is taken whole. */
function findIdleExports(files: ReadonlyMap<string, string>): string[] {
  const code = new Map([...files].map(([path, text]) => [path, stripComments(text)]));
  const exported = (path: string) =>
    [
      ...(code.get(path) ?? '').matchAll(
        /^export (?:async |abstract |declare )*(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm,
      ),
    ].map((match) => match[1] as string);
  const resolve = (from: string, specifier: string) =>
    ['', '.ts', '.tsx', '/index.ts']
      .map((ending) => join(dirname(from), specifier).split(sep).join('/') + ending)
      .find((path) => code.has(path));
  const taken = new Map<string, Set<string>>();
  const take = (path: string | undefined, names: readonly string[]) => {
    if (path === undefined) return;
    const known = taken.get(path) ?? new Set();
    const fresh = names.filter((name) => !known.has(name));
    taken.set(path, new Set([...known, ...fresh]));
    if (fresh.length === 0) return;
    // What passes names on is asked for them in turn.
    for (const [, from = ''] of (code.get(path) ?? '').matchAll(/\bexport \* from '([^']+)'/g)) take(resolve(path, from), fresh);
  };
  for (const [path, text] of code) {
    for (const [, clause = '', from = ''] of text.matchAll(/(?<![\w.])(?:import|export)\b([^'"`;=()]*?)\bfrom\s*['"](\.[^'"]+)['"]/g)) {
      const target = resolve(path, from);
      take(target, clause.includes('* as') && target ? exported(target) : (clause.match(/\w+/g) ?? []));
    }
    for (const [, from = ''] of text.matchAll(/(?<![\w.])import\s*\(\s*['"](\.[^'"]+)['"]/g)) {
      const target = resolve(path, from);
      if (target) take(target, exported(target));
    }
  }
  return [...code.keys()]
    .filter((path) => !PUBLIC_FACES.test(path))
    .flatMap((path) => exported(path).flatMap((name) => (taken.get(path)?.has(name) ? [] : [`${path}: ${name}`])));
}

describe('BD4 exports', () => {
  test('BD4 nothing is exported that no other file takes', () => {
    const paths = [
      ...listFiles(join(root, 'src'), /\.(?:tsx?|mjs)$/),
      ...listFiles(join(root, 'test'), /\.(?:tsx?|mjs)$/),
      join(root, 'vite.config.ts'),
    ];
    const files = new Map(paths.map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
    expect(findIdleExports(files)).toEqual([]);
  });

  test('BD4 this check sees each way to take an export', () => {
    const files = new Map([
      ['src/a.ts', 'export const named = 1;\nexport interface Shape {}\nexport function idle() {}\n// export const spoken = 1;'],
      ['src/b.ts', "import { named, type Shape } from './a';\nexport type Passed = Shape;"],
      ['src/c/index.ts', "export * from '../b';"],
      ['src/d.tsx', "import type { Passed } from './c';\nconst late = () => import('./e');\n// import { idle } from './a';"],
      ['src/e.ts', 'export const late = 1;'],
      ['src/f.ts', "import * as all from './e';\nexport const alone = all;"],
    ]);
    expect(findIdleExports(files)).toEqual(['src/a.ts: idle', 'src/f.ts: alone']);
  });
});

describe('BD5 rules and tests', () => {
  const rules = [...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| ([A-Z]{2}\d+) \|/gm)].map(
    (match) => match[1] as string,
  );
  const prefixes = [...new Set(rules.map((id) => id.slice(0, 2)))].join('|');
  const title = /(?:\b(?:test|it|describe)\b[\w.]*|\))\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
  const named = listFiles(join(root, 'test'), /\.test\.tsx?$/).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(title)].flatMap(
      (match) => (match[2] as string).match(new RegExp(`\\b(?:${prefixes})\\d+\\b`, 'g')) ?? [],
    ),
  );

  test('BD5 no id is given twice', () => {
    expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([]);
  });

  test('BD5 each rule of the SPEC is in the name of a test', () => {
    expect(rules.filter((id) => !named.includes(id))).toEqual([]);
  });

  test('BD5 each id in the name of a test is a rule of the SPEC', () => {
    expect([...new Set(named)].filter((id) => !rules.includes(id))).toEqual([]);
  });
});
