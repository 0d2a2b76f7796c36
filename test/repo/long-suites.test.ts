/** What `npm test` leaves to `npm run test:full` is there, and named once. */
import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { LONG_SUITES } from '../long-suites.mjs';

test('each long suite is a file, named once', () => {
  const isThere = (suite: string) => existsSync(new URL(`../${suite}.test.ts`, import.meta.url));
  expect(LONG_SUITES.filter((suite) => !isThere(suite))).toEqual([]);
  expect(new Set(LONG_SUITES).size).toBe(LONG_SUITES.length);
});
