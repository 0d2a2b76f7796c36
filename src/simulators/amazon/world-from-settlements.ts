import { folded } from './amount-words.ts';
import { isPositive, linesCausedBy, returnedPayouts, traceIdOf } from './bank-lines.ts';
import { decimalOf, digitsOf, minorOf, sumOf } from './decimal.ts';
import { DAY, MINUTE, shifted } from './instants.ts';
import { marketplaceOf } from './marketplaces.ts';
import { inventedAsin, inventedTitle, ordersFromRows } from './orders-from-rows.ts';
import { refundsFromRows } from './refunds-from-rows.ts';
import { seededCode, seededDigits, seededUuid } from './seeded.ts';
import { readSettlement } from './settlement-reader.ts';
import type { ReadSettlement } from './settlement-reader.ts';
import type { AmazonWorld, WorldMarketplace, WorldProduct, WorldSettlement } from './world.ts';

export interface SettlementFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * `bank` and `card`: statements that the user has himself; then no lines are invented for that account, and the world goes on
 * for a fortnight after its last deposit, in which a line that they lack is missed.
 */
export interface SettlementWorldOptions {
  bank?: Uint8Array;
  card?: Uint8Array;
}

/**
 * The world in which these settlement reports are true: the orders, shipments, refunds, transfers and statement lines
 * that they must come from. The reports are served byte by byte as given. What a report does not say (names, costs,
 * ASINs, times of purchase) comes from hashes. The same settlement given twice counts once. Throws on a file that is
 * no settlement report.
 */
export function worldFromSettlements(
  files: readonly SettlementFile[],
  options: SettlementWorldOptions = {},
): AmazonWorld {
  const read = new Map(
    files
      .map((file) => readSettlement(file.name, file.bytes))
      .map((settlement) => [settlement.settlementId, settlement]),
  );
  const settlements = [...read.values()].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  const returned = returnedPayouts(settlements);
  const { orders, shipments } = ordersFromRows(settlements);
  const lastDeposit = settlements
    .map((settlement) => settlement.depositDate)
    .sort()
    .at(-1);
  const seed = settlements.map((settlement) => settlement.settlementId).join(' ');
  return {
    title: `settlement ${settlements.map((settlement) => settlement.settlementId).join(', ')}`,
    sellerId: `A${seededCode(`seller ${seed}`, 13)}`,
    marketplaces: marketplacesOf(settlements),
    catalogue: catalogueOf(settlements, orders),
    orders,
    shipments,
    refunds: refundsFromRows(settlements),
    settlements: settlements.map((settlement) => worldSettlement(settlement, returned.has(settlement.settlementId))),
    bankLines: settlements
      .flatMap((settlement) => linesCausedBy(settlement, returned.has(settlement.settlementId)))
      .filter((line) => (line.account === 'bank' ? options.bank : options.card) === undefined),
    paceMinutes: 12 * 60,
    ...((options.bank ?? options.card) !== undefined &&
      lastDeposit !== undefined && { goesOnUntil: shifted(lastDeposit, 14 * DAY) }),
  };
}

function marketplacesOf(settlements: readonly ReadSettlement[]): WorldMarketplace[] {
  const found = new Map<string, WorldMarketplace>();
  for (const { currency, rows } of settlements) {
    const names = new Set(rows.map((row) => row.marketplaceName).filter((name) => name !== ''));
    for (const name of names.size > 0 ? names : ['']) {
      const { timeZone: _, ...marketplace } = marketplaceOf(name, currency);
      found.set(marketplace.id, marketplace);
    }
  }
  return [...found.values()];
}

/** Every SKU of the files, in NetSuite too; a unit costs 40 % of the lowest price that it went for, to the cent. */
function catalogueOf(settlements: readonly ReadSettlement[], orders: AmazonWorld['orders']): WorldProduct[] {
  const currencies = new Map<string, string>();
  for (const { rows, currency } of settlements)
    for (const row of rows) if (row.sku !== '') currencies.set(row.sku, currency);
  const lowest = new Map<string, bigint>();
  for (const { currency, items } of orders) {
    for (const item of items) {
      if (currencies.get(item.sku) !== currency || !isPositive(item.principal)) continue;
      const price = minorOf(item.principal, digitsOf(currency)) / BigInt(item.quantity);
      const known = lowest.get(item.sku);
      if (known === undefined || price < known) lowest.set(item.sku, price);
    }
  }
  return [...currencies].map(([sku, currency]) => {
    const digits = digitsOf(currency);
    // One that was never sold for money costs 4.00.
    const price = lowest.get(sku) ?? 10n * 10n ** BigInt(digits);
    return {
      sku,
      asin: inventedAsin(sku),
      title: inventedTitle(sku),
      upc: seededDigits(`upc ${sku}`, 12),
      unitCost: decimalOf((price * 4n + 5n) / 10n, digits),
      inNetSuite: true,
    };
  });
}

function worldSettlement(settlement: ReadSettlement, returned: boolean): WorldSettlement {
  const { settlementId, start, end, depositDate, currency, total, bytes, packed } = settlement;
  const carried = settlement.rows
    .flatMap((row) => row.amounts)
    .filter(({ description }) => ['payabletoamazon', 'previousreserveamountbalance'].includes(folded(description)));
  const paysOut = isPositive(total);
  return {
    settlementId,
    start,
    end,
    depositDate,
    currency,
    total,
    bytes,
    gzip: packed,
    reportType:
      settlement.variant === 'V1'
        ? 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE'
        : 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
    publishedAt: shifted(end, 25 * MINUTE),
    group: {
      id: seededUuid(`group ${settlementId}`).replaceAll('-', ''),
      traceId: paysOut ? traceIdOf(settlementId) : null,
      accountTail: paysOut ? seededDigits(`account ${currency}`, 4) : null,
      beginningBalance: sumOf(
        carried.map(({ amount }) => amount),
        currency,
      ),
      transfers: paysOut
        ? [
            { at: end, status: 'Processing' },
            { at: depositDate, status: returned ? 'Failed' : 'Successful' },
          ]
        : [{ at: end, status: 'Unknown' }],
    },
  };
}
