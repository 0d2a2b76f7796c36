/** Tax that nobody withheld, that no document carries and that nobody is asked about: it is told with its amount, month by month. */
import { leavesUnwithheldTax } from '../../config/tax-policy.ts';
import { formatMinor, sumMinor } from '../../domain/money/money.ts';
import { counted, renderMoney } from '../../domain/money/render-amount.ts';
import { leftOfOrders, withoutOwned } from '../../domain/tax/collected-tax.ts';
import { askedTaxOf } from '../../store/payouts/left-tax.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import { settlementsWithTaxIn } from '../../store/tax/vat-facts.ts';
import type { ConnectionSource } from '../view-source.ts';

/** Of the journals that are booked in the month. */
export interface VatLeftView {
  /** As the reports name it. */
  marketplace: string;
  currency: string;
  orders: number;
  /** Decimal text in `currency`, signed as on the return. */
  tax: string;
  /** A sentence for people. */
  note: string;
}

/** By marketplace (`unwithheldTax: leave`); where two orders make up for each other they are named all the same. */
export async function leftPart(
  { store: { db }, settings }: ConnectionSource,
  period: { from: string; to: string },
): Promise<VatLeftView[]> {
  const all: { marketplace: string; currency: string; amount: bigint }[] = [];
  for (const settlementId of await settlementsWithTaxIn(db, settings.name, period)) {
    const { currency } = (await loadSettlement(db, settings.name, settlementId))!;
    for (const one of leftOfOrders(withoutOwned(await askedTaxOf(db, settings.name, settlementId))))
      if (!one.collected && leavesUnwithheldTax(settings, one.marketplaceName))
        all.push({ marketplace: one.marketplaceName!, currency, amount: one.amount });
  }
  const keys = [...new Set(all.map(({ marketplace, currency }) => JSON.stringify([marketplace, currency])))].sort();
  return keys.map((key) => {
    const [marketplace, currency] = JSON.parse(key) as [string, string];
    const own = all.filter((one) => one.marketplace === marketplace && one.currency === currency);
    const amount = sumMinor(own.map((one) => one.amount));
    return {
      marketplace,
      currency,
      orders: own.length,
      tax: formatMinor(amount, currency),
      note: `${renderMoney(amount, currency)} of tax of ${counted(own.length, 'order')} of ${marketplace} that nobody withheld and no document carries are left on sales-tax-payable (unwithheldTax: leave): in no sum, no box and no tie. Amazon's report (3) says whose it is.`,
    };
  });
}
