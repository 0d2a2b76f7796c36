import { describe, expect, test } from '@jest/globals';
import { createBatchedLookUp } from '../../../src/clients/netsuite/look-up-batch.ts';

/** A loader that knows everything except what begins with `no-`, and remembers what it was asked. */
function recorder() {
  const asked: string[][] = [];
  return {
    asked,
    async load(keys: string[]) {
      asked.push(keys);
      return new Map(keys.filter((key) => !key.startsWith('no-')).map((key) => [key, key.toUpperCase()]));
    },
  };
}

describe('look-ups that arrive together', () => {
  test('become one query, and the same key is asked once', async () => {
    const { asked, load } = recorder();
    const lookUp = createBatchedLookUp({ load });
    expect(await Promise.all([lookUp('a'), lookUp('b'), lookUp('a'), lookUp('no-c')])).toEqual(['A', 'B', 'A', null]);
    expect(asked).toEqual([['a', 'b', 'no-c']]);
  });

  test('are split where the list is full', async () => {
    const { asked, load } = recorder();
    const lookUp = createBatchedLookUp({ load, maxKeys: 2 });
    await Promise.all(['a', 'b', 'c'].map(lookUp));
    expect(asked).toEqual([['a', 'b'], ['c']]);
  });

  test('wait for the query that is under way, and go out together after it', async () => {
    const asked: string[][] = [];
    const open: (() => void)[] = [];
    const lookUp = createBatchedLookUp({
      load: async (keys: string[]) => {
        asked.push(keys);
        await new Promise<void>((resolve) => open.push(resolve));
        return new Map(keys.map((key) => [key, 1]));
      },
    });
    const first = lookUp('a');
    while (open.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const later = [lookUp('b'), lookUp('c'), lookUp('a')];
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(asked).toEqual([['a']]);
    open[0]!();
    await first;
    while (open.length === 1) await new Promise((resolve) => setTimeout(resolve, 1));
    open[1]!();
    expect(await Promise.all(later)).toEqual([1, 1, 1]);
    expect(asked).toEqual([['a'], ['b', 'c', 'a']]);
  });

  test('all fail with the query that they share, and the next ones start anew', async () => {
    let broken = true;
    const lookUp = createBatchedLookUp({
      load: async (keys) => {
        if (broken) throw new Error('NetSuite is down');
        return new Map(keys.map((key) => [key, 1]));
      },
    });
    const results = await Promise.allSettled([lookUp('a'), lookUp('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    expect(await lookUp('a')).toBe(1);
  });
});

describe('what is kept', () => {
  test('a found value until it is old; a miss never', async () => {
    const { asked, load } = recorder();
    let now = 0;
    const lookUp = createBatchedLookUp({ load, keep: { forMs: 1000, now: () => now } });
    await lookUp('a');
    await lookUp('no-b');
    await lookUp('a');
    await lookUp('no-b');
    expect(asked).toEqual([['a'], ['no-b'], ['no-b']]);
    now = 1000;
    await lookUp('a');
    expect(asked).toEqual([['a'], ['no-b'], ['no-b'], ['a']]);
  });

  test('only what the rule allows, and nothing without one', async () => {
    const { asked, load } = recorder();
    const picky = createBatchedLookUp({
      load,
      keep: { forMs: 1000, now: () => 0, when: (value: string) => value !== 'A' },
    });
    await picky('a');
    await picky('a');
    const forgetful = createBatchedLookUp({ load });
    await forgetful('b');
    await forgetful('b');
    expect(asked).toEqual([['a'], ['a'], ['b'], ['b']]);
  });
});
