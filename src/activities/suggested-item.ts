import type { RaisedException } from '../domain/exceptions/exception.ts';
import { isMadeByAmazon, suggestItem, type KnownSku } from '../domain/stock/suggest-item.ts';
import { loadLedgerRows } from '../store/stock/ledger-rows.ts';
import { loadMatchedSkus } from '../store/stock/netsuite-stock.ts';
import { loadDecidedSkus } from '../store/stock/sku-mappings.ts';
import { loadSnapshot } from '../store/stock/snapshots.ts';
import type { Connection } from './connection.ts';

/** An exception that asks for the item of a SKU, with the item that it may be; reads what is known only where Amazon made the SKU. */
export async function withSuggestedItem(connection: Connection, raised: RaisedException): Promise<RaisedException> {
  const { remedy, evidence } = raised;
  if (remedy.kind !== 'map-sku' || !isMadeByAmazon(remedy.sku)) return raised;
  const { sku } = remedy;
  const asins = await asinsNow(connection);
  const [row] = asins.has(sku) ? [] : await loadLedgerRows(connection.db, connection.name, { skus: [sku], from: '' });
  const found = suggestItem({ sku, asin: asins.get(sku) ?? row?.asin ?? '' }, await knownSkus(connection, asins));
  if (found === null) return raised;
  const { item, units, because } = found;
  return {
    ...raised,
    evidence: { ...evidence, what: `${evidence.what}; it may be ${item}, as ${because} is` },
    remedy: { ...remedy, item, ...(units === 1 ? {} : { units }) },
  };
}

async function knownSkus({ db, name }: Connection, asins: ReadonlyMap<string, string>): Promise<KnownSku[]> {
  const told = [
    ...(await loadMatchedSkus(db, name)).map(({ sku, item }) => ({ sku, item, units: 1 })),
    ...(await loadDecidedSkus(db, name)).map(({ sku, item, units }) => ({ sku, item, units })),
  ];
  const last = new Map(told.map((one) => [one.sku, one]));
  return [...last.values()].map((one) => ({ ...one, asin: asins.get(one.sku) ?? '' }));
}

/** By SKU, of what Amazon told last that it has. */
async function asinsNow({ db, name, settings }: Connection): Promise<Map<string, string>> {
  const snapshots = await Promise.all((settings.stock?.pools ?? []).map((pool) => loadSnapshot(db, name, pool.name)));
  return new Map(snapshots.flatMap((one) => one?.rows ?? []).map(({ sku, asin }) => [sku, asin]));
}
