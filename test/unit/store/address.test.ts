import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS, type Settings } from '../../../src/protocol/settings';
import type { Change } from '../../../src/protocol/snapshot';
import { formatAddress, parseAddress } from '../../../src/store/address';
import { writeChanges } from '../../../src/store/addressText';
import { ADDRESS_PACE, VIEW_KEYS } from '../../../src/store/addressView';
import type { ViewState } from '../../../src/store/labStore';
import { BASE_PACE } from '../../../src/ui';
import old from '../../fixtures/addresses.json';

const NOTHING = { settings: DEFAULT_SETTINGS, changes: [], step: null, view: {}, embed: null, origins: [], notices: [] };

test('the address of the defaults is empty, and the empty address gives the defaults', () => {
  expect(formatAddress(DEFAULT_SETTINGS)).toBe('');
  expect(parseAddress('')).toEqual(NOTHING);
});

test('ST2 zeros in the address are values', () => {
  const { settings, step, view, notices } = parseAddress('?p=0&mode=gaussian&seed=0&flip=0&debug&step=0&grad=0');
  expect(settings).toMatchObject({ p: 0, mode: 'gaussian', seed: 0, labelNoise: 0 });
  expect({ step, view }).toEqual({ step: 0, view: { debug: true, showGradients: false } });
  expect(notices).toEqual([]);
});

test('AD2 addresses that were ever given out mean the same for ever', () => {
  expect(old.addresses.length).toBeGreaterThan(10);
  for (const { search, settings, ...parts } of old.addresses) {
    const { notices, ...content } = parseAddress(search);
    const plain = JSON.parse(JSON.stringify({ ...content, view: { ...content.view, pace: String(content.view.pace) } }));
    const expected = { changes: [], step: null, embed: null, origins: [], ...parts };
    const view = {
      ...('view' in parts ? parts.view : {}),
      pace: String('view' in parts ? (parts.view as { pace?: unknown }).pace : undefined),
    };
    expect(plain, search).toEqual({ ...expected, view, settings: { ...old.defaults, ...settings } });
    expect(notices, search).toEqual([]);
  }
});

test('AD2 every setting has been in an address of the list, so that none can change unseen', () => {
  const params = old.addresses.map(({ search }) => new URLSearchParams(search));
  for (const name of SETTING_NAMES) {
    expect(
      params.some((each) => each.has(SETTINGS[name].key)),
      name,
    ).toBe(true);
  }
  for (const { key } of VIEW_KEYS)
    expect(
      params.some((each) => each.has(key)),
      key,
    ).toBe(true);
});

test('what is none of ours is left alone, `debug` opens the overlay', () => {
  expect(parseAddress('?utm=1&P=0.2').settings).toBe(DEFAULT_SETTINGS);
  expect(parseAddress('?debug').view).toEqual({ debug: true });
});

test('an address without speed goes at the pace of the page', () => {
  expect(ADDRESS_PACE).toBe(BASE_PACE);
});

describe('AD1 there and back', () => {
  test.each<Partial<Settings>>([
    { p: 0.3, mode: 'gaussian', seed: 0 },
    { hidden: [], layerP: [] },
    { hidden: [1], layerP: [null] },
    { hidden: [3, 4, 5], layerP: [0.1, null, 0] },
    { layerP: [null, 0.2] },
    { layerP: [null, null] },
    { points: [[0.5, -1, 0]] },
    {
      points: [
        [0.5, -1, 0],
        [1e-7, 2, 1],
      ],
    },
    { learningRate: 1e-7, dataset: 'digits', phase: 'mc', passes: 7 },
  ])('%o', (patch) => {
    const settings = parseSettings(patch, DEFAULT_SETTINGS);
    expect(parseAddress(`?${formatAddress(settings)}`)).toEqual({ ...NOTHING, settings });
  });

  test.each<Partial<ViewState>>([
    { pace: 1 },
    { pace: 0.5 },
    { pace: Number.POSITIVE_INFINITY },
    { convention: 'keep_prob' },
    { theme: 'dark' },
    { showGradients: true },
    { focused: { layer: 1, unit: 0 } },
    { compare: {} },
    { compare: { p: 0, mode: 'none', layerP: [null, 0.5] } },
    { hidden: ['mode', 'chapters'] },
    { debug: true },
  ])('view %o', (view) => {
    expect(parseAddress(`?${formatAddress(DEFAULT_SETTINGS, { view })}`)).toEqual({ ...NOTHING, view });
  });

  test.each<[string, readonly Change[]]>([
    ['one', [{ step: 120, patch: { p: 0.2 } }]],
    [
      'several, of several settings',
      [
        { step: 0, patch: { mode: 'gaussian' } },
        { step: 7, patch: { p: 0.25, learningRate: 0 } },
        { step: 9, patch: { layerP: [0.1, null, 0], maskScope: 'batch' } },
        { step: 1000, patch: { p: 0, layerP: [], mode: 'none' } },
      ],
    ],
  ])('%s live changes, a step, an embed and origins', (_, changes) => {
    const parts = { changes, step: 1001, embed: 'masks', origins: ['https://doi.org', '*'] };
    expect(parseAddress(`?${formatAddress(DEFAULT_SETTINGS, parts)}`)).toEqual({ ...NOTHING, ...parts });
  });
});

