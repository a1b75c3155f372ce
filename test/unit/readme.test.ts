/** The README's table of settings against the settings themselves, so that what a stranger reads is true. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SETTING_NAMES, SETTINGS } from '../../src/protocol/settings';
import { VIEW_KEYS } from '../../src/store/addressView';
import { CONTROL_NAMES } from '../../src/store/controls';
import { CONTENT_SECURITY_POLICY } from '../setup/plugins.mjs';

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

  test('BD2 asks hosts for what the policy of the page asks for, no less and no more', () => {
    const asked = [...readme.slice(readme.indexOf('## Hosting')).matchAll(/(\w+-src) ([^;`]+)/g)].map(
      ([, name, sources]) => `${name} ${sources}`,
    );
    const own = CONTENT_SECURITY_POLICY.split('; ').filter((directive) => /^(?!default)\w+-src /.test(directive));
    expect(asked).toEqual(own);
  });

  test('AD1 names every key of an address', () => {
    const share = readme.slice(readme.indexOf('## Share'), readme.indexOf('\n## ', readme.indexOf('## Share') + 1));
    for (const key of [
      ...SETTING_NAMES.map((name) => SETTINGS[name].key),
      ...VIEW_KEYS.map((view) => view.key),
      'v',
      'at',
      'step',
      'embed',
      'origins',
    ])
      expect(share).toMatch(new RegExp(`[\`\\s]${key}[=\`\\s]`));
    for (const name of CONTROL_NAMES) expect(share).toMatch(new RegExp(`[\`\\s]${name}[\`\\s]`));
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
