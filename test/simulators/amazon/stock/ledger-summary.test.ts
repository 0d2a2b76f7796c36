import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from '../started-simulator.ts';
import type { Started } from '../started-simulator.ts';
import { askFor, cells, DETAIL, rowsOf, SUMMARY, told } from './asked-report.ts';
import { EUROPE, OCTOBER, stockedWorld } from './stocked-world.ts';

const DAILY = { aggregateByLocation: 'COUNTRY', aggregatedByTimePeriod: 'DAILY' };
const START = 'Starting Warehouse Balance';
const END = 'Ending Warehouse Balance';
const BETWEEN = 'In Transit Between Warehouses';

let started: Started;
beforeEach(async () => {
  started = await startAt('2026-11-05T12:00:00Z', { world: stockedWorld() });
});
afterEach(() => started.simulator.close());

test('a header with blanks, every cell in quotes, columns in order', async () => {
  const { text } = await askFor(started, SUMMARY, { options: DAILY });
  expect((text ?? '').split('\n')[0]).toBe(
    [
      '"Date"\t"FNSKU"\t"ASIN"\t"MSKU"\t"Title"\t"Disposition"\t"Starting Warehouse Balance"',
      '"In Transit Between Warehouses"\t"Receipts"\t"Customer Shipments"\t"Customer Returns"\t"Vendor Returns"',
      '"Warehouse Transfer In/Out"\t"Found"\t"Lost"\t"Damaged"\t"Disposed"\t"Other Events"',
      '"Ending Warehouse Balance"\t"Unknown Events"\t"Location"\t"Store"',
    ].join('\t'),
  );
});

test('"signed columns (receipts 180, shipments −101, ending 79)", by country and day', async () => {
  const rows = await rowsOf(started, SUMMARY, { options: { ...DAILY, MSKU: 'BLU-MUG' } });
  const sellable = rows.filter(({ Disposition }) => Disposition === 'SELLABLE');
  expect(
    cells(
      sellable,
      'Date',
      START,
      'Receipts',
      'Customer Shipments',
      'Customer Returns',
      'Found',
      'Lost',
      'Damaged',
      END,
      'Location',
    ),
  ).toEqual([
    '10/03/2026 40 0 -2 0 0 0 0 38 US',
    '10/06/2026 38 24 0 0 0 0 0 62 US',
    '10/08/2026 62 0 0 1 0 0 0 63 US',
    '10/09/2026 63 0 0 0 0 0 -1 62 US',
    '10/10/2026 62 0 0 0 0 -2 0 60 US',
    '10/12/2026 60 0 0 0 1 0 0 61 US',
  ]);
  expect(
    cells(
      rows.filter(({ Disposition }) => Disposition === 'WAREHOUSE_DAMAGED'),
      'Date',
      START,
      'Damaged',
      'Disposed',
      END,
    ),
  ).toEqual(['10/09/2026 0 1 0 1', '10/14/2026 1 0 -1 0']);
});

test('"a SKU/day without a row means the balance was carried forward"; a month tells slow movers', async () => {
  expect(await rowsOf(started, SUMMARY, { options: { ...DAILY, MSKU: 'OLD-CUP' } })).toEqual([]);
  const months = await rowsOf(started, SUMMARY, { options: { MSKU: 'OLD-CUP' }, start: '2025-06-01T00:00:00Z' });
  expect(cells(months, 'Date', START, END)).toEqual(['09/30/2026 7 7', '10/31/2026 7 7']);
});

test('a month is the default, a week ends on Sunday', async () => {
  const month = await rowsOf(started, SUMMARY, { options: { MSKU: 'BLU-MUG' } });
  expect(cells(month, 'Date', 'Disposition', START, 'Receipts', 'Customer Shipments', END)).toEqual([
    '10/31/2026 SELLABLE 40 24 -2 61',
    '10/31/2026 CUSTOMER_DAMAGED 0 0 0 0',
    '10/31/2026 WAREHOUSE_DAMAGED 0 0 0 0',
  ]);
  const weeks = await rowsOf(started, SUMMARY, { options: { MSKU: 'BLU-MUG-3P', aggregatedByTimePeriod: 'WEEKLY' } });
  expect(cells(weeks, 'Date', START, END)).toEqual([
    '10/04/2026 10 9',
    '10/11/2026 9 9',
    '10/18/2026 9 9',
    '10/25/2026 9 9',
    '11/01/2026 9 9',
  ]);
});

