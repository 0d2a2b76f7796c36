import { describe, expect, test } from '@jest/globals';
import { renderLiveBlock, type LiveFacts } from '../../../src/cli/start/live-block.ts';
import type { ListedException } from '../../../src/views/exceptions/exceptions-view.ts';
import type { LivePayout, LiveView } from '../../../src/views/live/live-view.ts';

const ORDERS = {
  seen: 342,
  salesOrders: 326,
  dispatched: 313,
  settled: 168,
  pending: 4,
  cancelled: 3,
  waiting: 9,
  fulfilments: 320,
  invoices: 320,
  creditMemos: 14,
};
const TIED: LivePayout = {
  settlementId: '20001234561',
  total: '7921.42',
  currency: 'USD',
  waitsFor: null,
  tied: true,
  steps: { rows: 'done', total: 'done', journal: 'done', deposit: 'done', bank: 'done' },
};
const WAITING: LivePayout = {
  settlementId: '20001234562',
  total: '6814.67',
  currency: 'USD',
  waitsFor: 'Finance',
  tied: false,
  steps: { rows: 'done', total: 'done', journal: 'open', deposit: 'open', bank: 'open' },
};
/** What the block does not show of an exception. */
const LISTED = {
  connection: 'demo-us',
  key: '',
  what: '',
  remedy: { kind: 'look', where: '' },
  subject: '',
  payout: null,
  waiting: [],
  since: '2026-10-28T10:00:00Z',
  snoozedUntil: null,
  assignee: null,
  closed: null,
  resolution: null,
} satisfies Partial<ListedException>;
const DEMO: LiveView = {
  connection: 'demo-us',
  orders: ORDERS,
  payouts: [TIED, WAITING],
  exceptions: [
    {
      ...LISTED,
      number: 41,
      code: 'sku-unknown',
      owner: 'operations',
      title: 'no NetSuite item for SKU BLU-MUG-2',
      waiters: '9 orders',
      atStake: '214.91',
      currency: 'USD',
      act: 'npx tieout map-sku BLU-MUG-2 ITEM --why "…"',
    },
    {
      ...LISTED,
      number: 42,
      code: 'unknown-amount',
      owner: 'finance',
      title: 'no account: FBA Inbound Dock Fee',
      waiters: '1 payout',
      atStake: '-38.70',
      currency: 'USD',
      act: 'npx tieout map-amount 42 inbound --why "…"',
    },
  ],
  netsuite: { busy: 0, size: 3, allowed: 3, throttledLastHour: 0, queued: 0 },
  amazon: { tokens: 19, burst: 20, polledSecondsAgo: 12, nextInSeconds: 168 },
};
const FACTS: LiveFacts = {
  title: 'October 2026',
  simulated: true,
  clock: '14:04:10',
  lastChange: '14:03:24',
  uiUrl: 'http://127.0.0.1:8233',
  connections: [DEMO],
};
const of = (changes: Partial<LiveView>): LiveFacts => ({ ...FACTS, connections: [{ ...DEMO, ...changes }] });