test('AD1 addresses are short and can be read', () => {
  const points: Settings['points'] = [
    [0, 1, 1],
    [1, 0, 0],
  ];
  expect(formatAddress(parseSettings({ hidden: [3, 4], points }, DEFAULT_SETTINGS))).toBe('v=1&points=0,1,1;1,0,0&hidden=3,4');
  const changes = [
    { step: 120, patch: { p: 0.2 } },
    { step: 123, patch: { p: 0.21, learningRate: 0.05 } },
  ];
  const parts = { changes, step: 400, view: { compare: { mode: 'none' }, hidden: ['seed', 'data'] } } as const;
  expect(formatAddress(DEFAULT_SETTINGS, parts)).toBe('v=1&at=p:120:0.2:3:0.21;lr:123:0.05&step=400&b=mode:none&hide=seed,data');
});

test('AD1 a drag over a hundred steps takes a few characters for each', () => {
  const changes = Array.from({ length: 100 }, (_, index) => ({ step: 1000 + 2 * index, patch: { p: (index + 1) / 200 } }));
  expect(writeChanges(changes).length).toBeLessThan(900);
});

test('no key or value of a live setting holds a mark that separates them', () => {
  for (const name of SETTING_NAMES) {
    const field = SETTINGS[name];
    expect(field.key).toMatch(/^[a-z]+$/);
    if (field.kind === 'choice') for (const choice of field.choices) expect(choice).toMatch(/^[a-z]+$/);
  }
  const keys = [
    ...SETTING_NAMES.map((name) => SETTINGS[name].key),
    ...VIEW_KEYS.map(({ key }) => key),
    'v',
    'at',
    'step',
    'embed',
    'origins',
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('AD3 ST2 bad values are refused one by one, with the default kept and a notice for each', () => {
  const { settings, notices } = parseAddress('?p=1.5&seed=&hidden=4,x&lr=0.3&mode=what&noise=NaN');
  expect(settings).toEqual({ ...DEFAULT_SETTINGS, learningRate: 0.3 });
  expect(notices.map(({ key, text }) => `${key}=${text}`)).toEqual(['noise=NaN', 'hidden=4,x', 'mode=what', 'p=1.5', 'seed=']);
  expect(notices.at(3)?.message).toBe('p=1.5: p must be between 0 and 1, got 1.5. 0.5 is used instead.');
  expect(notices.at(1)?.message).toContain('hidden[1] must be an integer between 1 and 512, got "x"');
});

test('AD3 so are bad views, steps, changes and origins; what is good of them stands', () => {
  const search =
    '?v=2&step=-1&speed=0&conv=odds&theme=blue&grad=yes&focus=1&b=p:2;mode:none;x:1&hide=mode,door' +
    '&at=p:5:0.1:5:7;seed:9:1;q:3:1;mode:x:none;lr:8:0.2&origins=https://doi.org,doi.org,https://doi.org/x';
  const { notices, ...content } = parseAddress(search);
  expect(content).toEqual({
    settings: DEFAULT_SETTINGS,
    changes: [
      { step: 5, patch: { p: 0.1 } },
      { step: 8, patch: { learningRate: 0.2 } },
    ],
    step: null,
    view: { compare: { mode: 'none' }, hidden: ['mode'] },
    embed: null,
    origins: ['https://doi.org'],
  });
  const said = notices.map(({ message }) => message.replace(/^(\w+)=[^ ]*: /, '$1: '));
  expect(said).toEqual([
    'v: this address was made for version 2; what version 1 knows of it is used.',
    'at: "mode" has a step that is none.',
    'at: at step 3: there is no setting "q".',
    'at: at step 9: seed must be left alone while a run goes on: it is no live setting, got 1.',
    'at: at step 10: p must be between 0 and 1, got 7.',
    'step: must be a whole number between 0 and 2147483647.',
    'speed: must be a number of steps per second above 0 and at most 100000, or max.',
    'conv: must be one of drop, rate, keep-paper, keep_prob.',
    'theme: must be light or dark.',
    'grad: must be 0 or 1.',
    'focus: must be a layer and a unit of it, both from 0, such as 1.3.',
    'b: p must be between 0 and 1, got 2.',
    'b: there is no setting "x".',
    expect.stringMatching(/^hide: there is no control "door"; controls are transport, /),
    'origins: "doi.org" is no origin (a scheme and a host, nothing after).',
    'origins: "https://doi.org/x" is no origin (a scheme and a host, nothing after).',
  ]);
});

test('DR4 what does not go together loses the later of the two', () => {
  const { settings, notices } = parseAddress('?p=1&mode=alpha');
  expect(settings).toMatchObject({ mode: 'alpha', p: DEFAULT_SETTINGS.p });
  expect(notices.map(({ key }) => key)).toEqual(['p']);
  expect(parseAddress('?mode=alpha&b=p:1').view.compare).toEqual({});
  expect(parseAddress('?p=1&at=mode:4:gaussian').changes).toEqual([]);
});

describe('AD3 what mail, chats and hands make of an address', () => {
  test.each([
    ['?v=1&amp;p=0.3&amp;seed=0', { p: 0.3, seed: 0 }],
    ['?p=0.3.', { p: 0.3 }],
    ['?seed=0&mode=gaussian,', { seed: 0, mode: 'gaussian' }],
    ['?seed=7%3E', { seed: 7 }],
    ['?p=%30%2E3)%20', { p: 0.3 }],
    ['?hidden=3%2C4%22', { hidden: [3, 4] }],
  ])('%s is read as it was meant', (search, patch) => {
    const { settings, notices } = parseAddress(search);
    expect(settings).toEqual(parseSettings(patch, DEFAULT_SETTINGS));
    expect(notices).toEqual([]);
  });

  test('lists at the end lose the mark too; a mark that an address may end with stays', () => {
    expect(parseAddress('?hide=mode,data.')).toMatchObject({ view: { hidden: ['mode', 'data'] }, notices: [] });
    expect(parseAddress('?at=p:5:0.1;lr:8:0.2).').changes).toHaveLength(2);
    expect(parseAddress('?pl=0.1,').settings.layerP).toEqual([0.1, null]);
    expect(parseAddress('?origins=*').origins).toEqual(['*']);
  });

  test('in the middle of an address a mark is refused, and a wrong value stays wrong without it', () => {
    expect(parseAddress('?p=0.3.&seed=1').notices.map(({ key }) => key)).toEqual(['p']);
    const [notice] = parseAddress('?p=7.').notices;
    expect(notice?.message).toBe('p=7.: p must be between 0 and 1, got 7. 0.5 is used instead.');
  });

  test('a key that stands twice counts once, and it is said', () => {
    const { settings, notices } = parseAddress('?p=0.2&seed=0&p=0.3');
    expect(settings).toMatchObject({ p: 0.2, seed: 0 });
    expect(notices.map(({ message }) => message)).toEqual(['p=0.3: p stands here more than once, and the first counts.']);
  });

  test('keys in large letters and long names of settings are told how they are written', () => {
    const { settings, notices } = parseAddress('?P=0.2&learningRate=0.3&utm_source=mail');
    expect(settings).toBe(DEFAULT_SETTINGS);
    expect(notices.map(({ key, message }) => [key, /written (\w+)=/.exec(message)?.[1]])).toEqual([
      ['P', 'p'],
      ['learningRate', 'lr'],
    ]);
  });

  test('notices stay few and short, whatever is in the address', () => {
    const all = [`hide=${'door,'.repeat(500)}`, `p=${'9'.repeat(3000)}`, `at=${'q:1:0;'.repeat(400)}`].join('&');
    const { notices } = parseAddress(`?${all}`);
    expect(notices.map(({ message }) => message).join(' ').length).toBeLessThan(4000);
    expect(notices.at(-1)?.message).toMatch(/^\d+ more parts of this address were refused\.$/);
  });
});

test('AD1 a run may go as far as steps are counted, and its address is taken back', () => {
  const parts = { step: 2 ** 31 - 1, changes: [{ step: 3_000_000, patch: { p: 0.25 } }] };
  expect(parseAddress(`?${formatAddress(DEFAULT_SETTINGS, parts)}`)).toEqual({ ...NOTHING, ...parts });
});

test('AD3 changes of one step go together in any order of the list, whatever else is refused between them', () => {
  const { changes, notices } = parseAddress('?at=p:9:0.25:x:1;mode:9:none:3:alpha;lr:9:0.5;wd:2:0.5');
  expect(changes).toEqual([
    { step: 2, patch: { weightDecay: 0.5 } },
    { step: 9, patch: { p: 0.25, mode: 'none', learningRate: 0.5 } },
    { step: 12, patch: { mode: 'alpha' } },
  ]);
  expect(notices.map(({ key }) => key)).toEqual(['at']);
});

test('AD1 what is right only together is taken together: a mode that wants p below 1, and that p', () => {
  const together = { mode: 'gaussian', p: 0.25 } as const;
  expect(parseAddress('?p=1&at=mode:8:gaussian;p:8:0.25')).toMatchObject({ changes: [{ step: 8, patch: together }], notices: [] });
  expect(parseAddress('?p=1&b=mode:gaussian;p:0.25')).toMatchObject({ view: { compare: together }, notices: [] });
  const { changes, notices } = parseAddress('?p=1&at=mode:8:gaussian;p:8:0.25;lr:8:99');
  expect(changes).toEqual([{ step: 8, patch: together }]);
  expect(notices).toHaveLength(1);
});
