/** Why the VAT report of a month is not its last word yet. */
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, dayIn, lastDayOfMonth, monthOf, type Day } from '../../domain/money/instant.ts';
import { explainUnfinished, type Unfinished } from '../../domain/tax/explain-unfinished.ts';
import type { VatFact } from '../../domain/tax/vat-facts.ts';
import { allMarks } from '../../store/intake/marks.ts';
import { settlementsBetween, unbilledIn, type Unbilled } from '../../store/tax/open-month.ts';
import type { ConnectionSource } from '../view-source.ts';
import type { VatFeesView } from './vat-fees-part.ts';

const READ = ['orders', 'shipments', 'refunds'] as const;

export async function unfinishedOf(
  { store: { db }, settings }: ConnectionSource,
  month: string,
  facts: readonly VatFact[],
  fees: VatFeesView | null,
): Promise<Unfinished[]> {
  const { name, marketplaces, cutOver } = settings;
  const first = `${month}-01`;
  const last = lastDayOfMonth(first);
  // With a day about it, since the books of each marketplace have a zone.
  const around = { after: `${addDays(first, -1)}T00:00:00Z`, before: `${addDays(last, 2)}T00:00:00Z` };
  const marks = await allMarks(db, name);
  const unbilled = (await unbilledIn(db, name, around)).filter(
    ({ at, marketplaceId }) => monthOf(dayIn(at, timeZoneOf(settings, marketplaceId))) === month,
  );
  const count = (what: Unbilled['of']) => unbilled.filter(({ of }) => of === what).length;
  const begin = `${first}T00:00:00Z`;
  const lastDocuments = new Map<string, Day>();
  for (const { currency, day, type } of facts)
    if ((type === 'invoice' || type === 'credit memo') && day > (lastDocuments.get(currency) ?? ''))
      lastDocuments.set(currency, day);
  return explainUnfinished({
    month,
    timeZone: timeZoneOf(settings, null),
    read: READ.map((what) => ({ what, upTo: marks.get(what) ?? null })),
    unbilled: { shipments: count('shipments'), refunds: count('refunds') },
    planned:
      new Set(facts.filter(({ posted }) => !posted).map(({ document }) => document)).size +
      (fees?.invoices ?? []).filter(({ posted }) => !posted).length,
    settlements: await settlementsBetween(db, name, {
      currencies: [...new Set(marketplaces.map(({ id }) => currencyOfMarketplace(marketplaceById(id)!)))],
      after: begin > cutOver ? begin : cutOver,
      before: `${addDays(last, 1)}T00:00:00Z`,
    }),
    lastDocuments,
  });
}
