import { expect, test } from '@jest/globals';
import { stillOpen } from '../../../src/cli/run/still-open.ts';

test('what is still open is named as far as it can be read at one glance, and counted', () => {
  expect(stillOpen([])).toBe('✓ nothing is open');
  expect(stillOpen(['no account: A'])).toBe('… 1 exception still open: no account: A. npx tieout exceptions');
  expect(stillOpen(['a', 'b', 'c', 'd', 'e'])).toBe('… 5 exceptions still open: a; b; c; d; e. npx tieout exceptions');
  expect(stillOpen(Array.from({ length: 173 }, (_, index) => `no document: order ${index}`))).toBe(
    `… 173 exceptions still open: ${[0, 1, 2, 3, 4].map((index) => `no document: order ${index}`).join('; ')}; and 168 more. npx tieout exceptions`,
  );
});
