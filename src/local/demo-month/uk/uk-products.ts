/** What the demo's UK seller sells: prices in pence as the buyer sees them, or in cents of the euro. */
import type { DemoProduct } from '../demo-product.ts';

/** Class of goods by SKU, where it is not `standard` (tax.md, *Settings*). */
export const UK_CLASSES: Readonly<Record<string, 'reduced' | 'zero'>> = { 'CAR-SEAT': 'reduced', 'PIC-BOOK': 'zero' };

export const UK_PRODUCTS: readonly DemoProduct[] = [
  {
    sku: 'TEA-POT',
    asin: 'B0E1TEAPOT',
    title: 'Stoneware teapot, 800 ml',
    upc: '036000292015',
    price: 1999n,
    cost: 600n,
    fee: 420n,
    inNetSuite: true,
  },
  {
    sku: 'SOAP-BAR',
    asin: 'B0E1SOAPBR',
    title: 'Lavender soap, 100 g',
    upc: '036000292022',
    price: 999n,
    cost: 250n,
    fee: 210n,
    inNetSuite: true,
  },
  {
    sku: 'CAR-SEAT',
    asin: 'B0E2CARSEA',
    title: 'Booster seat for a child',
    upc: '036000292039',
    price: 6300n,
    cost: 2500n,
    fee: 600n,
    inNetSuite: true,
  },
  {
    sku: 'PIC-BOOK',
    asin: 'B0E3PICBOO',
    title: 'Picture book, “The Kettle”',
    upc: '036000292046',
    price: 850n,
    cost: 300n,
    fee: 250n,
    inNetSuite: true,
  },
  {
    sku: 'OAK-TRAY',
    asin: 'B0E4OAKTRA',
    title: 'Oak serving tray',
    upc: '036000292053',
    price: 2400n,
    cost: 900n,
    fee: 330n,
    inNetSuite: true,
  },
];
