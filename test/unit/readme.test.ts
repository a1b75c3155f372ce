/** The README's table of settings against the settings themselves, so that what a stranger reads is true. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SETTING_NAMES, SETTINGS } from '../../src/protocol/settings';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const section = readme.slice(readme.indexOf('### Settings'), readme.indexOf('### Snapshots'));

interface Row {
  readonly values: string;
  readonly defaults: readonly string[];
  readonly change: string;
}
const rows = new Map<string, Row>();
for (const line of section.split('\n').filter((text) => text.startsWith('| `'))) {
  const [names = '', values = '', defaults = '', change = ''] = line
    .split('|')
    .slice(1)
    .map((cell) => cell.trim());
  const listed = [...names.matchAll(/`(\w+)`/g)].map((match) => match[1] as string);
  const given = listed.length > 1 ? defaults.split(', ') : [defaults];
  listed.forEach((name, index) => {
    rows.set(name, { values, defaults: [(given[index] ?? '').replaceAll('`', '')], change });
  });
}

const CHANGES = { live: 'live', restart: 'restarts', view: 'only what is shown' };

describe('the README', () => {
  test('names both commands as they are typed', () => {
    expect(readme).toContain('npm ci && npm start');
    expect(readme).toContain('npm ci && npm test');
  });

  test('ST1 lists every setting, and no other', () => {
    expect([...rows.keys()].sort()).toEqual([...SETTING_NAMES].sort());
  });

  test.each(SETTING_NAMES)('ST1 tells the default, the effect and the choices of %s', (name) => {
    const field = SETTINGS[name];
    const row = rows.get(name);
    const fallback = name === 'points' ? 'none' : JSON.stringify(field.default).replaceAll('"', '').replaceAll(',', ', ');
    expect(row?.defaults).toEqual([fallback]);
    expect(row?.change).toBe(CHANGES[field.effect]);
    if (field.kind === 'choice') for (const choice of field.choices) expect(row?.values).toMatch(new RegExp(`\\b${choice}\\b`));
  });
});
