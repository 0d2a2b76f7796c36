import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { explainStockProblem } from '../../src/domain/exceptions/explain-stock-problem.ts';
import { renderRemedy } from '../../src/domain/exceptions/render-remedy.ts';
import type { StockProblem } from '../../src/domain/stock/stock-plan.ts';
import { saveStandings } from '../../src/store/stock/standings.ts';
import { startStoredWorld, type StoredWorld } from '../views/stored-world.ts';
import { DAY, equation, STOCK, storeAnswered, storeStock } from '../views/stock/stored-stock.ts';
import { tieout, tieoutAt } from './tieout.ts';

let world: StoredWorld;
const linesOf = async (width: number, ...argv: string[]) => (await tieoutAt(width, ...argv)).stdout.split('\n');

beforeAll(async () => {
  world = await startStoredWorld({ stock: STOCK });
});
afterAll(() => world.stop());

test('before the first look each command says so', async () => {
  const { exit, stdout } = await tieout('stock');
  expect({ exit, stdout: stdout.replace(/\s+/g, ' ') }).toEqual({
    exit: 0,
    stdout: 'Stock of demo-us has not been looked at yet. It is by its schedule, from 1 Oct 2026 on. ',
  });
  expect((await tieout('stock', 'BLU-MUG')).stdout).toBe(stdout);
  expect((await tieout('stock', 'opening')).stdout).toContain('has not come for every pool yet');
  expect((await tieout('stock', 'owed')).stdout).toContain('Nothing that the reports tell.');
  for (const argv of [['stock'], ['stock', 'MUG'], ['stock', 'opening'], ['stock', 'owed']])
    expect((await tieout(...argv, '--connection', 'other')).stdout).toBe(
      'No connection has stock in its configuration.\n',
    );
});

