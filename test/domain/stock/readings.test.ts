import { expect, test } from '@jest/globals';
import { isDueAgain } from '../../../src/domain/clocks/due-again.ts';
import { STOCK_READINGS } from '../../../src/domain/stock/readings.ts';

const { balances, ledger } = STOCK_READINGS;

test('what is read daily is read by the look of the next day at the same hour, though that comes some seconds sooner', () => {
  expect(isDueAgain('2026-10-13T18:00:09Z', balances.everyMs, '2026-10-14T18:00:02Z')).toBe(true);
  expect(isDueAgain('2026-10-13T18:00:09Z', balances.everyMs, '2026-10-14T17:00:02Z')).toBe(false);
  expect(isDueAgain('2026-10-13T18:00:09Z', ledger.everyMs, '2026-10-13T19:00:02Z')).toBe(true);
  expect(isDueAgain('2026-10-13T18:00:09Z', ledger.everyMs, '2026-10-13T18:30:00Z')).toBe(false);
});

test('what was never asked for is due, and what was asked for in days to come', () => {
  expect(isDueAgain(null, balances.everyMs, '2026-10-14T18:00:00Z')).toBe(true);
  expect(isDueAgain('2026-10-15T00:00:00Z', balances.everyMs, '2026-10-14T18:00:00Z')).toBe(true);
});
