import { expect, test } from '@jest/globals';
import { settlementZone, type PayoutSetup } from '../../src/activities/payouts/payout-setup.ts';

/** Only what the rule looks at: the connection's marketplaces and the settlement's currency. */
function zoneOf(marketplaces: { id: string; timeZone?: string }[], currency: string): string {
  return settlementZone({
    connection: { settings: { marketplaces } },
    settlement: { currency },
  } as unknown as PayoutSetup);
}
const UK = { id: 'A1F83G8C2ARO7P' };
const DE = { id: 'A1PA6795UKMFR9' };

test('a settlement is dated in the zone of the first marketplace in its currency', () => {
  expect(zoneOf([UK, DE], 'EUR')).toBe('Europe/Berlin');
  expect(zoneOf([UK, DE], 'GBP')).toBe('Europe/London');
});
test('a setting of that marketplace overrides its zone', () => {
  expect(zoneOf([UK, { ...DE, timeZone: 'Europe/Vienna' }], 'EUR')).toBe('Europe/Vienna');
});
test('a currency that no marketplace of the connection has is dated as its first', () => {
  expect(zoneOf([UK, DE], 'USD')).toBe('Europe/London');
});
