/** What Share hands out is read back by those that will read it: the page its link, the element its attributes. */
import { describe, expect, test } from 'vitest';
import { readAttributes } from '../../../src/embed/attributes';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';
import { parseAddress } from '../../../src/store/address';
import { elementOf, frameOf, linkOf, type Share } from '../../../src/ui/share/snippets';

const page = 'https://example.edu/lab/';
const OTHERS: Partial<Settings> = {
  dataset: 'spiral',
  dataSeed: 0,
  hidden: [9, 5, 3],
  activation: 'tanh',
  mode: 'standard',
  p: 0,
  inputP: 0.125,
  layerP: [0.2, null, 1],
  seed: 0,
};
const share: Share = {
  page,
  settings: { ...DEFAULT_SETTINGS, ...OTHERS },
  changes: [{ step: 3, patch: { p: 0.4 } }],
  step: 9,
  view: { hidden: ['mode', 'loss'], theme: 'dark', convention: 'keep_prob' },
};

const unescapeHtml = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
const attributesOf = (html: string, tag: string) =>
  [...(new RegExp(`<${tag}([^>]*)>`).exec(html)?.[1] ?? '').matchAll(/ ([a-z-]+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, unescapeHtml(value)] as const,
  );
const expected = { settings: share.settings, changes: share.changes, step: 9, notices: [] };

describe('SC5 what Share hands out', () => {
  test('SC5 the link and the frame are the experiment', () => {
    expect(parseAddress(new URL(linkOf(share)).search)).toMatchObject({ ...expected, view: share.view });
    const source = Object.fromEntries(attributesOf(frameOf(share, 'masks', 'the "masks" & more <', 330), 'iframe'));
    expect(parseAddress(new URL(source.src ?? '').search)).toMatchObject({ ...expected, view: share.view, embed: 'masks' });
    expect(source.title).toBe('Dropout Lab: the "masks" & more <');
  });

  test('SC5 the element is the experiment, and no attribute of it hides it', () => {
    const attributes = attributesOf(elementOf(share, 'lab', `${page}embed.js`), 'dropout-lab');
    expect(attributes.map(([name]) => name)).not.toContain('hidden');
    expect(readAttributes(attributes)).toMatchObject({ ...expected, refused: [], view: share.view });
  });
});
