import { describe, expect, test } from 'vitest';
import { NUM_PAIRS, wordPair } from '../../../src/ui/present/words/wordPair';

const print = (high: number, low: number) => `${high.toString(16).padStart(2, '0')}c0ffee${low.toString(16).padStart(2, '0')}badcab`;

describe('CL1 two words of a fingerprint', () => {
  test('CL1 65 536 different pairs of plain words, no word in both places', () => {
    const pairs = new Set<string>();
    const words = [new Set<string>(), new Set<string>()] as const;
    for (let high = 0; high < 256; high++) {
      for (let low = 0; low < 256; low++) {
        const pair = wordPair(print(high, low));
        expect(pair).toMatch(/^[a-z]{3,9} [a-z]{3,9}$/);
        pairs.add(pair);
        const [one, other] = pair.split(' ') as [string, string];
        words[0].add(one);
        words[1].add(other);
      }
    }
    expect(pairs.size).toBe(NUM_PAIRS);
    expect(pairs.size).toBe(65_536);
    expect([...words[0]].filter((word) => words[1].has(word))).toEqual([]);
  });

  test('CL1 the words stay for ever', () => {
    expect([wordPair(print(0, 0)), wordPair(print(127, 128)), wordPair(print(255, 255))]).toMatchInlineSnapshot(`
      [
        "able acorn",
        "hidden harbour",
        "teal tulip",
      ]
    `);
  });

  test.each(['', 'ABCDEF0123456789', '0123456789abcde', '0123456789abcdefg', 'g123456789abcdef'])('refuses %j', (text) => {
    expect(() => wordPair(text)).toThrow(/^fingerprint must be 16 hex digits, got/);
  });
});
