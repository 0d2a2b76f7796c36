import { describe, expect, test } from '@jest/globals';
import { runReport } from '../../../src/views/tie-out/run-report.ts';
import { exitCodeOfRun } from '../../../src/views/tie-out/run-verdict.ts';
import { NOT_TIED, TEMPORAL, TIED, UNDECIDED } from './tied-out.ts';

describe('the exit code of a run', () => {
  test('is 0 only where every connection is tied', () => {
    expect(exitCodeOfRun([TIED], TEMPORAL)).toBe(0);
    expect(exitCodeOfRun([TIED, TIED], TEMPORAL)).toBe(0);
    expect(exitCodeOfRun([TIED], { failed: 1 })).toBe(1);
  });

  test('is 3 where all that is not tied waits for a decision, and 1 as soon as something else does not tie', () => {
    expect(exitCodeOfRun([UNDECIDED], TEMPORAL)).toBe(3);
    expect(exitCodeOfRun([TIED, UNDECIDED], TEMPORAL)).toBe(3);
    expect(exitCodeOfRun([UNDECIDED, NOT_TIED], TEMPORAL)).toBe(1);
    expect(exitCodeOfRun([NOT_TIED], TEMPORAL)).toBe(1);
  });

  test('is 1 where a balance is not what is explained', () => {
    const [first, ...others] = TIED.explained;
    expect(
      exitCodeOfRun(
        [{ ...TIED, explained: [{ ...first!, netsuite: '0.01', difference: '0.01' }, ...others] }],
        TEMPORAL,
      ),
    ).toBe(1);
  });
});

describe('the report of a run', () => {
  test('has the shape of the contract for one connection', () => {
    const report = runReport([TIED], { temporal: TEMPORAL, seconds: 107.3 });
    expect(Object.keys(report)).toEqual([
      'ok',
      'seconds',
      'temporal',
      'orders',
      'payouts',
      'balances',
      'decisions',
      'duplicates',
    ]);
    expect(report).toMatchObject({
      ok: true,
      seconds: 107.3,
      temporal: TEMPORAL,
      orders: { seen: 342, salesOrders: 335, fulfilments: 331, invoices: 331, creditMemos: 14, waiting: 0 },
      payouts: [
        {
          settlementId: '20001234561',
          currency: 'USD',
          total: '7921.42',
          rows: 1842,
          journal: { externalIds: ['AMZ_demo-us_JE_20001234561_1'], debit: '14730.92', credit: '14730.92', lines: 12 },
          movements: [
            {
              kind: 'payout',
              externalId: 'AMZ_demo-us_DEP_20001234561_1',
              amount: '7921.42',
              traceId: '021000023016017',
              bankLine: { date: '2026-10-16', amount: '7921.42', description: 'AMAZON.COM MKTPL' },
            },
          ],
          tied: true,
          exceptions: [],
        },
        { settlementId: '20001234562' },
      ],
    });
  });

  test('lists one such object for each of several connections, beside what holds for all', () => {
    const report = runReport([TIED, { ...UNDECIDED, connection: 'shop-eu' }], {
      temporal: TEMPORAL,
      seconds: 107.3,
    }) as {
      ok: boolean;
      connections: object[];
    };
    expect(Object.keys(report)).toEqual(['ok', 'seconds', 'temporal', 'connections']);
    expect(report.ok).toBe(false);
    expect(report.connections.map((connection) => Object.keys(connection))).toEqual(
      Array.from({ length: 2 }, () => ['connection', 'ok', 'orders', 'payouts', 'balances', 'decisions', 'duplicates']),
    );
    expect(report.connections).toMatchObject([
      { connection: 'demo-us', ok: true },
      { connection: 'shop-eu', ok: false },
    ]);
  });

  test('has stock and the close where the connection has them, and nothing of them elsewhere', () => {
    const stock = {
      pools: [
        {
          name: 'us',
          items: 2,
          agree: 1,
          amazon: { sellable: 88, unsellable: 0 },
          netsuite: { sellable: 83, unsellable: 0, inTransit: 6 },
          terms: { opening: 0, waiting: 0, ahead: 0, foreign: 5, gap: 0 },
          exceptions: ['movement-foreign'],
        },
      ],
    };
    const close = {
      period: '2026-10',
      items: [{ name: 'stock', currency: null, state: 'open', figure: '5' } as const],
      signed: false,
      hash: null,
      said: 'October 2026: 13 of 14 items tie. Cannot be signed: 1 open, from 1 decision.',
    };
    const run = { temporal: TEMPORAL, seconds: 107.3 };
    const told = (open: string[]) => new Map([['demo-us', { stock, close, open }]]);
    expect(runReport([TIED], run, told([]))).toMatchObject({ ok: true, stock, close });
    const elsewhere = runReport([TIED], run, new Map([['other', { stock, close, open: ['gap'] }]]));
    expect(elsewhere).not.toHaveProperty('stock');
    expect(elsewhere).not.toHaveProperty('close');
    expect(elsewhere).toMatchObject({ ok: true });
    // What a person must end keeps it from being tied, and is for a person to decide.
    expect(runReport([TIED], run, told(['stock of us: foreign']))).toMatchObject({ ok: false, stock });
    expect(exitCodeOfRun([TIED], { ...TEMPORAL, parts: told(['2026-10 is not signed']) })).toBe(3);
    expect(exitCodeOfRun([TIED], { ...TEMPORAL, parts: told([]) })).toBe(0);
  });
});