describe('when it is told', () => {
  const last = async (options: Record<string, string>): Promise<string | undefined> =>
    cells(await rowsOf(started, SUMMARY, { options }), 'Date').at(-1);

  test('"yesterday\'s generally within 24 hours"', async () => {
    await started.simulator.close();
    // The 3rd of October ends in Portland at 07:00 UTC of the 4th.
    started = await startAt('2026-10-05T06:59:59Z', { world: stockedWorld() });
    expect(await last(DAILY)).toBeUndefined();
    started.at('2026-10-05T07:00:00Z');
    expect(await last(DAILY)).toBe('10/03/2026');
  });

  test('"last month by the end of the 2nd", last week "by end of Monday"', async () => {
    await started.simulator.close();
    started = await startAt('2026-11-03T07:59:00Z', { world: stockedWorld() });
    expect(await last({})).toBeUndefined();
    expect(await last({ aggregatedByTimePeriod: 'WEEKLY' })).toBe('10/25/2026');
    started.at('2026-11-03T08:00:00Z');
    await told(started, { cancelledWithin: 0 }, '/admin/stock/switches');
    expect(await last({})).toBe('10/31/2026');
    expect(await last({ aggregatedByTimePeriod: 'WEEKLY' })).toBe('11/01/2026');
  });
});

describe('units between centres', () => {
  const transfer = {
    at: '2026-10-21T18:00:00Z',
    type: 'transfer',
    sku: 'OLD-CUP',
    units: 3,
    to: 'MDW2',
    arrives: '2026-10-24T18:00:00Z',
  };

  test('"In Transit Between Warehouses is outside the ending balance"', async () => {
    await told(started, { events: [transfer] });
    const rows = await rowsOf(started, SUMMARY, { options: { ...DAILY, MSKU: 'OLD-CUP' } });
    expect(cells(rows, 'Date', START, BETWEEN, 'Warehouse Transfer In/Out', END)).toEqual([
      '10/21/2026 7 3 -3 4',
      '10/24/2026 4 0 3 7',
    ]);
  });

  test('by centre each side has its row', async () => {
    await told(started, { events: [transfer] });
    const rows = await rowsOf(started, SUMMARY, {
      options: { aggregateByLocation: 'FC', aggregatedByTimePeriod: 'DAILY', MSKU: 'OLD-CUP' },
    });
    expect(cells(rows, 'Date', 'Location', BETWEEN, END)).toEqual([
      '10/21/2026 ONT8 3 4',
      '10/24/2026 ONT8 0 4',
      '10/24/2026 MDW2 0 3',
    ]);
  });

  test('"EU transfers: WhseTransfers with two countries"; on the way they count where they left', async () => {
    const own = await startAt('2026-11-05T12:00:00Z', {
      world: stockedWorld(
        {
          opening: [{ sku: 'TEE', fnsku: 'X002TEE', country: 'DE', centre: 'LEJ1', units: 9 }],
          serves: { PL: 'A1PA6795UKMFR9' },
          inbound: [],
          returns: [],
          events: [
            {
              at: '2026-10-10T10:00:00Z',
              type: 'transfer',
              sku: 'TEE',
              units: 4,
              to: 'WRO5',
              toCountry: 'PL',
              arrives: '2026-10-13T10:00:00Z',
            },
          ],
        },
        { marketplaces: EUROPE, orders: [], shipments: [] },
      ),
    });
    expect(cells(await rowsOf(own, DETAIL), 'Country', 'Quantity')).toEqual(['DE -4', 'PL 4']);
    const rows = await rowsOf(own, SUMMARY, { options: DAILY });
    expect(cells(rows, 'Date', 'Location', BETWEEN, END)).toEqual([
      '10/10/2026 DE 4 5',
      '10/13/2026 DE 0 5',
      '10/13/2026 PL 0 4',
    ]);
    await own.simulator.close();
  });
});

