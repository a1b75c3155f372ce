import { describe, expect, test } from 'vitest';
import { CODE_CONVENTIONS, codeLines, codeText, IDIOM_FRAMEWORKS, markedLines } from '../../../src/export/idioms/index';
import { DEFAULT_SETTINGS, MASK_SCOPES, MODES, SETTING_NAMES, type SettingName, type Settings } from '../../../src/protocol/settings';
import { CONVENTIONS } from '../../../src/store/labStore';

const settings: Settings = {
  ...DEFAULT_SETTINGS,
  p: 0.2,
  inputP: 0.1,
  layerP: [null, 0.35],
  weightDecay: 0.01,
  maxNorm: 2,
  channelSize: 3,
};
const text = (
  patch: Partial<Settings>,
  framework: (typeof IDIOM_FRAMEWORKS)[number],
  convention: (typeof CODE_CONVENTIONS)[number] = 'drop',
) => codeText(codeLines({ ...settings, ...patch }, framework, convention));

test('the conventions of the code are those of the page', () => {
  expect(CODE_CONVENTIONS).toEqual(CONVENTIONS);
});

/** What no line of code can show: how the data was drawn. */
const OF_THE_DATA: readonly SettingName[] = ['trainSize', 'testSize', 'noise', 'labelNoise', 'dataSeed', 'points'];

describe.each(IDIOM_FRAMEWORKS)('%s', (framework) => {
  test('every change of a control lands on a line, and not on all of them', () => {
    const lines = codeLines({ ...settings, mode: 'spatial' }, framework, 'drop');
    for (const name of SETTING_NAMES.filter((candidate) => !OF_THE_DATA.includes(candidate))) {
      const marked = markedLines(lines, [name]);
      expect(marked.length, name).toBeGreaterThan(0);
      expect(marked.length, name).toBeLessThan(lines.length / 2);
    }
  });

  test('a changed number is to be read on a line that is marked for it', () => {
    const numbers: Partial<Settings> = {
      p: 0.27,
      inputP: 0.13,
      learningRate: 0.017,
      momentum: 0.83,
      weightDecay: 0.0021,
      maxNorm: 3.7,
      batchSize: 19,
      seed: 12345,
      passes: 77,
    };
    const lines = codeLines({ ...settings, ...numbers }, framework, 'drop');
    for (const [name, value] of Object.entries(numbers)) {
      const marked = markedLines(lines, [name as SettingName]).map((index) => lines[index]?.text ?? '');
      expect(marked.join('\n'), name).toContain(String(value));
    }
  });

  test.each(['train', 'eval', 'mc'] as const)('the phase %s marks its own lines', (phase) => {
    const marked = (shown: Settings['phase']) => markedLines(codeLines({ ...settings, phase: shown }, framework, 'drop'), ['phase']);
    expect(marked(phase).length).toBeGreaterThan(0);
    const others = (['train', 'eval', 'mc'] as const).filter((other) => other !== phase).flatMap(marked);
    expect(marked(phase).some((line) => others.includes(line))).toBe(false);
  });

  test('each mode has code of its own, each scope too where it matters', () => {
    const modes = MODES.map((mode) => text({ mode }, framework));
    expect(new Set(modes).size).toBe(MODES.length);
    for (const mode of MODES.filter((candidate) => candidate !== 'none')) {
      expect(new Set(MASK_SCOPES.map((maskScope) => text({ mode, maskScope }, framework))).size, mode).toBe(2);
    }
  });

  test('no line is too long to be read beside a figure', () => {
    for (const mode of MODES) {
      for (const convention of CODE_CONVENTIONS) {
        for (const line of codeLines({ ...settings, mode }, framework, convention))
          expect(line.text.length, line.text).toBeLessThanOrEqual(110);
      }
    }
  });

  test('the other side of the probability is in sight in every convention', () => {
    for (const convention of CODE_CONVENTIONS) {
      const code = text({ mode: 'inverted' }, framework, convention);
      expect(code).toMatch(convention === 'drop' || convention === 'rate' ? /= 0\.2 {2}# drop; keep 0\.8/ : /= 0\.8 {2}# keep; drop 0\.2/);
    }
  });
});

test('the framework is given what it asks for, whatever the code calls it', () => {
  expect(text({}, 'torch', 'drop')).toContain('nn.Dropout(p)');
  expect(text({}, 'torch', 'keep-paper')).toContain('nn.Dropout(1 - p)');
  expect(text({}, 'keras', 'rate')).toContain('layers.Dropout(rate)');
  expect(text({}, 'keras', 'keep_prob')).toContain('layers.Dropout(1 - keep_prob)');
  expect(text({}, 'nnx', 'keep-paper')).toContain('nnx.Dropout(1 - p, rngs=rngs)');
  expect(text({}, 'tf1', 'drop')).toContain('kp: 1 - p, kp_2: 1 - p_2}');
  expect(text({}, 'tf1', 'keep_prob')).toContain('kp: keep_prob, kp_2: keep_prob_2}');
  expect(text({}, 'tf2', 'rate')).toContain('tf.nn.dropout(h, rate=rate)');
  expect(text({}, 'tf2', 'keep-paper')).toContain('tf.nn.dropout(h, rate=1 - p)');
});

test('one mask for the batch is asked for by name where the framework has a name for it', () => {
  expect(text({ maskScope: 'batch' }, 'keras')).toContain('noise_shape=(1, None)');
  expect(text({ maskScope: 'batch' }, 'nnx')).toContain('broadcast_dims=(0,)');
  expect(text({ maskScope: 'batch' }, 'tf2')).toContain('noise_shape=[1, h.shape[1]]');
});

test('p = 1 is kept from dividing by zero, p = 0 stays a number', () => {
  expect(text({ p: 1, layerP: [] }, 'numpy')).toContain('if (1 - p) == 0: return 0.0, 0.0');
  expect(text({ p: 0.9, layerP: [] }, 'numpy')).not.toContain('== 0');
  expect(text({ p: 0 }, 'torch')).toContain('p = 0.0  # drop; keep 1.0');
});
