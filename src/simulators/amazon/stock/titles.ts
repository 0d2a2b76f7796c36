import type { StockBook } from './stock-book.ts';

/** The title of a SKU as all rows carry it at an instant, those of old events as well. */
export function titlesAt(book: StockBook, now: string): (sku: string) => string {
  const titles = new Map(book.happened('retitle', now).map(({ event }) => [event.sku, event.title]));
  return (sku) => titles.get(sku) ?? book.lines.titleOf(sku);
}
