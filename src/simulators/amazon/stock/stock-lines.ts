import type { AmazonWorld } from '../world.ts';
import type { Disposition, StockLine, WorldStock } from './world-stock.ts';

/** Where units lie, and what Amazon calls them. */
export interface StockPlace {
  sku: string;
  fnsku: string;
  country: string;
  centre: string;
  disposition: Disposition;
}

/** The lines of the opening: what every SKU is called and where its units lie when nobody says otherwise. */
export class StockLines {
  readonly #bySku = new Map<string, [StockLine, ...StockLine[]]>();
  readonly #catalogue: ReadonlyMap<string, { asin: string; title: string }>;
  readonly #serves: ReadonlyMap<string, string>;
  readonly #marketplaces: ReadonlyMap<string, string>;

  constructor(world: AmazonWorld, stock: WorldStock) {
    this.#catalogue = new Map(world.catalogue.map((product) => [product.sku, product]));
    this.#serves = new Map(Object.entries(stock.serves ?? {}));
    this.#marketplaces = new Map(world.marketplaces.map(({ countryCode, id }) => [countryCode, id]));
    for (const line of stock.opening) {
      const known = this.#bySku.get(line.sku);
      if (known) known.push(line);
      else this.#bySku.set(line.sku, [line]);
    }
  }

  skus(): string[] {
    return [...this.#bySku.keys()];
  }

  lines(): StockLine[] {
    return [...this.#bySku.values()].flat();
  }

  linesOf(sku: string): readonly StockLine[] {
    return this.#bySku.get(sku) ?? [];
  }

  /** The marketplace that units of a country serve; null when there is none. */
  marketplaceOf(country: string): string | null {
    return this.#serves.get(country) ?? this.#marketplaces.get(country) ?? null;
  }

  asinOf(sku: string): string {
    return this.linesOf(sku).find(({ asin }) => asin !== undefined)?.asin ?? this.#catalogue.get(sku)?.asin ?? '';
  }

  titleOf(sku: string): string {
    return this.linesOf(sku).find(({ title }) => title !== undefined)?.title ?? this.#catalogue.get(sku)?.title ?? sku;
  }

  /** The place that an event means: what it says, for the rest the SKU's first line that agrees with it. */
  placeOf(said: Partial<StockPlace> & { sku: string }): StockPlace {
    const lines = this.linesOf(said.sku);
    const line =
      lines.find((candidate) => agrees(candidate, said)) ??
      lines.find((candidate) => said.fnsku === undefined || candidate.fnsku === said.fnsku) ??
      lines[0];
    if (!line) throw new Error(`${said.sku} has no line in opening, where its FNSKU, country and centre stand`);
    return {
      sku: said.sku,
      fnsku: said.fnsku ?? line.fnsku,
      country: said.country ?? line.country,
      centre: said.centre ?? line.centre,
      disposition: said.disposition ?? 'SELLABLE',
    };
  }

  /** Whence a dispatch of a marketplace's order leaves: the centre that it names if the SKU lies there, else its first. */
  placeOfDispatch(sku: string, marketplaceId: string, centre: string): StockPlace | null {
    const lines = this.linesOf(sku);
    const serving = lines.filter(({ country }) => this.marketplaceOf(country) === marketplaceId);
    const line = serving.find((candidate) => candidate.centre === centre) ?? serving[0] ?? lines[0];
    return line ? { ...line, disposition: 'SELLABLE' } : null;
  }
}

function agrees(line: StockLine, said: Partial<StockPlace>): boolean {
  return (
    (said.fnsku === undefined || said.fnsku === line.fnsku) &&
    (said.country === undefined || said.country === line.country) &&
    (said.centre === undefined || said.centre === line.centre)
  );
}
