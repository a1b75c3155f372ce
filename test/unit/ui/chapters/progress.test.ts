/** Answers are kept where storage works, and for the visit where it does not. */
import { describe, expect, test } from 'vitest';
import { createProgress, type KeyValueStorage } from '../../../../src/ui/chapters/shell/progress';

function memoryStorage(entries: Record<string, string> = {}): KeyValueStorage & { readonly entries: Record<string, string> } {
  return {
    entries,
    getItem: (key) => entries[key] ?? null,
    setItem: (key, value) => {
      entries[key] = value;
    },
    removeItem: (key) => {
      delete entries[key];
    },
  };
}

const KEY = 'dropout-lab.chapters';

describe('progress', () => {
  test('is found again by the next visit, and nothing else of the storage is touched', () => {
    const storage = memoryStorage({ other: 'mine' });
    createProgress(storage).answer('one-tensor', 'up');
    createProgress(storage).answer('four-worlds', 'keep');
    expect(createProgress(storage).get()).toEqual({ answers: { 'one-tensor': 'up', 'four-worlds': 'keep' }, isKept: true });
    expect(Object.keys(storage.entries).sort()).toEqual([KEY, 'other']);
    expect(storage.entries.other).toBe('mine');
  });

  test('can be taken back one by one and forgotten as a whole, leaving no trace', () => {
    const storage = memoryStorage();
    const progress = createProgress(storage);
    progress.answer('a', '1');
    progress.answer('b', '');
    progress.retract('a');
    expect(progress.get().answers).toEqual({ b: '' });
    progress.clear();
    expect(progress.get().answers).toEqual({});
    expect(storage.entries).toEqual({});
  });

  test('tells its subscribers of each change until they leave', () => {
    const progress = createProgress(memoryStorage());
    const seen: unknown[] = [];
    const leave = progress.subscribe(() => seen.push(progress.get().answers));
    progress.answer('a', '1');
    leave();
    progress.answer('b', '2');
    expect(seen).toEqual([{ a: '1' }]);
  });

  test.each([
    ['no JSON', '{oops'],
    ['a list', '["a"]'],
    ['a number', '7'],
    ['null', 'null'],
  ])('starts afresh over %s', (_, text) => {
    const storage = memoryStorage({ [KEY]: text });
    const progress = createProgress(storage);
    expect(progress.get().answers).toEqual({});
    progress.answer('a', '1');
    expect(createProgress(storage).get().answers).toEqual({ a: '1' });
  });

  test('reads over values that are no answers', () => {
    expect(createProgress(memoryStorage({ [KEY]: '{"a":"1","b":2,"c":null}' })).get().answers).toEqual({ a: '1' });
  });

  test.each<[string, KeyValueStorage | null]>([
    ['is missing', null],
    [
      'throws on everything',
      {
        getItem: () => {
          throw new Error('blocked');
        },
        setItem: () => {
          throw new Error('blocked');
        },
        removeItem: () => {
          throw new Error('blocked');
        },
      },
    ],
  ])('works for this visit when storage %s, and says that it is not kept', (_, storage) => {
    const progress = createProgress(storage);
    progress.answer('a', '1');
    expect(progress.get()).toEqual({ answers: { a: '1' }, isKept: false });
    progress.clear();
    expect(progress.get().answers).toEqual({});
  });

  test('says so when storage is full', () => {
    const full: KeyValueStorage = {
      ...memoryStorage(),
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    const progress = createProgress(full);
    expect(progress.get().isKept).toBe(true);
    progress.answer('a', '1');
    expect(progress.get()).toEqual({ answers: { a: '1' }, isKept: false });
  });
});
