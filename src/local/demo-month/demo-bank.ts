import type { WorldBankLine } from '../../simulators/amazon/world.ts';
import { dollars } from './cents.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A kind of line of other business: its amount lies between two, on these days of October. */
export type OtherBusiness = readonly [
  description: string,
  sign: 1n | -1n,
  from: number,
  to: number,
  days: readonly number[],
];

/** The rest of an October on a small company's current account; one line reads like Amazon and is a purchase there. */
export const OTHERS: readonly OtherBusiness[] = [
  ['GUSTO PAYROLL', -1n, 412_000, 438_000, [2, 16, 30]],
  ['SHOPIFY PAYOUT', 1n, 41_000, 128_000, [1, 5, 8, 12, 15, 19, 22, 26, 29]],
  ['UPS SHIPPING', -1n, 4_200, 19_800, [6, 13, 20, 27]],
  ['KILN & CLAY SUPPLY CO', -1n, 88_000, 241_000, [7, 21]],
  ['RENT WAREHOUSE 4', -1n, 265_000, 265_000, [1]],
  ['PG&E UTILITIES', -1n, 18_200, 24_900, [14]],
  ['STRIPE TRANSFER', 1n, 9_900, 31_000, [2, 9, 16, 23, 30]],
  ['INTUIT QBOOKS', -1n, 9_000, 9_000, [3]],
  ['CHECK 2207', -1n, 52_000, 61_000, [9]],
  ['CHECK 2208', -1n, 11_000, 15_000, [23]],
  ['AMZN MKTP US*2K4TT81R0', -1n, 4_318, 4_318, [17]],
  ['STATE OF OREGON TAX', -1n, 71_000, 71_000, [31]],
  ['FREIGHTQUOTE', -1n, 33_000, 58_000, [8, 19]],
  ['WIRE FEE', -1n, 2_500, 2_500, [7, 21]],
  ['COMCAST BUSINESS', -1n, 18_995, 18_995, [11]],
  ['ADOBE', -1n, 5_999, 5_999, [4]],
  ['OFFICE DEPOT', -1n, 2_100, 9_400, [13, 28]],
  ['INTEREST PAID', 1n, 212, 212, [31]],
  ['CARD PAYMENT', -1n, 120_000, 190_000, [25]],
];

export interface DemoPayout {
  day: string;
  publishedAt: string;
  amount: string;
  currency: string;
  traceId: string;
}

/**
 * The bank's October: other business and the payouts, which the bank shows in the morning.
 * @param currency of the other business
 * @param described the bank's words for a payout
 */
export function demoBankLines(
  random: SeededRandom,
  payouts: readonly DemoPayout[],
  { others: business, currency, described }: { others: readonly OtherBusiness[]; currency: string; described: string },
): WorldBankLine[] {
  const others = business.flatMap(([description, sign, from, to, days]) =>
    days.map((day): WorldBankLine => {
      const date = `2026-10-${String(day).padStart(2, '0')}`;
      return {
        account: 'bank',
        date,
        publishedAt: `${date}T16:00:00Z`,
        amount: dollars(sign * BigInt(random.between(from, to))),
        currency,
        description,
        transactionId: `20261${random.digits(10)}`,
      };
    }),
  );
  const amazon = payouts.map((payout): WorldBankLine => ({
    account: 'bank',
    date: payout.day,
    publishedAt: payout.publishedAt,
    amount: payout.amount,
    currency: payout.currency,
    description: described,
    transactionId: payout.traceId,
  }));
  return [...others, ...amazon].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