test('Ending + In Transit, rolled forward by all detail rows except WhseTransfers, is the next Ending + In Transit', async () => {
  const sku = 'BLU-MUG';
  await told(started, {
    events: [
      { at: '2026-10-07T18:00:00Z', type: 'transfer', sku, units: 5, to: 'ONT8', arrives: '2026-10-11T18:00:00Z' },
      { at: '2026-10-16T18:00:00Z', type: 'receive', sku, units: -3, shipment: 'FBA15DEMO1' },
      { at: '2026-10-17T18:00:00Z', type: 'convert', sku, units: 2, reason: 'Q', into: 'DEFECTIVE' },
      { at: '2026-10-18T18:00:00Z', type: 'row', sku, units: -1, eventType: 'Teleports' },
    ],
  });
  const detail = (await rowsOf(started, DETAIL)).filter((row) => row['Event Type'] !== 'WhseTransfers');
  const summary = await rowsOf(started, SUMMARY, { options: DAILY });
  const held = new Map([
    ['BLU-MUG SELLABLE', 40],
    ['BLU-MUG-3P SELLABLE', 10],
    ['OLD-CUP SELLABLE', 7],
  ]);
  for (const row of summary) {
    const key = `${row['MSKU']} ${row['Disposition']}`;
    const rolled = detail
      .filter((event) => event['Date'] === row['Date'] && `${event['MSKU']} ${event['Disposition']}` === key)
      .reduce((sum, event) => sum + Number(event['Quantity']), held.get(key) ?? 0);
    expect(Number(row[END]) + Number(row[BETWEEN])).toBe(rolled);
    held.set(key, rolled);
  }
  expect(held.get('BLU-MUG SELLABLE')).toBe(61 - 3 - 2 - 1);
  expect(
    cells(
      summary.filter((row) => row['Unknown Events'] !== '0'),
      'Date',
      'Unknown Events',
      END,
    ),
  ).toEqual(['10/18/2026 -1 55']);
});

test('a gap: the summary knows what no row tells; a late row comes to both', async () => {
  await started.simulator.close();
  started = await startAt('2026-10-18T12:00:00Z', {
    world: stockedWorld({
      events: [
        ...(OCTOBER.events ?? []),
        { at: '2026-10-15T18:00:00Z', type: 'ship', sku: 'OLD-CUP', units: 1, inDetail: 'never' },
        { at: '2026-10-15T18:00:00Z', type: 'ship', sku: 'OLD-CUP', units: 2, inDetail: '2026-10-20T00:00:00Z' },
      ],
    }),
  });
  const ending = async (): Promise<string[]> =>
    cells(await rowsOf(started, SUMMARY, { options: { ...DAILY, MSKU: 'OLD-CUP' } }), 'Date', END);
  expect(await ending()).toEqual(['10/15/2026 6']);
  started.at('2026-10-20T00:00:00Z');
  expect(await ending()).toEqual(['10/15/2026 4']);
  expect(cells(await rowsOf(started, DETAIL, { options: { MSKU: 'OLD-CUP' } }), 'Quantity')).toEqual(['-2']);
});

test('once a row is taken back the summary agrees with the fewer', async () => {
  await told(started, { events: [{ at: '2026-11-05T12:00:00Z', type: 'withdraw', event: 'lost' }] });
  const rows = await rowsOf(started, SUMMARY, { options: { ...DAILY, MSKU: 'BLU-MUG' } });
  expect(cells(rows, 'Date', 'Disposition').filter((row) => row.startsWith('10/10'))).toEqual([]);
  expect(
    cells(
      rows.filter(({ Date: date }) => date === '10/12/2026'),
      START,
      END,
    ),
  ).toEqual(['62 63']);
});

test.each([[{ aggregateByLocation: 'PLANET' }], [{ aggregatedByTimePeriod: 'HOURLY' }], [{ eventType: 'Receipts' }]])(
  'reportOptions %j are refused',
  async (options) => {
    await expect(askFor(started, SUMMARY, { options })).rejects.toThrow(/^400/);
  },
);
