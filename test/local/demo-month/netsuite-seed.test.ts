import { describe, expect, test } from '@jest/globals';
import { ACCOUNT_ROLES } from '../../../src/config/connection.ts';
import { isOptionalRole } from '../../../src/domain/mapping/roles.ts';
import { demoConnectionSettings } from '../../../src/local/demo-month/connection-settings.ts';
import { demoMonth } from '../../../src/local/demo-month/demo-month.ts';
import { netSuiteSeedFor } from '../../../src/local/demo-month/netsuite-seed.ts';

const world = demoMonth();
const seed = netSuiteSeedFor(world);
const settings = demoConnectionSettings(world);

describe('the NetSuite account of a world', () => {
  test('has every account that a connection must name, one per currency for bank, clearing and card', () => {
    // Of the optional ones those whose case a settlement or a statement can bring by itself.
    expect(Object.keys(settings.accounts).sort()).toEqual(
      [...ACCOUNT_ROLES.filter((role) => !isOptionalRole(role)), 'merchant-orders', 'set-off', 'conversion'].sort(),
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
    expect(seed.locations.map(({ name }) => name)).toEqual(['FBA US', 'Merchant']);
    expect(seed.vendors).toEqual([{ entityId: settings.vendor }]);
    for (const itemId of Object.values(settings.items))
      expect(seed.items).toContainEqual(expect.objectContaining({ itemId, type: 'NonInvtPart' }));
  });

  test('knows all SKUs but one, whose units it holds under the item with the same UPC', () => {
    const known = seed.items.filter(({ type }) => type === 'InvtPart').map(({ itemId }) => itemId);
    expect(known).toHaveLength(8);
    expect(known).not.toContain('BLU-MUG-2');
    const needed = world.orders
      .filter(({ fulfilledBy }) => fulfilledBy === 'AMAZON')
      .flatMap(({ items }) => items)
      .filter(({ sku }) => sku.startsWith('BLU-MUG'))
      .reduce((units, { quantity }) => units + quantity, 0);
    expect(
      seed.openingStock.find(({ itemId, location }) => itemId === 'BLU-MUG' && location === 'FBA US'),
    ).toMatchObject({ quantity: needed + 50, unitCost: '6.90' });
  });

  test('has open periods from three months before to three months after', () => {
    expect(seed.periods).toEqual({ from: '2026-07', to: '2027-02', closed: [], locked: [] });
    expect(settings.cutOver).toBe('2026-10-01T07:00:00Z');
    expect(settings.settlementReportTypes).toEqual(['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2']);
  });
});
