import { folded } from './amount-words.ts';
import { negated } from './decimal.ts';
import { HOUR, localDay, shifted } from './instants.ts';
import { marketplaceOf } from './marketplaces.ts';
import { seededDigits } from './seeded.ts';
import type { ReadSettlement } from './settlement-reader.ts';
import type { WorldBankLine } from './world.ts';

/** The bank's number of a payout's transfer: Amazon tells it as TraceId, the statement as the line's id. */
export function traceIdOf(settlementId: string): string {
  return `0210000${seededDigits(`trace ${settlementId}`, 8)}`;
}

/** Payouts that a later file returns: a failed transfer of the same amount, the last such payout before it. */
export function returnedPayouts(settlements: readonly ReadSettlement[]): Set<string> {
  const inOrder = [...settlements].sort((a, b) => (a.end < b.end ? -1 : 1));
  const returned = new Set<string>();
  for (const later of inOrder) {
    for (const row of later.rows) {
      for (const { description, amount } of row.amounts) {
        if (!/^(transferoffundsunsuccessful|faileddisbursement)/.test(folded(description))) continue;
        const payout = inOrder
          .filter(
            (earlier) =>
              earlier.end <= later.start &&
              earlier.currency === later.currency &&
              earlier.total === amount &&
              !returned.has(earlier.settlementId),
          )
          .at(-1);
        if (payout) returned.add(payout.settlementId);
      }
    }
  }
  return returned;
}

/** Rows that are a movement of their own on a statement, with the opposite sign. */
const MOVEMENTS: ReadonlyMap<string, Pick<WorldBankLine, 'account' | 'description'>> = new Map([
  ['microdeposit', { account: 'bank', description: 'AMAZON ACCT VERIFY' }],
  ['successfulcharge', { account: 'card', description: 'AMAZON SELLER REPAY' }],
]);

/** The statement lines that settlements must have caused: payouts and micro deposits at the bank, charges on the card. */
export function linesCausedBy(settlement: ReadSettlement, returned: boolean): WorldBankLine[] {
  const names = settlement.rows
    .map((row) => row.marketplaceName)
    .filter((name) => name !== '' && !/^non-amazon/i.test(name));
  const { timeZone } = marketplaceOf(names[0] ?? '', settlement.currency);
  const { currency, settlementId } = settlement;
  const lines: WorldBankLine[] = [];
  if (isPositive(settlement.total) && !returned) {
    lines.push({
      account: 'bank',
      date: localDay(settlement.depositDate, timeZone),
      publishedAt: settlement.depositDate,
      amount: settlement.total,
      currency,
      description: 'AMAZON MKTPL PAYMENTS',
      transactionId: traceIdOf(settlementId),
    });
  }
  settlement.rows.forEach((row, index) => {
    for (const { description, amount } of row.amounts) {
      const movement = MOVEMENTS.get(folded(description));
      if (!movement) continue;
      lines.push({
        ...movement,
        date: localDay(row.postedAt, timeZone),
        publishedAt: shifted(row.postedAt, 12 * HOUR),
        amount: negated(amount, currency),
        currency,
        transactionId: seededDigits(`${settlementId} row ${index}`, 15),
      });
    }
  });
  return lines;
}

export function isPositive(amount: string): boolean {
  return !amount.startsWith('-') && /[1-9]/.test(amount);
}
