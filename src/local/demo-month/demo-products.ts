import { dollars } from './cents.ts';
import type { DemoProduct } from './demo-product.ts';
import { UK_PRODUCTS } from './uk/uk-products.ts';

/** What the demo seller sells. */
export const DEMO_PRODUCTS: readonly [DemoProduct, ...DemoProduct[]] = [
  {
    sku: 'BLU-MUG',
    asin: 'B0CR7BLMUG',
    title: 'Stoneware mug, blue, 350 ml',
    upc: '036000291452',
    price: 2299n,
    cost: 690n,
    fee: 549n,
    inNetSuite: true,
  },
  {
    sku: 'RED-MUG',
    asin: 'B0CR7RDMUG',
    title: 'Stoneware mug, red, 350 ml',
    upc: '036000291469',
    price: 2299n,
    cost: 690n,
    fee: 549n,
    inNetSuite: true,
  },
  {
    sku: 'OAK-BRD-L',
    asin: 'B0D1OAKBRL',
    title: 'Oak cutting board, large',
    upc: '036000291476',
    price: 4499n,
    cost: 1580n,
    fee: 872n,
    inNetSuite: true,
  },
  {
    sku: 'OAK-BRD-S',
    asin: 'B0D1OAKBRS',
    title: 'Oak cutting board, small',
    upc: '036000291483',
    price: 2999n,
    cost: 1010n,
    fee: 688n,
    inNetSuite: true,
  },
  {
    sku: 'LIN-TWL-4',
    asin: 'B0D4LINTW4',
    title: 'Linen tea towels, set of 4',
    upc: '036000291490',
    price: 3499n,
    cost: 1120n,
    fee: 541n,
    inNetSuite: true,
  },
  {
    sku: 'ENM-POT-2L',
    asin: 'B0D7ENMP2L',
    title: 'Enamel pot, 2 l, cream',
    upc: '036000291506',
    price: 5899n,
    cost: 2140n,
    fee: 986n,
    inNetSuite: true,
  },
  // A pack: NetSuite has the tin alone.
  {
    sku: 'TEA-TIN-3',
    asin: 'B0D9TEATN3',
    title: 'Tea tins, set of 3, “Café” label',
    upc: '036000291513',
    price: 1899n,
    cost: 540n,
    fee: 502n,
    inNetSuite: false,
  },
  {
    sku: 'CST-PAN-26',
    asin: 'B0DACSTP26',
    title: 'Cast iron pan, 26 cm',
    upc: '036000291520',
    price: 6999n,
    cost: 2790n,
    fee: 1345n,
    inNetSuite: true,
  },
];

/** The same mug under a second SKU that nobody told NetSuite about. */
export const UNKNOWN_PRODUCT: DemoProduct = {
  sku: 'BLU-MUG-2',
  asin: 'B0DBBLMUG2',
  title: 'Stoneware mug, blue, 350 ml (new listing)',
  upc: '036000291452',
  price: 2399n,
  cost: 690n,
  fee: 549n,
  inNetSuite: false,
};

export const ALL_PRODUCTS: readonly DemoProduct[] = [...DEMO_PRODUCTS, UNKNOWN_PRODUCT];

export function productOf(sku: string): DemoProduct {
  const product = [...ALL_PRODUCTS, ...UK_PRODUCTS].find((candidate) => candidate.sku === sku);
  if (!product) throw new Error(`the demo seller does not sell ${sku}`);
  return product;
}

export function demoCatalogue(products: readonly DemoProduct[] = ALL_PRODUCTS) {
  return products.map(({ sku, asin, title, upc, cost, inNetSuite }) => ({
    sku,
    asin,
    title,
    upc,
    unitCost: dollars(cost),
    inNetSuite,
  }));
}
