import { timeZoneOf } from '../../config/time-zone.ts';
import { skusOutside } from '../../domain/stock/opening.ts';
import { renderSkusOutside } from '../../domain/stock/render-stock.ts';
import { SkuItems } from '../../domain/stock/sku-items.ts';
import { skuMappingsOf } from '../../domain/stock/sku-mappings.ts';
import { loadOpening } from '../../store/stock/kept-stock.ts';
import { loadMatchedSkus, loadNetSuiteStock } from '../../store/stock/netsuite-stock.ts';
import { loadDecidedSkus } from '../../store/stock/sku-mappings.ts';
import type { Connection } from '../connection.ts';
import { stockSettings } from '../stock/stock-reading.ts';

/** What an approval of a pool's opening leaves out, as a sentence; null where nothing, or Amazon's side is not read. Reads only. */
export async function notInOpening(connection: Connection, pool: string): Promise<string | null> {
  const { db, name, settings } = connection;
  const opening = await loadOpening(db, name);
  if (opening === null) return null;
  const matched = await loadMatchedSkus(db, name);
  const decided = await loadDecidedSkus(db, name);
  const items = (await loadNetSuiteStock(db, name))?.items ?? [];
  const mappings = skuMappingsOf({ matched, decided, items }, timeZoneOf(settings, null));
  const outside = skusOutside(opening, new SkuItems(mappings), stockSettings(connection).from);
  return renderSkusOutside(outside.filter((one) => one.pool === pool));
}
