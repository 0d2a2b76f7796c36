/**
 * One settlement in euros of a seller who owes tax in Britain and Germany. By hand:
 *
 * D1, Germany: 100.00 + 19.00 with shipping 5.00 + 0.95, a book 20.00 + 1.40. On 2 November 42.50 + 8.08 and 10.00 + 0.70 come back.
 * F1, amazon.fr: 50.00 + 10.00, owed where he is not registered: the payout is tied once a controller has left it. D2, to France at 20 %: 40.00 + 8.00, no rate of DE. D3, to Britain:
 * 30.00 + 6.00. Fees 20.00. October: DE 19.95 + 1.40 + 8.00 = 29.35 on 165.00; GB 6.00 on 30.00. November: DE −8.78 on −52.50.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accountsByRole } from '../../src/local/demo-month/chart-of-accounts.ts';
import { taxTie } from '../../src/operations/tax/tax-tie.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { vatView } from '../../src/views/tax/vat-view.ts';
import { commandsOn } from './commands-on-world.ts';
import { refund, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const [D1, F1, D2, D3] = ['304-1000091-0000001', '404-1000092-0000002', '304-1000093-0000003', '304-1000094-0000004'];
const AT = '2026-10-28T12:00:00Z';
const DE = { marketplace: 'Amazon.de', at: AT };
const POT = { ...DE, order: D1!, item: '71091', sku: 'POT', quantity: 2 };
const BOOK = { ...DE, order: D1!, item: '71092', sku: 'BOOK', quantity: 2 };
const FILE = report(
  {
    id: '30100000191',
    start: '2026-10-20T00:00:00Z',
    end: '2026-11-04T00:00:00Z',
    deposit: '2026-11-06T00:00:00Z',
    total: '209.07',
    currency: 'EUR',
  },
  [
    ...sale({ ...POT, shipment: 'DEa' }, [
      ['ItemPrice', 'Principal', '100.00'],
      ['ItemPrice', 'Tax', '19.00'],
      ['ItemPrice', 'Shipping', '5.00'],
      ['ItemPrice', 'ShippingTax', '0.95'],
      ['ItemFees', 'Commission', '-20.00'],
    ]),
    ...sale({ ...BOOK, shipment: 'DEa' }, [
      ['ItemPrice', 'Principal', '20.00'],
      ['ItemPrice', 'Tax', '1.40'],
    ]),
    ...sale({ marketplace: 'Amazon.fr', at: AT, order: F1!, shipment: 'FRa', item: '71093', sku: 'POT', quantity: 1 }, [
      ['ItemPrice', 'Principal', '50.00'],
      ['ItemPrice', 'Tax', '10.00'],
    ]),
    ...sale({ ...DE, order: D2!, shipment: 'DEb', item: '71094', sku: 'POT', quantity: 1 }, [
      ['ItemPrice', 'Principal', '40.00'],
      ['ItemPrice', 'Tax', '8.00'],
    ]),
    ...sale({ ...DE, order: D3!, shipment: 'DEc', item: '71095', sku: 'POT', quantity: 1 }, [
      ['ItemPrice', 'Principal', '30.00'],
      ['ItemPrice', 'Tax', '6.00'],
    ]),
    ...refund({ ...POT, at: '2026-11-02T12:00:00Z', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-40.00'],
      ['ItemPrice', 'Tax', '-7.60'],
      ['ItemPrice', 'Shipping', '-2.50'],
      ['ItemPrice', 'ShippingTax', '-0.48'],
    ]),
    ...refund({ ...BOOK, at: '2026-11-02T12:00:00Z', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-10.00'],
      ['ItemPrice', 'Tax', '-0.70'],
    ]),
  ],
);

let world: WorldUnderTest;
beforeAll(async () => {
  const amazon = worldFromSettlements([FILE]);
  for (const { orderId, buyer } of amazon.orders) {
    if (orderId === D2) buyer.address.countryCode = 'FR';
    if (orderId === D3) buyer.address.countryCode = 'GB';
  }
  world = await openWorld({
    paceDays: 7,
    world: amazon,
    seed: (seed) => ({
      ...seed,
      accounts: [...seed.accounts, { number: '2211', name: 'VAT GB', type: 'OthCurrLiab' as const }],
      items: [
        ...seed.items,
        { itemId: 'AMZ-VAT-GB', displayName: 'VAT GB', incomeAccount: '2211', type: 'NonInvtPart' as const },
      ],
    }),
    settings: {
      accounts: accountsByRole(['EUR'], ['GB', 'DE']),
      tax: {
        registrations: ['GB', 'DE'],
        items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
        rates: { GB: { standard: 20, reduced: 5 }, DE: { standard: 19, reduced: 7 } },
        classes: { BOOK: 'reduced' },
      },
      marketplaces: [
        { id: 'A1PA6795UKMFR9', customer: 'Amazon DE', location: 'FBA DE' },
        { id: 'A13V1IB3VIYZZH', customer: 'Amazon FR', location: 'FBA DE' },
      ],
    },
  });
  await world.runToTheEnd();
}, 240_000);
afterAll(() => world?.close());

test('tax is on the account of the country that it is owed in, also where the order did not tell it', async () => {
  const owed = async (month: string) => {
    const { sums, accounts } = await vatView(
      { store: world.store, settings: world.settings, world: { temporal: { uiUrl: null } } },
      { month, netsuite: await taxTie(world, world.connection, month), amazon: null },
    );
    return {
      sums: sums.map(({ jurisdiction, net, tax }) => [jurisdiction, net, tax]),
      booked: accounts!.map(({ jurisdiction, account, booked, ties }) => [jurisdiction, account, booked, ties]),
    };
  };
  expect(await owed('2026-10')).toEqual({
    sums: [
      ['DE', '165.00', '29.35'],
      ['GB', '30.00', '6.00'],
    ],
    booked: [
      ['DE', '2212', '29.35', true],
      ['GB', '2211', '6.00', true],
    ],
  });
  expect(await owed('2026-11')).toEqual({
    sums: [['DE', '-52.50', '-8.78']],
    booked: [['DE', '2212', '-8.78', true]],
  });
}, 60_000);

test('tax of a country without registration is named, and nothing is tied before a person has said whose it is', async () => {
  const told = async () => {
    const { payouts, openExceptions, decisions } = await world.tieOut();
    return {
      tied: payouts.map(({ total, tied }) => [total, tied]),
      open: openExceptions.map(({ code, what }) => [code, what]),
      decisions: decisions.map(({ kind, key }) => [kind, key]),
    };
  };
  const unclear = ['tax-unclear', expect.stringContaining('no rate of DE gives the tax of POT')];
  expect(await told()).toEqual({
    tied: [['209.07', false]],
    open: [
      unclear,
      [
        'tax-of-nobody',
        `tax that nobody withheld stands on sales-tax-payable: 10.00 EUR of FR, which is not among tax.registrations (order ${F1})`,
      ],
    ],
    decisions: [['settleDifference', '30100000191']],
  });
  const settle = (choice: 'leave' | 'variance', settlementId = '30100000191') =>
    world.decide({ kind: 'settleDifference', settlementId, choice, why: 'case 1234' }, 'maria');
  await expect(settle('variance')).rejects.toThrow('keeps nothing in transit or on set-off');
  await expect(settle('leave', '30100000192')).rejects.toThrow("has no tax that is nobody's");
  // As the exception names it, typed in a shell.
  const why = 'the adviser registers in France';
  const typed = ['settle-difference', '30100000191', 'leave', '--why', why, '--wait', '60'];
  const { exit, stdout } = await commandsOn(world)(...typed);
  expect([exit, stdout]).toEqual([
    0,
    expect.stringMatching(/10\.00 EUR of tax of payout 30100000191 stay on sales-tax-payable/),
  ]);
  expect(stdout).toMatch(/30100000191.*tied/);
  const again = await settle('leave');
  expect(again).toMatchObject({ choice: 'leave', detail: '30100000191 was decided before' });
  await world.look();
  expect(await told()).toEqual({ tied: [['209.07', true]], open: [unclear], decisions: [] });
  expect((await world.tieOut()).balances).toMatchObject({ 'sales-tax-payable': '-10.00', clearing: '0.00' });
}, 60_000);
