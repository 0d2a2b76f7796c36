/** A product of a demo's seller. Prices and costs in cents; `fee` is what Amazon takes for sending one unit. */
export interface DemoProduct {
  sku: string;
  asin: string;
  title: string;
  upc: string;
  price: bigint;
  cost: bigint;
  fee: bigint;
  inNetSuite: boolean;
}
