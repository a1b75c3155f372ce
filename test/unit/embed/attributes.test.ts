import { expect, test } from 'vitest';
import { readAttributes, refusedAtFirst, refusedLater } from '../../../src/embed/attributes';

const words = (attributes: [string, string][]) => {
  const { refused } = readAttributes(attributes);
  return { first: refused.map(refusedAtFirst), later: refused.map(refusedLater) };
};

test('EM3 several bad attributes at once: each is told under its own name, with what is in force instead', () => {
  const bad: [string, string][] = [
    ['trainsize', '0'],
    ['units', '4,x'],
    ['p', '1.5'],
    ['seed', ''],
    ['theme', 'blue'],
    ['hide', 'door  gate'],
  ];
  const { first, later } = words(bad);
  expect(first.map(({ message }) => message)).toEqual([
    'trainsize="0": trainSize must be an integer between 1 and 5000, got 0. 96 is used instead.',
    'units="4,x": hidden[1] must be an integer between 1 and 512, got "x". [12, 8] is used instead.',
    'p="1.5": p must be between 0 and 1, got 1.5. 0.5 is used instead.',
    'seed="": seed must be an integer between 0 and 4294967295, got "". 42 is used instead.',
    'theme="blue": must be light or dark.',
    expect.stringMatching(/^hide="door {2}gate": there is no control "door, gate"; controls are transport, /),
  ]);
  expect(first.map(({ attribute, value }) => [attribute, value])).toEqual(bad);
  for (const { message } of later) expect(message).toMatch(/[^.]\. Nothing has changed\.$/);
});

test('EM3 a long or broken value does not hide what is wrong with it, and stays on one line', () => {
  const value = `0.5\n${'9'.repeat(300)}`;
  const { first } = words([['p', value]]);
  expect(first).toHaveLength(1);
  expect(first[0]).toMatchObject({ attribute: 'p', value, code: 'bad-attribute', fatal: false });
  expect(first[0]?.message).toMatch(/^p="0\.5 9{20,60}…": p must be between 0 and 1, got "0\.5.{20,70} 0\.5 is used instead\.$/);
});

test('ST2 0, an empty list and a list with spaces are values', () => {
  const { settings, view, refused } = readAttributes([
    ['p', '0'],
    ['units', ''],
    ['hide', ' mode  seed, story '],
  ]);
  expect(refused).toEqual([]);
  expect(settings).toMatchObject({ p: 0, hidden: [] });
  expect(view.hidden).toEqual(['seed', 'mode', 'story']);
});
