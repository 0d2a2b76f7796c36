/** Where the UK seller sells, at which rates, and when he is paid: fortnights that end on a Tuesday. */
import type { Period } from '../october-2026.ts';
import type { DemoMarketplace } from '../order-in-cents.ts';

/** 15 % of the price with tax, and the VAT of Amazon's UK branch on it. */
const COMMISSION = { basisPoints: 1800n, on: 'gross' } as const;

export const GB: DemoMarketplace = {
  world: { id: 'A1F83G8C2ARO7P', name: 'Amazon.co.uk', currency: 'GBP', countryCode: 'GB' },
  withheld: 'MarketplaceFacilitatorVAT',
  commission: COMMISSION,
};
export const DE: DemoMarketplace = {
  world: { id: 'A1PA6795UKMFR9', name: 'Amazon.de', currency: 'EUR', countryCode: 'DE' },
  withheld: 'MarketplaceFacilitatorVAT',
  commission: COMMISSION,
};

/** Hundredths of a percent, by country and class of goods. */
export const UK_RATES: Readonly<Record<string, Readonly<Record<'standard' | 'reduced' | 'zero', bigint>>>> = {
  GB: { standard: 2000n, reduced: 500n, zero: 0n },
  DE: { standard: 1900n, reduced: 700n, zero: 0n },
};

export const UK_FIRST_PAYOUT: Period = { start: '2026-10-06T00:00:00Z', end: '2026-10-20T00:00:00Z' };
/** A month ends between its dispatches and its end. */
export const UK_SECOND_PAYOUT: Period = { start: '2026-10-20T00:00:00Z', end: '2026-11-03T00:00:00Z' };
