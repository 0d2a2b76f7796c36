import { expect, test } from '@jest/globals';
import { poll } from '../../src/operations/poll.ts';

test('it looks until what it sees is done', async () => {
  let looks = 0;
  expect(
    await poll(
      async () => (looks += 1),
      (seen) => seen === 3,
      30,
    ),
  ).toBe(3);
});

test('it gives up when the seconds are over and returns what it saw last, looking once at least', async () => {
  let looks = 0;
  expect(
    await poll(
      async () => (looks += 1),
      () => false,
      0,
    ),
  ).toBe(1);
});
