import { describe, expect, test } from '@jest/globals';
import { ACCOUNT_ROLES } from '../../../src/config/connection.ts';
import { isOptionalRole } from '../../../src/domain/mapping/roles.ts';
import { demoConnectionSettings } from '../../../src/local/demo-month/connection-settings.ts';
import { demoMonth } from '../../../src/local/demo-month/demo-month.ts';
import { seedOf } from '../../../src/local/simulated-world.ts';

const world = demoMonth();
const seed = seedOf(world, { settlements: [], bank: null, card: null });
const settings = demoConnectionSettings(world);

describe('the NetSuite account of a world', () => {
  test('has every account that a connection must name, one per currency for bank, clearing and card', () => {
    // Of the optional ones those whose case a settlement, a statement, the stock or a month's end can bring by itself.
    expect(Object.keys(settings.accounts).sort()).toEqual(
      [
        ...ACCOUNT_ROLES.filter((role) => !isOptionalRole(role)),
        'merchant-orders',
        'set-off',
        'conversion',
        'cogs-returns',
        'accrued',
      ].sort(),
    );
    expect(settings.accounts).toMatchObject({
      clearing: { USD: '1180-USD' },
      bank: { USD: '1000-USD' },
      card: { USD: '2000-USD' },
      receivable: '1100',
      inbound: '6140',
    });
    const numbers = new Set(seed.accounts.map(({ number }) => number));
    for (const account of Object.values(settings.accounts))
      for (const number of typeof account === 'string' ? [account] : Object.values(account))
        expect(numbers.has(number)).toBe(true);
    expect(seed.accounts.find(({ number }) => number === '1180-USD')).toEqual({
      number: '1180-USD',
      name: 'Amazon clearing USD',
      type: 'Bank',
      currency: 'USD',
    });
  });

  test('has the customer, the locations, the vendor and the items that the connection names', () => {
    expect(settings.marketplaces).toEqual([{ id: 'ATVPDKIKX0DER', customer: 'Amazon US', location: 'FBA US' }]);
    expect(seed.customers).toEqual([{ entityId: 'Amazon US', currency: 'USD', receivableAccount: '1100' }]);
    expect(seed.locations.map(({ name }) => name)).toEqual([
      'FBA US',
      'Merchant',
      'FBA US unsellable',
      'FBA US in transit',
      'FBA US removal',
      'Warehouse',
    ]);
    expect(seed.vendors).toEqual([{ entityId: settings.vendor }]);
    for (const itemId of Object.values(settings.items))
      expect(seed.items).toContainEqual(expect.objectContaining({ itemId, type: 'NonInvtPart' }));
  });

  test('has an item for each listing but one, a tin for the pack of three, and a kit of four towels', () => {
    const goods = seed.items
      .filter(({ type }) => type !== 'NonInvtPart')
      .map(({ itemId, type }) => `${type} ${itemId}`);
    expect(goods).toEqual([
      'InvtPart BLU-MUG',
      'InvtPart RED-MUG',
      'InvtPart OAK-BRD-L',
      'InvtPart OAK-BRD-S',
      'InvtPart ENM-POT-2L',
      'InvtPart CST-PAN-26',
      'InvtPart TEA-TIN',
      'InvtPart LIN-TWL',
      'Kit LIN-TWL-4',
    ]);
  });

  /** Units of orders that Amazon sends, as the shipments report has them. */
  const sent = (sku: string) =>
    world.shipments
      .filter(({ orderId }) => world.orders.find((one) => one.orderId === orderId)!.fulfilledBy === 'AMAZON')
      .flatMap(({ items }) => items)
      .filter((item) => item.sku === sku)
      .reduce((units, { quantity }) => units + quantity, 0);
  const held = (item: string, at = 'FBA US') => {
    const found = seed.openingStock.find(({ itemId, location }) => itemId === item && location === at);
    return found && [found.quantity, found.unitCost];
  };

  test('holds what Amazon holds, in its own units: a pack is three tins, a set four towels', () => {
    expect(held('BLU-MUG')).toEqual([40 + sent('BLU-MUG') + 40 + sent('BLU-MUG-2'), '6.90']);
    expect(held('TEA-TIN')).toEqual([3 * (40 + sent('TEA-TIN-3')), '1.80']);
    expect(held('LIN-TWL')).toEqual([4 * (40 + sent('LIN-TWL-4')), '2.80']);
    expect(held('BLU-MUG', 'Warehouse')).toEqual([60, '6.90']);
  });

  test('believes in two red mugs less than Amazon has', () => {
    expect(held('RED-MUG')).toEqual([40 + sent('RED-MUG') - 2, '6.90']);
  });

  test('has open periods from three months before to three months after', () => {
    expect(seed.periods).toEqual({ from: '2026-07', to: '2027-02', closed: [], locked: [] });
    expect(settings.cutOver).toBe('2026-10-01T07:00:00Z');
    expect(settings.settlementReportTypes).toEqual(['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2']);
  });
});