describe('the live block', () => {
  test('shows where orders and payouts are, what the vendors allow, and what waits for whom', () => {
    expect(renderLiveBlock(FACTS, 80, 40)).toEqual([
      '──────────────────────────────────────────────────────────────────────────────',
      'demo-us · October 2026 · simulated · live                             14:04:10',
      'Orders    342 seen › 326 sales orders › 313 dispatched › 320 invoices',
      '          168 settled · 9 wait for a SKU · 4 pending at Amazon · 3 cancelled',
      'Payouts   20001234561    7,921.42  rows ✓ total ✓ journal ✓ deposit ✓ bank ✓',
      '          20001234562    6,814.67  rows ✓ total ✓ journal … deposit … bank …',
      'NetSuite  0 of 3 slots busy · 0 queued · no 429 in the last hour',
      'Amazon    orders 19 of 20 tokens · polled 12 s ago, next in 168 s',
      '',
      '2 things wait for a person',
      '  41 Operations  no NetSuite item for SKU BLU-MUG-2 · 9 orders · 214.91',
      '                 npx tieout map-sku BLU-MUG-2 ITEM --why "…"',
      '  42 Finance     no account: FBA Inbound Dock Fee · 1 payout · −38.70',
      '                 npx tieout map-amount 42 inbound --why "…"',
      'Temporal http://127.0.0.1:8233 · Ctrl-C stops everything started here',
    ]);
  });

  test('says that NetSuite throttles, and leaves out what nobody could say', () => {
    const throttled = renderLiveBlock(
      of({
        netsuite: { busy: 2, size: 5, allowed: 2, throttledLastHour: 3, queued: null },
        amazon: { tokens: 0, burst: 20, polledSecondsAgo: null, nextInSeconds: null },
      }),
      80,
      40,
    );
    expect(throttled.slice(6, 9)).toEqual([
      'NetSuite  2 of 5 slots busy (NetSuite throttles: 2 allowed)',
      '          429 3 times in the last hour',
      'Amazon    orders 0 of 20 tokens',
    ]);
    expect(
      renderLiveBlock(of({ netsuite: null, amazon: null }), 80, 40).filter((line) => /^(NetSuite|Amazon) /.test(line)),
    ).toEqual([]);
  });

  test('says what is tied where nothing waits, and when that came about', () => {
    expect(
      renderLiveBlock(
        of({ exceptions: [], payouts: [TIED, { ...WAITING, ...TIED, settlementId: '20001234562' }] }),
        80,
        40,
      ).at(-2),
    ).toBe('Nothing waits. All 2 payouts are tied. Last change 14:03:24.');
    expect(renderLiveBlock(of({ exceptions: [] }), 80, 40).at(-2)).toBe(
      'Nothing waits. 1 of 2 payouts are tied. Last change 14:03:24.',
    );
    expect(renderLiveBlock({ ...of({ exceptions: [], payouts: [] }), lastChange: null }, 80, 40).at(-2)).toBe(
      'Nothing waits. No payout yet.',
    );
  });

  test('shows each connection, and counts payouts that were tied long ago', () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ ...TIED, settlementId: `2000000000${index}` }));
    const second: LiveView = {
      ...DEMO,
      connection: 'shop-eu',
      payouts: [...many, WAITING],
      exceptions: [],
      netsuite: null,
      amazon: null,
    };
    const lines = renderLiveBlock({ ...FACTS, connections: [{ ...DEMO, exceptions: [] }, second] }, 80, 40);
    expect(lines.filter((line) => /· live/.test(line))).toEqual([
      'demo-us · October 2026 · simulated · live                             14:04:10',
      'shop-eu · October 2026 · simulated · live',
    ]);
    expect(lines.filter((line) => line.startsWith('Orders '))).toHaveLength(2);
    expect(lines.slice(lines.indexOf('shop-eu · October 2026 · simulated · live') + 3).slice(0, 4)).toEqual([
      'Payouts   3 tied before',
      '          20000000003    7,921.42  rows ✓ total ✓ journal ✓ deposit ✓ bank ✓',
      '          20000000004    7,921.42  rows ✓ total ✓ journal ✓ deposit ✓ bank ✓',
      '          20001234562    6,814.67  rows ✓ total ✓ journal … deposit … bank …',
    ]);
  });

  test('puts key and value on two lines below 72 columns', () => {
    expect(renderLiveBlock(FACTS, 71, 40)).toEqual([
      'demo-us · simulated · live · 14:04:10',
      'Orders 342 · settled 168 · waiting 9',
      'Payout 20001234561',
      '  7,921.42   tied 5/5',
      'Payout 20001234562',
      '  6,814.67   2/5, waits: Finance',
      'Waits: 2 · http://127.0.0.1:8233',
    ]);
  });

  test('is never wider than the terminal', () => {
    const long = of({
      exceptions: [
        {
          ...DEMO.exceptions[0]!,
          title: 'no NetSuite item for SKU 青いマグカップ青いマグカップ青いマグカップ青いマグカップ青いマグカップ',
        },
      ],
    });
    const line = renderLiveBlock(long, 80, 40).find((text) => text.startsWith('  41'))!;
    expect(line).toMatch(/… · 9 orders · 214\.91$/);
  });
});

test('decisions stand before documents that mostly come by themselves', () => {
  const [sku, amount] = DEMO.exceptions as [ListedException, ListedException];
  const lines = renderLiveBlock(
    of({
      exceptions: [
        { ...sku, number: 7, code: 'document-missing' },
        { ...sku, number: 8, code: 'period-closed' },
        amount,
      ],
    }),
    80,
    40,
  );
  expect(lines.flatMap((line) => /^ +(\d+) [A-Z]/.exec(line)?.[1] ?? [])).toEqual(['42', '8', '7']);
});

describe('a block that is taller than the terminal', () => {
  test('counts the things that do not fit, and keeps its last line', () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ ...DEMO.exceptions[0]!, number: 41 + index }));
    expect(renderLiveBlock(of({ exceptions: many }), 80, 16).slice(9)).toEqual([
      '5 things wait for a person',
      '  41 Operations  no NetSuite item for SKU BLU-MUG-2 · 9 orders · 214.91',
      '                 npx tieout map-sku BLU-MUG-2 ITEM --why "…"',
      '  42 Operations  no NetSuite item for SKU BLU-MUG-2 · 9 orders · 214.91',
      '                 npx tieout map-sku BLU-MUG-2 ITEM --why "…"',
      '+3 more: npx tieout exceptions',
      'Temporal http://127.0.0.1:8233 · Ctrl-C stops everything started here',
    ]);
  });

  test('is cut where not even the payouts fit', () => {
    expect(renderLiveBlock(FACTS, 80, 5)).toEqual([
      '──────────────────────────────────────────────────────────────────────────────',
      'demo-us · October 2026 · simulated · live                             14:04:10',
      'Orders    342 seen › 326 sales orders › 313 dispatched › 320 invoices',
      '+8 more lines: npx tieout status',
      'Temporal http://127.0.0.1:8233 · Ctrl-C stops everything started here',
    ]);
  });
});
