/** Claims, and tax without a document, from the rows of journals and what these say whose the tax is. */
import type { Day, Instant } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { NamedItem, TaxShare } from './left-tax-shares.ts';
import type { ClaimTax } from './vat-claims.ts';

/** A part of a journal that stands. */
export interface StandingPart {
  externalId: string;
  settlementId: string;
  part: number;
  day: Day;
  posted: boolean;
  shares: TaxShare[];
}

/** Rows of an item in one part of a journal. */
export interface JournalledRows extends NamedItem {
  settlementId: string;
  part: number;
  /** End of the settlement. */
  endedAt: Instant;
  currency: CurrencyCode;
  marketplaceName: string | null;
  isClaim: boolean;
  /** Whether one of them says that Amazon withheld tax. */
  withheld: boolean;
  /** Of the price. */
  net: bigint;
  /** On `sales-tax-payable`; null where no row is. */
  tax: bigint | null;
}

/** Those of an item that the journal has on one day, in whichever parts. */
interface RowsOfItem extends Omit<JournalledRows, 'part' | 'tax'> {
  day: Day;
  /** Of the price; null where it has none. */
  priced: StandingPart | null;
  /** Of the tax, and its sum. */
  taxed: { part: StandingPart; amount: bigint } | null;
}

/** @param parts of the days that are asked for; rows of others are left out */
export function claimsFromRows(parts: readonly StandingPart[], rows: readonly JournalledRows[]): ClaimTax[] {
  const told = new Set(
    parts.flatMap(({ settlementId, shares }) => shares.map(({ orderId }) => `${settlementId} ${orderId}`)),
  );
  return rowsOfItems(parts, rows).flatMap((item): ClaimTax[] => {
    const { settlementId, day, orderId } = item;
    const shares = parts
      .filter((part) => part.settlementId === settlementId && part.day === day)
      .flatMap((part) => part.shares.filter((share) => isOf(item, share)).map((share) => ({ part, share })));
    const taxes: ClaimTax['taxes'] = shares.map(({ part, share: { jurisdiction, orderItemId, amount } }) => ({
      ...journalOf(part),
      jurisdiction,
      orderItemId,
      amount,
    }));
    // In a journal from before each amount had its share what is on no country's line is nobody's.
    if (item.isClaim && item.taxed !== null && item.taxed.amount !== 0n && !told.has(`${settlementId} ${orderId}`))
      taxes.push({
        ...journalOf(item.taxed.part),
        jurisdiction: null,
        orderItemId: null,
        amount: item.taxed.amount,
      });
    const first = shares[0]?.part ?? item.taxed?.part ?? item.priced;
    if (first === null || (taxes.length === 0 && item.net === 0n)) return [];
    const { orderItemCode, sku, marketplaceName, currency, isClaim, withheld, net, endedAt: settledAt } = item;
    const of = { orderId, orderItemCode, sku, marketplaceName, currency, isClaim, withheld };
    return [{ ...journalOf(first), ...of, day, settledAt, net, taxes }];
  });
}

const journalOf = ({ externalId: journal, posted }: StandingPart) => ({ journal, posted });

/** Rows that name no item are those of what the journal made of their order: its SKU, or the order as a whole. */
function isOf(item: RowsOfItem, share: TaxShare): boolean {
  return (
    share.orderId === item.orderId &&
    share.orderItemCode === item.orderItemCode &&
    (share.sku === item.sku || share.sku === null)
  );
}

function rowsOfItems(parts: readonly StandingPart[], rows: readonly JournalledRows[]): RowsOfItem[] {
  const byPart = new Map(parts.map((part) => [`${part.settlementId} ${part.part}`, part]));
  const items = new Map<string, RowsOfItem>();
  for (const { part: number, tax, ...row } of rows) {
    const part = byPart.get(`${row.settlementId} ${number}`);
    if (part === undefined) continue;
    const named = namedBy(parts, part, row);
    const key = JSON.stringify([row.settlementId, part.day, row.orderId, named.orderItemCode, named.sku]);
    const known = items.get(key);
    items.set(key, {
      ...row,
      ...named,
      day: part.day,
      sku: named.sku ?? row.sku,
      priced: row.net === 0n ? (known?.priced ?? null) : part,
      marketplaceName: row.marketplaceName ?? known?.marketplaceName ?? null,
      isClaim: row.isClaim || known?.isClaim === true,
      withheld: row.withheld || known?.withheld === true,
      net: sumMinor([row.net, known?.net ?? 0n]),
      taxed: tax === null ? (known?.taxed ?? null) : { part, amount: sumMinor([tax, known?.taxed?.amount ?? 0n]) },
    });
  }
  return [...items.values()];
}

/** As the journal told the items of an order apart: by code, by SKU, or not at all. */
function namedBy(
  parts: readonly StandingPart[],
  { settlementId, day }: StandingPart,
  row: NamedItem,
): Pick<NamedItem, 'orderItemCode' | 'sku'> {
  const own = parts
    .filter((part) => part.settlementId === settlementId && part.day === day)
    .flatMap(({ shares }) => shares.filter(({ orderId }) => orderId === row.orderId));
  const byCode = own.length === 0 || own.some(({ orderItemCode }) => orderItemCode !== null);
  const bySku = own.length === 0 || own.some(({ sku }) => sku !== null);
  return { orderItemCode: byCode ? row.orderItemCode : null, sku: bySku ? row.sku : null };
}