describe('with figures of 20 October', () => {
  beforeAll(async () => {
    await storeStock(world.store);
    // Beside simulators a day is that of the last planning.
    writeFileSync(
      join(world.folder, 'run.json'),
      JSON.stringify({
        pid: process.pid,
        temporal: { address: '', uiUrl: null },
        simulators: { amazonUrl: '', netsuiteUrl: '' },
        healthUrl: null,
        keyFiles: [],
      }),
    );
  });

  test('tieout stock: what agrees, drift, what differs, what is beside it, and the next command', async () => {
    expect(await linesOf(80, 'stock')).toEqual([
      'demo-us · figures of 20 Oct 2026, 1 day old · planned 21 Oct 2026 19:00Z',
      '',
      'Pool us · US · 1 of 3 items agree',
      '            Amazon  NetSuite  Difference  Now at Amazon',
      'sellable       138       134          +4            124',
      'unsellable       0         0           0              2',
      'in transit       6         6           0',
      'now at Amazon 21 Oct 2026 18:45Z · 5 reserved · 1 being looked for · 0 inbound',
      '',
      'Drift                    Items  Units  Cost, USD',
      'rows without a document      1     −2      −5.00',
      'movements of others          1     +5      30.00',
      "gap of Amazon's              1     +1       2.50",
      '',
      'Item     Place     Amazon  NetSuite  Difference  Cost, USD',
      'BLU-MUG  sellable      88        83          +5      30.00',
      'TEA-TIN  sellable      40        41          −1      −2.50',
      '',
      "1 SKU without an item, beside all this, in Amazon's units",
      'SKU      Pool  Sellable  Unsellable',
      'NEW-SKU  us           6           1',
      '',
      '1 thing of stock waits for a person',
      '1   no NetSuite item for SKU NEW-SKU',
      '    npx tieout map-sku NEW-SKU ITEM --why "…"',
      '',
      'Next: npx tieout exceptions 1',
      '',
    ]);
  });

  test('tieout stock --on: that day by all that is known now, and nothing of now', async () => {
    expect(await linesOf(80, 'stock', '--on', '2026-10-12')).toEqual([
      'demo-us · figures of 12 Oct 2026, by all that is known now',
      'planned 21 Oct 2026 19:00Z',
      '',
      'Pool us · US · 3 of 3 items agree',
      '            Amazon  NetSuite  Difference',
      'sellable       139       139           0',
      'unsellable       0         0           0',
      'in transit       6         6           0',
      '',
      'Every item of demo-us agrees at each place.',
      '',
    ]);
  });

  test('of a day that is not whole yet the last whole one is shown, and it says so; beside CSV on stderr', async () => {
    const words = '31 Oct 2026 is not whole yet: these are the figures of 20 Oct 2026, the last whole day.';
    expect((await linesOf(80, 'stock', '--on', '2026-10-31')).slice(1, 3).join(' ')).toBe(words);
    expect((await linesOf(110, 'stock', 'TEA-TIN', '--on', '2026-10-31'))[1]).toBe(words);
    expect(await tieout('stock', '--on', '2026-10-31', '--csv')).toEqual({
      ...(await tieout('stock', '--csv')),
      stderr: `${words}\n`,
    });
    expect(JSON.parse((await tieout('stock', '--on', '2026-10-31', '--json')).stdout)).toMatchObject([
      { day: '2026-10-20', instead: words },
    ]);
  });

  test.each([[], ['BLU-MUG'], ['--csv'], ['--json']])(
    'of a day before stock there is nothing: it is refused (%j)',
    async (...argv) => {
      const { exit, stdout, stderr } = await tieout('stock', ...argv, '--on', '2026-09-30');
      expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
      expect(stderr.replace(/\s+/g, ' ')).toContain(
        'Stock of demo-us begins on 1 Oct 2026: there are no figures before. Nothing is shown.',
      );
    },
  );

  test('tieout stock --csv: a row an item and place, figures bare', async () => {
    expect((await tieout('stock', '--csv')).stdout.split('\r\n')).toEqual([
      'connection,day,pool,item,place,amazon units,netsuite units,difference,opening,waiting,ahead,foreign,gap,unit cost,amazon value,netsuite value,difference value,currency',
      'demo-us,2026-10-20,us,BLU-MUG,sellable,88,83,5,0,0,0,5,0,6.00,528.00,498.00,30.00,USD',
      'demo-us,2026-10-20,us,LAMP,sellable,10,10,0,0,0,0,0,0,,,,0.00,USD',
      'demo-us,2026-10-20,us,TEA-TIN,sellable,40,41,-1,0,-2,0,0,1,2.50,100.00,102.50,-2.50,USD',
      'demo-us,2026-10-20,us,BLU-MUG,inTransit,6,6,0,,,,,,6.00,36.00,36.00,0.00,USD',
      '',
    ]);
  });

  test('tieout stock ITEM: from NetSuite term by term to Amazon, and what waits for what', async () => {
    expect(await linesOf(80, 'stock', 'TEA-TIN')).toEqual([
      'demo-us · figures of 20 Oct 2026, 1 day old',
      '',
      'TEA-TIN, which Amazon has as SET-1 (2 in one), TEA-TIN',
      '',
      'us · sellable',
      '                         Units  Cost, USD  Comes to',
      'NetSuite                           102.50        41',
      'rows without a document     −2      −5.00        39',
      "gap of Amazon's             +1       2.50        40",
      'Amazon                             100.00        40',
      '',
      'rows without a document',
      '19 Oct    −2  Shipments −2 of TEA-TIN (PHX7): waits for its fulfilment, its',
      '              order or its removal shipment',
      '',
      "gap of Amazon's",
      "18 Oct    +1  Amazon's balance is not what its rows come to: later rows may end",
      '              it',
      '',
      'now at Amazon, us, 21 Oct 2026 18:45Z · 40 sellable · 2 unsellable · 1 reserved',
      '0 inbound',
      '',
    ]);
    expect((await tieout('stock', 'BLU-MUG-3P')).stdout).toContain('\nBLU-MUG-3P is BLU-MUG, which Amazon has as');
  });

  test('a word that is neither: the near command, where one is meant', async () => {
    const { exit, stderr } = await tieout('stock', 'ownd');
    expect(exit).toBe(1);
    expect(stderr).toContain('did you mean npx tieout stock owed?');
    expect((await tieout('stock', '--item', 'opening')).stderr).toContain('neither an item nor a SKU opening');
    expect((await tieout('stock', 'BLU-MUGG')).stderr).toContain('did you mean npx tieout stock BLU-MUG?');
  });

  test.each([
    [['stock', 'events', 'TEA-TINN'], 'Stock knows no SKU TEA-TINN.', 'did you mean npx tieout stock events TEA-TIN?'],
    [['stock', 'events', 'nothing-like-it'], 'Stock knows no SKU', 'npx tieout stock nothing-like-it takes'],
    [
      ['inbound', 'FBA15DEMO2'],
      'No inbound shipment FBA15DEMO2 is known.',
      'did you mean npx tieout inbound FBA15DEMO1?',
    ],
    [['inbound', 'nothing-like-it'], 'No inbound shipment', 'npx tieout inbound lists those that are'],
  ])('%j names nothing that is known: the near name, where there is one', async (argv, what, act) => {
    for (const more of [[], ['--json']]) {
      const { exit, stdout, stderr } = await tieout(...argv, ...more);
      expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
      expect(stderr.replace(/\s+/g, ' ')).toContain(what);
      expect(stderr.replace(/\s+/g, ' ')).toContain(act);
    }
  });

  test('what exceptions of stock say to look at is shown as it is printed', async () => {
    const of = { pool: 'us', value: null, day: null, rows: [], documents: [], units: null, what: '' };
    const sentences = [
      { ...of, code: 'receipt-unknown', key: 'FBA9 TEA-TIN', sku: 'TEA-TIN', item: 'TEA-TIN' },
      { ...of, code: 'inbound-short', key: 'FBA15DEMO1 BLU-MUG', sku: 'BLU-MUG', item: 'BLU-MUG' },
      { ...of, code: 'stock-missing', key: 'AMZ_x BLU-MUG', sku: null, item: 'BLU-MUG' },
      { ...of, code: 'adjustment-large', key: 'AMZ_x', sku: null, item: 'BLU-MUG' },
    ].map((problem) =>
      renderRemedy(explainStockProblem(problem as StockProblem, { currency: null, today: DAY }).remedy),
    );
    const looks = sentences.map((said) => /npx tieout ((?:stock|inbound)[\w -]*?)(?: for| and|\))/.exec(said)![1]!);
    expect(looks).toEqual(['stock events TEA-TIN', 'inbound FBA15DEMO1', 'stock BLU-MUG', 'stock BLU-MUG']);
    for (const look of looks) expect(await tieout(...look.split(' '))).toMatchObject({ exit: 0, stderr: '' });
  });

  test('rows of an item are those of its SKUs, which are named', async () => {
    const { exit, stderr } = await tieout('stock', 'events', 'GIFT-SET');
    expect(exit).toBe(1);
    expect(stderr.replace(/\s+/g, ' ')).toContain('did you mean npx tieout stock events SET-1?');
  });

  test('a SKU that is known and has no row, or none from a day on, is no error', async () => {
    expect(await tieout('stock', 'events', 'TEA-TIN', '--from', '2026-10-20')).toMatchObject({
      exit: 0,
      stdout: "Amazon's ledger has no row of TEA-TIN from 20 Oct 2026 on.\n",
    });
    expect(await tieout('stock', 'events', 'NEW-SKU')).toMatchObject({
      exit: 0,
      stdout: "Amazon's ledger has no row of NEW-SKU.\n",
    });
  });

  test('tieout stock opening: not approved, with the command that approves it', async () => {
    expect(await linesOf(80, 'stock', 'opening')).toEqual([
      'demo-us · opening, dated 1 Oct 2026',
      '',
      'Pool us · not approved · +2 units to book, 12.00 USD',
      'Item     Place     Amazon  NetSuite  Difference  Booked  Cost, USD',
      'BLU-MUG  sellable      70        68          +2       0      12.00',
      '2 of 3 agree from the start.',
      "NetSuite's side is what stands there now of the days before; it is read with the",
      'approval.',
      "1 SKU without an item, not in these figures, in Amazon's units",
      'SKU      Units',
      'NEW-SKU      7',
      'Map them first (npx tieout map-sku SKU ITEM --why "…"): what is booked of an',
      'item without them, the next part takes back once they are mapped.',
      'npx tieout approve-opening us --why "…"',
      '',
    ]);
    expect((await tieout('stock', 'opening', '--csv')).stdout.split('\r\n')[1]).toBe(
      'demo-us,2026-10-01,us,BLU-MUG,sellable,70,68,2,0,no,6.00,12.00,USD,0,0',
    );
  });

  test('tieout explain of a document of stock: what it is, its lines, and the rows that they answer', async () => {
    expect(await linesOf(80, 'explain', 'AMZ_demo-us_TRF_FBA15DEMO1-20261006-inTransit-sellable_1')).toEqual([
      'AMZ_demo-us_TRF_FBA15DEMO1-20261006-inTransit-sellable_1 · transfer 8002',
      'pool us · 6 Oct 2026 · posted · shipment FBA15DEMO1',
      "Made by rows of Amazon's ledger.",
      'Line  Item     Place                  Units  Unit cost  Event     Rows',
      '   1  BLU-MUG  in transit → sellable     24             Receipts     1',
      '',
      "Answers 1 row of Amazon's ledger",
      'Line         Day  Row                                         Units',
      '   1  6 Oct 2026  Receipts +24 of BLU-MUG (FBA15DEMO1, PHX7)    +24',
      '',
    ]);
    await storeAnswered(world.store);
    expect((await linesOf(80, 'explain', 'AMZ_demo-us_ADJ_us-20261019-inventory-loss_1:2', '--rows')).slice(1)).toEqual(
      [
        '19 Oct 2026 · waits for an approval · on inventory-loss 6300',
        "Made by rows of Amazon's ledger.",
        'Line  Item     Place     Units  Unit cost  Event      Rows',
        '   2  TEA-TIN  sellable     −2             Shipments     1',
        '',
        "Answers 1 row of Amazon's ledger",
        'Line          Day  Row                             Units',
        '   2  19 Oct 2026  Shipments −2 of TEA-TIN (PHX7)     −2',
        '',
      ],
    );
    const { exit, stderr } = await tieout('explain', 'AMZ_demo-us_ADJ_us-opening_9');
    expect([exit, stderr.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining('No document')]);
  });

  test('tieout stock owed: by kind, then each case with what a claim must name', async () => {
    expect(await linesOf(80, 'stock', 'owed')).toEqual([
      'demo-us · what Amazon owes as of 21 Oct 2026',
      '',
      'What             Cases  Units  Cost, USD',
      'lost or damaged      2      2      12.00',
      'not returned         1      1       2.50',
      'inbound short        1      6      36.00',
      '',
      'What             SKU      Units  Cost, USD  Claim until  References',
      'lost or damaged  BLU-MUG      1       6.00   8 Dec 2026  9001',
      'lost or damaged  BLU-MUG      1       6.00   9 Dec 2026  9003',
      'not returned     TEA-TIN      1       2.50  18 Dec 2026  112-1000001-1000001',
      'inbound short    BLU-MUG      6      36.00            –  FBA15DEMO1',
      '',
      '4 cases. Nothing of it is posted: claims are made in Seller Central.',
      '',
    ]);
  });

  test('tieout inbound: where a shipment stands, and its documents', async () => {
    expect(await linesOf(80, 'inbound')).toEqual([
      'Shipment    Status  Shipped  Received  Decided  In transit  Over',
      'FBA15DEMO1  CLOSED       30        24        0           6     0',
      '1 shipment.',
      '',
    ]);
    expect((await linesOf(80, 'inbound', 'FBA15DEMO1')).slice(3)).toEqual([
      '',
      "Documents, in NetSuite's units",
      ' 6 Oct 2026  AMZ_demo-us_TRF_FBA15DEMO1-20261006-inTransit-sellable_1 · posted',
      '             BLU-MUG −24 in transit, BLU-MUG +24 sellable',
      '',
    ]);
  });

  test('tieout status has a line for it', async () => {
    const { stdout } = await tieout('status', '--connection', 'demo-us');
    expect(stdout).toMatch(/\n +stock: 1 of 3 items agree · figures of 20 Oct 2026\n/);
    expect(stdout).toMatch(/\n +this week +1 of 3 items agrees with Amazon: npx tieout stock\n/);
    expect(stdout.match(/Temporal does not answer: npx tieout doctor\n/g)).toHaveLength(1);
    expect((await tieout('status', '--connection', 'other')).stdout).not.toContain('stock');
  });

  test.each([
    [['stock', '--on', '2026-9'], 'a day like 2026-10-31 is'],
    [['stock', '--csv', '--json'], "Option '--csv' cannot be used with option '--json'."],
    [['stock', 'BLU-MUG', '--csv'], "Option '--csv' is of all items, not of one."],
    [['stock', 'opening', '--on', '2026-10-12'], "Unknown option '--on' of stock opening."],
    [['stock', 'owed', '--item', 'A'], "Unknown option '--item' of stock owed."],
  ])('%j is refused', async (argv, words) => {
    const { exit, stdout, stderr } = await tieout(...argv);
    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' });
    expect(stderr).toContain(words);
  });

  test('nothing of it is wider than a narrow terminal', async () => {
    for (const argv of [['stock'], ['stock', 'BLU-MUG'], ['stock', 'opening'], ['stock', 'owed'], ['inbound']])
      expect((await linesOf(60, ...argv)).filter((line) => line.length > 60)).toEqual([]);
    expect((await linesOf(60, 'stock', 'BLU-MUG')).slice(5, 12)).toEqual([
      'us · sellable',
      'NetSuite',
      '  Cost, USD 498.00 · Comes to 83',
      'movements of others',
      '  Units +5 · Cost, USD 30.00 · Comes to 88',
      'Amazon',
      '  Cost, USD 528.00 · Comes to 88',
    ]);
  });

  test('500 items that differ are cut to the twenty that weigh most, and --all shows them', async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      equation(`ITEM-${String(index).padStart(3, '0')}`, [index + 1, 0], {
        terms: { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: index + 1 },
      }),
    );
    await saveStandings(world.store.db, 'demo-us', many);
    const lines = await linesOf(80, 'stock');
    // Nothing is known of what they cost: the most units first, and a line that says so.
    expect(lines.filter((line) => line.startsWith('ITEM-'))).toHaveLength(20);
    expect(lines.find((line) => line.startsWith('ITEM-'))).toMatch(/^ITEM-499 +sellable +500 +0 +\+500 +–$/);
    expect(lines).toContain('… and 480 more: --all shows them');
    expect(lines).toContain('NetSuite knows no cost of some items: they are not in the cost.');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect((await linesOf(80, 'stock', '--all')).filter((line) => line.startsWith('ITEM-'))).toHaveLength(500);
  });
});
