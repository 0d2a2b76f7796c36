import { expect, test } from '@jest/globals';
import { closePage } from '../../../src/cli/run/close-page.ts';
import type { CloseView } from '../../../src/views/period/close-view.ts';

const NOVEMBER: CloseView = {
  connection: 'demo-us',
  period: '2026-11',
  sentence: 'November 2026: 1 of 1 items tie. The month is not over.',
  evaluatedAt: '2026-11-20T00:00:00Z',
  due: '2026-12-07',
  isOver: false,
  items: [
    {
      name: 'deposits',
      owner: 'finance',
      due: '2026-12-07',
      state: 'ties',
      brought: [
        {
          period: '2026-10',
          currency: 'USD',
          amount: '-20.02',
          now: '-15.00',
          by: 'maria',
          why: 'the bank looks for it',
          at: '2026-11-04T00:00:00Z',
        },
      ],
      figures: [
        {
          currency: 'USD',
          state: 'ties',
          figure: '11.50',
          difference: '0.00',
          population: '1 movement',
          open: [],
          openCount: 0,
          named: [],
          namedCount: 0,
          until: null,
        },
      ],
    },
  ],
  rollForwards: [],
  residues: [],
  carried: [],
  late: [],
  sales: [],
  signatures: [],
  signed: false,
  standing: null,
};

test('sales in full are a line a currency, marketplace and day, with what is booked in another month', () => {
  const line = {
    currency: 'USD',
    marketplace: 'Amazon.com',
    shipments: 2,
    unproven: 0,
    moved: '0.00',
    difference: '0.00',
  };
  const sales = [
    { ...line, day: '2026-11-02', report: '65.99', netsuite: '65.99' },
    {
      ...line,
      day: '2026-11-30',
      report: '40.00',
      netsuite: '39.00',
      moved: '39.00',
      difference: '-1.00',
      unproven: 1,
    },
  ];
  const lines = closePage({ ...NOVEMBER, sales }, 100, 'sales');
  const from = lines.findIndex((text) => text.startsWith('Day'));
  expect(lines.slice(from, from + 4)).toEqual([
    'Day         Marketplace  Shipments  Report  NetSuite  Moved  Difference',
    '2026-11-02  Amazon.com           2   65.99     65.99                     USD',
    '2026-11-30  Amazon.com           2   40.00     39.00  39.00       −1.00  USD',
    'Of 1 shipments nobody knows yet what the report says.',
  ]);
  expect(closePage({ ...NOVEMBER, sales }, 100).join()).not.toContain('Marketplace');
});

test('an item begins with what an earlier month carried, with who and why, and what it is by now', () => {
  const lines = closePage(NOVEMBER, 100);
  const rows = lines.filter((line) => line.includes('deposits'));
  expect(rows[0]).toMatch(/^→ {2}deposits +from 2026-10 +−20\.02 USD +carried by maria: the bank looks/);
  expect(rows[1]).toMatch(/^✓ {2}deposits +ties +11\.50 USD +1 movement +finance$/);
  expect(lines.join('\n')).toContain(
    [
      'Carried by earlier months',
      '  deposits −20.02 USD of 2026-10, where it is −15.00 USD now: npx tieout close 2026-10, by maria on',
      '  2026-11-04: the bank looks for it',
    ].join('\n'),
  );
});

test('a signed month that is as it was leads on, one that changed to reopening it', () => {
  const next = (standing: CloseView['standing']) => closePage({ ...NOVEMBER, signed: true, standing }, 100).at(-2);
  expect(next({ kind: 'as-signed' })).toBe('Next: npx tieout audit-log');
  expect(next({ kind: 'changed', differences: ['costs'] })).toBe(
    `Next: npx tieout close reopen ${NOVEMBER.period} --why WHY`,
  );
});
