import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from '../started-simulator.ts';
import type { Started } from '../started-simulator.ts';
import { askFor, cells, DETAIL, rowsOf, told } from './asked-report.ts';
import { EUROPE, OCTOBER, stockedWorld } from './stocked-world.ts';

/** Amazon's ledger, detail view. Quotations: the report's page of Seller Central help, and exports of others. */

let started: Started;
beforeEach(async () => {
  started = await startAt('2026-10-31T12:00:00Z', { world: stockedWorld() });
});
afterEach(() => started.simulator.close());

describe('its form', () => {
  test('a header with blanks, every cell in quotes, tabs between, quotes of a title doubled', async () => {
    await told(started, { events: [{ at: '2026-10-15T12:00:00Z', type: 'ship', sku: 'OLD-CUP', units: 1 }] });
    const { status, text } = await askFor(started, DETAIL);
    expect(status).toBe('DONE');
    const lines = (text ?? '').split('\n');
    expect(lines[0]).toBe(
      [
        '"Date"\t"FNSKU"\t"ASIN"\t"MSKU"\t"Title"\t"Event Type"\t"Reference ID"\t"Quantity"\t"Fulfillment Center"',
        '"Disposition"\t"Reason"\t"Country"\t"Reconciled Quantity"\t"Unreconciled Quantity"\t"Date and Time"\t"Store"',
      ].join('\t'),
    );
    expect(lines.at(-2)).toBe(
      [
        '"10/15/2026"\t"X001OLDCUP"\t"B0OLDCUP01"\t"OLD-CUP"\t"Cup ""old"""\t"Shipments"\t""\t"-1"\t"ONT8"\t"SELLABLE"',
        '""\t"US"\t""\t""\t"2026-10-15T00:00:00-0700"\t""',
      ].join('\t'),
    );
  });

  test('"Date and Time carries no clock time: it is midnight of the day, Pacific in North America"', async () => {
    // Sent at 17:00 in Portland on the 3rd, which is midnight UTC of the 4th.
    const rows = await rowsOf(started, DETAIL, { options: { eventType: 'Shipments' } });
    expect(cells(rows, 'Date', 'Date and Time')).toEqual(Array(3).fill('10/03/2026 2026-10-03T00:00:00-0700'));
  });

  test('the day changes with the clocks: in November midnight is eight hours behind', async () => {
    started.at('2026-11-05T00:00:00Z');
    await told(started, { events: [{ at: '2026-11-04T07:59:59Z', type: 'ship', sku: 'OLD-CUP', units: 1 }] });
    const rows = await rowsOf(started, DETAIL, { start: '2026-11-01T07:00:00Z' });
    expect(cells(rows, 'Date', 'Date and Time')).toEqual(['11/03/2026 2026-11-03T00:00:00-0800']);
  });

  test('in Europe "midnight UTC (2026-07-20T01:00:00+0100)": the day is not the marketplace\'s', async () => {
    const own = await startAt('2026-07-25T00:00:00Z', {
      world: stockedWorld(
        {
          opened: '2026-07-01',
          opening: [{ sku: 'TEE', fnsku: 'X002TEE', country: 'GB', centre: 'LTN4', units: 5 }],
          inbound: [],
          returns: [],
          // Half past midnight in London, on the 21st; 23:30 of the 20th in UTC.
          events: [{ at: '2026-07-20T23:30:00Z', type: 'ship', sku: 'TEE', units: 1 }],
        },
        { marketplaces: EUROPE, orders: [], shipments: [] },
      ),
    });
    const rows = await rowsOf(own, DETAIL, { start: '2026-07-01T00:00:00Z' });
    expect(cells(rows, 'Date', 'Date and Time', 'Country')).toEqual(['07/20/2026 2026-07-20T01:00:00+0100 GB']);
    await own.simulator.close();
  });
});

