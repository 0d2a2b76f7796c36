/** Names that stock knows, for a word that may be one of them: whether it is, and which one it most likely meant. */
import { nearestOf } from '../../config/near-miss.ts';
import { loadMatchedSkus, loadNetSuiteStock } from '../../store/stock/netsuite-stock.ts';
import { loadSkusOfStock } from '../../store/stock/skus-of-stock.ts';
import { loadDecidedSkus } from '../../store/stock/sku-mappings.ts';
import type { ViewSource } from '../view-source.ts';

export interface KnownNamesView {
  isSku: boolean;
  /** What the word is an item's name of: SKUs that a person has mapped to it, or that bear its name. */
  skusOfItem: string[];
  /** The near SKU, and the near name of either kind; null where none is. */
  nearSku: string | null;
  near: string | null;
}

export async function knownNamesView(
  { store: { db } }: ViewSource,
  connections: readonly string[],
  word: string,
): Promise<KnownNamesView> {
  const skus: string[] = [];
  const items: string[] = [];
  const skusOfItem: string[] = [];
  for (const connection of connections) {
    skus.push(...(await loadSkusOfStock(db, connection)));
    items.push(...((await loadNetSuiteStock(db, connection))?.items ?? []).map(({ item }) => item));
    const told = [...(await loadMatchedSkus(db, connection)), ...(await loadDecidedSkus(db, connection))];
    const last = new Map(told.map(({ sku, item }) => [sku, item]));
    skusOfItem.push(...[...last].filter(([, item]) => item === word).map(([sku]) => sku));
  }
  return {
    isSku: skus.includes(word),
    skusOfItem,
    nearSku: nearestOf(word, skus),
    near: nearestOf(word, [...skus, ...items]),
  };
}