describe('its rows', () => {
  test("the world's dispatches are rows by themselves, without a reference: the order is never named", async () => {
    const rows = await rowsOf(started, DETAIL, { options: { eventType: 'Shipments' } });
    expect(cells(rows, 'MSKU', 'FNSKU', 'Quantity', 'Fulfillment Center', 'Reference ID')).toEqual([
      'BLU-MUG X001BLUMUG -1 PDX9 ',
      'BLU-MUG X001BLUMUG -1 PDX9 ',
      'BLU-MUG-3P X001BLUMU3 -1 PDX9 ',
    ]);
  });

  test('what a merchant sends is no row, nor is a SKU whose place at Amazon no line tells', async () => {
    const { orders, shipments, ...rest } = stockedWorld();
    const own = await startAt('2026-10-31T12:00:00Z', {
      world: {
        ...rest,
        orders: orders.map((order, n) => (n === 0 ? { ...order, fulfilledBy: 'MERCHANT' } : order)),
        shipments: shipments.map((shipment, n) =>
          n === 1 ? { ...shipment, items: shipment.items.map((item) => ({ ...item, sku: 'ELSEWHERE' })) } : shipment,
        ),
      },
    });
    const rows = await rowsOf(own, DETAIL, { options: { eventType: 'Shipments' } });
    expect(cells(rows, 'MSKU')).toEqual(['BLU-MUG-3P']);
    await own.simulator.close();
  });

  test('"identical rows are normal": two orders and three cartons are alike in every column', async () => {
    const { text } = await askFor(started, DETAIL);
    const lines = (text ?? '').split('\n').slice(1, -1);
    const alike = new Map<string, number>();
    for (const line of lines) alike.set(line, (alike.get(line) ?? 0) + 1);
    expect([...alike.values()].filter((count) => count > 1)).toEqual([2, 3]);
    const receipts = await rowsOf(started, DETAIL, { options: { eventType: 'Receipts' } });
    expect(cells(receipts, 'Date', 'Reference ID', 'Quantity')).toEqual(Array(3).fill('10/06/2026 FBA15DEMO1 8'));
  });

  test('every kind of event with its sign, reason and disposition', async () => {
    const rows = (await rowsOf(started, DETAIL)).slice(6);
    expect(cells(rows, 'Date', 'Event Type', 'Reason', 'Quantity', 'Disposition')).toEqual([
      '10/08/2026 CustomerReturns  1 SELLABLE',
      '10/08/2026 CustomerReturns  1 CUSTOMER_DAMAGED',
      '10/09/2026 Adjustments E -1 SELLABLE',
      '10/09/2026 Adjustments P 1 WAREHOUSE_DAMAGED',
      '10/10/2026 Adjustments M -2 SELLABLE',
      '10/12/2026 Adjustments F 1 SELLABLE',
      '10/14/2026 Adjustments D -1 WAREHOUSE_DAMAGED',
      '10/14/2026 Adjustments D -1 CUSTOMER_DAMAGED',
    ]);
  });

  test('"adjustment id, digits; the two rows of a pair have different ids"', async () => {
    const [out, into] = await rowsOf(started, DETAIL, {
      start: '2026-10-09T07:00:00Z',
      end: '2026-10-10T06:59:59Z',
    });
    expect(out?.['Reference ID']).toMatch(/^\d+$/);
    expect(into?.['Reference ID']).toMatch(/^\d+$/);
    expect(out?.['Reference ID']).not.toBe(into?.['Reference ID']);
  });

  test('"negative receipts are real", weeks later, and name the shipment', async () => {
    await told(started, {
      events: [{ at: '2026-10-28T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: -4, shipment: 'FBA15DEMO1' }],
    });
    const rows = await rowsOf(started, DETAIL, { start: '2026-10-27T07:00:00Z' });
    expect(cells(rows, 'Event Type', 'Reference ID', 'Quantity')).toEqual(['Receipts FBA15DEMO1 -4']);
  });

  test('`N`, `O`, `G`, `3` and `4`, and what nobody knows', async () => {
    await told(started, {
      events: [
        { at: '2026-10-21T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: -1, reason: 'O' },
        { at: '2026-10-22T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: -1, reason: 'G' },
        { at: '2026-10-23T18:00:00Z', type: 'redefine', sku: 'BLU-MUG', units: 2, into: 'OLD-CUP' },
        { at: '2026-10-24T18:00:00Z', type: 'row', sku: 'OLD-CUP', units: -1, eventType: 'Teleports', reason: 'Z' },
      ],
      reimbursements: [
        {
          at: '2026-10-20T18:00:00Z',
          reimbursement: '77001',
          reason: 'Lost_Warehouse',
          sku: 'BLU-MUG',
          currency: 'USD',
          perUnit: '0.00',
          inventory: 1,
          settles: 'lost',
        },
      ],
    });
    const rows = await rowsOf(started, DETAIL, { start: '2026-10-19T07:00:00Z' });
    expect(cells(rows, 'Event Type', 'Reason', 'MSKU', 'Quantity')).toEqual([
      'Adjustments N BLU-MUG 1',
      'Adjustments O BLU-MUG -1',
      'Adjustments G BLU-MUG -1',
      'Adjustments 4 BLU-MUG -2',
      'Adjustments 3 OLD-CUP 2',
      'Teleports Z OLD-CUP -1',
    ]);
  });

  test('units between centres: two rows, no reason, two ids that pair nothing', async () => {
    await told(started, {
      events: [
        {
          at: '2026-10-21T18:00:00Z',
          type: 'transfer',
          sku: 'OLD-CUP',
          units: 3,
          to: 'MDW2',
          arrives: '2026-10-24T18:00:00Z',
        },
      ],
    });
    const rows = await rowsOf(started, DETAIL, { options: { eventType: 'WhseTransfers' } });
    expect(cells(rows, 'Date', 'Quantity', 'Fulfillment Center', 'Reason')).toEqual([
      '10/21/2026 -3 ONT8 ',
      '10/24/2026 3 MDW2 ',
    ]);
    expect(rows[0]?.['Reference ID']).not.toBe(rows[1]?.['Reference ID']);
  });
});

describe('what changes in rows that are there', () => {
  test('"titles change later", on old rows as well', async () => {
    const before = await rowsOf(started, DETAIL, { options: { MSKU: 'BLU-MUG' } });
    await told(started, {
      events: [{ at: '2026-10-31T12:00:00Z', type: 'retitle', sku: 'BLU-MUG', title: 'Mug, azure' }],
    });
    started.at('2026-10-31T12:31:00Z');
    const after = await rowsOf(started, DETAIL, { options: { MSKU: 'BLU-MUG' } });
    expect(new Set(cells(before, 'Title'))).toEqual(new Set(['Mug, blue']));
    expect(new Set(cells(after, 'Title'))).toEqual(new Set(['Mug, azure']));
    expect(after.map((row) => ({ ...row, Title: '' }))).toEqual(before.map((row) => ({ ...row, Title: '' })));
  });

  test('"the unreconciled part falls when the unit is found, corrected or reimbursed"', async () => {
    const lost = async (at: string): Promise<string> => {
      started.at(at);
      const rows = await rowsOf(started, DETAIL, { options: { eventType: 'Adjustments' } });
      return cells(
        rows.filter(({ Reason }) => Reason === 'M'),
        'Reconciled Quantity',
        'Unreconciled Quantity',
      )[0]!;
    };
    await started.simulator.close();
    started = await startAt('2026-10-11T12:00:00Z', { world: stockedWorld() });
    expect(await lost('2026-10-11T12:00:00Z')).toBe('0 2');
    expect(await lost('2026-10-13T12:00:00Z')).toBe('1 1');
    await told(started, { events: [{ at: '2026-10-14T12:00:00Z', type: 'reconcile', event: 'lost', units: 1 }] });
    expect(await lost('2026-10-15T12:00:00Z')).toBe('2 0');
  });

  test('the two quantities are filled for misplaced, found and damaged rows only', async () => {
    const rows = await rowsOf(started, DETAIL);
    const filled = rows.filter((row) => row['Reconciled Quantity'] !== '' || row['Unreconciled Quantity'] !== '');
    expect(cells(filled, 'Reason', 'Reconciled Quantity', 'Unreconciled Quantity')).toEqual([
      'E 0 1',
      'M 1 1',
      'F 1 0',
    ]);
  });

  test('a late row comes with an old date; a row that is taken back is gone', async () => {
    await started.simulator.close();
    const late = { at: '2026-10-15T18:00:00Z', type: 'ship', sku: 'OLD-CUP', units: 1, id: 'late' } as const;
    started = await startAt('2026-10-18T12:00:00Z', {
      world: stockedWorld({
        events: [
          ...(OCTOBER.events ?? []),
          { ...late, inDetail: '2026-10-20T12:00:00Z' },
          { at: '2026-10-22T12:00:00Z', type: 'withdraw', event: 'late' },
        ],
      }),
    });
    const dates = async (): Promise<string[]> =>
      cells(await rowsOf(started, DETAIL, { options: { MSKU: 'OLD-CUP' } }), 'Date');
    expect(await dates()).toEqual([]);
    started.at('2026-10-20T12:00:00Z');
    expect(await dates()).toEqual(['10/15/2026']);
    started.at('2026-10-22T12:00:00Z');
    expect(await dates()).toEqual([]);
  });
});

describe('what is asked for', () => {
  test.each([
    [{ MSKU: 'BLU-MUG-3P' }, 1],
    [{ FNSKU: 'X001BLUMU3' }, 1],
    [{ ASIN: 'B0BLUMUG03' }, 1],
    [{ eventType: 'Receipts' }, 3],
    [{ eventType: 'Receipts', MSKU: 'BLU-MUG-3P' }, 0],
  ])('reportOptions %j', async (options, count) => {
    expect(await rowsOf(started, DETAIL, { options })).toHaveLength(count);
  });

  test.each([[{ eventType: 'Sales' }], [{ colour: 'blue' }]])('reportOptions %j are refused', async (options) => {
    await expect(askFor(started, DETAIL, { options })).rejects.toThrow(/^400/);
  });

  test('"asked again within 30 minutes → CANCELLED, which also means no data"', async () => {
    const status = async (): Promise<string> => (await askFor(started, DETAIL, { end: '2026-10-31T11:00:00Z' })).status;
    expect(await status()).toBe('DONE');
    expect(await status()).toBe('CANCELLED');
    started.at('2026-10-31T12:29:00Z');
    expect(await status()).toBe('CANCELLED');
    started.at('2026-10-31T12:30:00Z');
    expect(await status()).toBe('DONE');
    expect((await askFor(started, DETAIL, { options: { MSKU: 'NOBODY' } })).status).toBe('CANCELLED');
  });

  test('other days, other options and other marketplaces are another report', async () => {
    const asked = [
      {},
      { start: '2026-10-05T07:00:00Z' },
      { options: { eventType: 'Shipments' } },
      { marketplaceIds: ['A2EUQ1WTGCTBG2'] },
    ];
    for (const each of asked) expect((await askFor(started, DETAIL, each)).status).toBe('DONE');
  });

  test('the first and the last day are as long as the range leaves them', async () => {
    const rows = await rowsOf(started, DETAIL, { start: '2026-10-06T20:00:00Z', end: '2026-10-08T14:00:00Z' });
    expect(rows).toEqual([]);
  });

  test('by a switch "the edge day 281 rows against 176": one report is shorter, the next is whole', async () => {
    await told(
      started,
      { detailKeeps: { day: '2026-10-06', share: 0.4, reports: 1 }, cancelledWithin: 0 },
      '/admin/stock/switches',
    );
    const receipts = async (): Promise<number> =>
      (await rowsOf(started, DETAIL)).filter((row) => row['Event Type'] === 'Receipts').length;
    expect(await receipts()).toBe(1);
    expect(await receipts()).toBe(3);
  });

  test('history is 18 months', async () => {
    started.at('2028-04-08T12:00:00Z');
    const rows = await rowsOf(started, DETAIL, { start: '2026-01-01T00:00:00Z' });
    expect(cells(rows, 'Date')[0]).toBe('10/08/2026');
  });
});
