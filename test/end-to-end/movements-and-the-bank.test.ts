import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import type { Decision } from '../../src/operations/decisions/decision.ts';
import { sendDecision } from '../../src/operations/decisions/send-decision.ts';
import { exitCodeOfRun } from '../../src/views/tie-out/run-verdict.ts';
import { withReissuedReport } from '../../src/local/demo-month/disagreements.ts';
import type { AmazonWorld, WorldBankLine, WorldSettlement } from '../../src/simulators/amazon/world.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, report } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const NAMES = {
  returned: '07-bank-returns-a-payout',
  equal: '12-bank-equal-split-late-converted',
  reissued: '13-reissued-other-total',
  owner: '19-owner-pays-in-the-same-amount',
};
const folder = (name: string) => fileURLToPath(new URL(`../worlds/${name}/`, import.meta.url));
const fileOf = (name: string, file: string) => readFileSync(`${folder(name)}${file}`);
const jsonOf = <T>(name: string, file: string) => JSON.parse(fileOf(name, file).toString('utf8')) as T;
interface Expected {
  exit: number;
  tied: Record<string, boolean>;
  balances: Record<string, string>;
  exceptions: string[];
}
const expectedOf = (name: string) => jsonOf<Expected>(name, 'expected.json');

/** The world of a folder; where it has a statement, its lines take the place of the invented ones, each published on its day. */
function worldOf(name: string, only: (file: string) => boolean = () => true): AmazonWorld {
  const files = readdirSync(folder(name)).sort();
  const bank = files.includes('bank.csv') ? fileOf(name, 'bank.csv') : null;
  const told = worldFromSettlements(
    files
      .filter((file) => /^\d.*\.txt$/.test(file) && only(file))
      .map((file) => ({ name: file, bytes: fileOf(name, file) })),
    bank ? { bank } : {},
  );
  const lines =
    bank === null
      ? []
      : bank
          .toString('utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((row, index): WorldBankLine => {
            const [date, amount, currency, description, transactionId] = row.trim().split(',') as [
              string,
              string,
              string,
              string,
              string,
            ];
            return {
              account: 'bank',
              date,
              publishedAt: `${date}T16:00:00Z`,
              amount,
              currency,
              description,
              transactionId: transactionId === '' ? `none-${index}` : transactionId,
            };
          });
  return {
    ...told,
    bankLines: [...told.bankLines, ...lines],
    catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '8.00' })),
  };
}

async function tiedOut(world: WorldUnderTest): Promise<TieOut> {
  for (const _ of [1, 2, 3]) await world.look();
  return world.tieOut();
}

/** What `expected.json` says: tied, balances by name (what is not named is zero), codes that are open, and the exit code. */
function comesOutAs(tieOut: TieOut, { exit, tied, balances, exceptions }: Expected): void {
  expect(Object.fromEntries(tieOut.payouts.map((payout) => [payout.settlementId, payout.tied]))).toEqual(tied);
  expect(tieOut.openExceptions.map(({ code }) => code)).toEqual(exceptions);
  const zero = Object.fromEntries(
    Object.keys(tieOut.balances)
      .filter((role) => !/^(cogs|inventory)/.test(role))
      .map((role) => [role, '0.00']),
  );
  expect(tieOut.balances).toMatchObject({ ...zero, ...balances });
  expect(tieOut.explained.filter(({ difference }) => difference !== '0.00')).toEqual([]);
  expect(tieOut.duplicates).toEqual([]);
  expect(exitCodeOfRun([tieOut], { failed: 0 })).toBe(exit);
}

const transfersOf = (
  told: AmazonWorld,
  settlementId: string,
  transfers: WorldSettlement['group']['transfers'],
): AmazonWorld => ({
  ...told,
  settlements: told.settlements.map((settlement) =>
    settlement.settlementId === settlementId
      ? { ...settlement, group: { ...settlement.group, transfers } }
      : settlement,
  ),
});

describe('a payout that the bank credits, gives back, and that the next file brings back', () => {
  const told = transfersOf(worldOf(NAMES.returned), '30700000001', [
    { at: '2026-10-08T07:00:00Z', status: 'Processing' },
    { at: '2026-10-10T07:00:00Z', status: 'Successful' },
    { at: '2026-10-15T12:00:00Z', status: 'Failed' },
  ]);
  const documents = (world: WorldUnderTest) =>
    world.suiteql(
      "SELECT externalid, trandate FROM transaction WHERE externalid LIKE 'AMZ_demo-us_DEP_%' OR externalid LIKE 'AMZ_demo-us_JE_%-b%' ORDER BY externalid",
    );

  describe('seen on the statement', () => {
    let world: WorldUnderTest;
    let tieOut: TieOut;
    beforeAll(async () => {
      world = await openWorld({ world: told, paceDays: 1 });
      await world.runToTheEnd();
      tieOut = await tiedOut(world);
    }, 150_000);
    afterAll(() => world?.close());

    test('leaves the books that were worked out by hand', () => comesOutAs(tieOut, expectedOf(NAMES.returned)));
    test('is deposited, taken out again on the day of the line, and never deposited a second time', async () => {
      expect((await documents(world)).map((row) => row['externalid'])).toEqual([
        'AMZ_demo-us_DEP_30700000001_1',
        'AMZ_demo-us_DEP_30700000002_1',
        'AMZ_demo-us_JE_30700000001-b1_1',
      ]);
    });
    test('was raised while the bank alone had said so', async () => {
      const raised = await world.store.db.selectFrom('exceptions').select(['code', 'key', 'resolution']).execute();
      expect(raised).toEqual([
        { code: 'transfer-failed', key: '30700000001', resolution: 'a later settlement brought it back' },
      ]);
    });
  });

  describe('where nobody brings statements', () => {
    let world: WorldUnderTest;
    beforeAll(async () => {
      world = await openWorld({ world: { ...told, bankLines: [] }, paceDays: 1, settings: { bank: 'none' } });
      await world.runToTheEnd();
    }, 150_000);
    afterAll(() => world?.close());

    test("goes by Amazon's word: Successful, then Failed", async () =>
      comesOutAs(await tiedOut(world), expectedOf(NAMES.returned)));
  });
});

describe('a payout that only the statement says went back, and that is credited again later', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const first = worldOf(NAMES.returned, (file) => file.startsWith('1-'));
    const bankLines = first.bankLines.map((line) =>
      line.date === '2026-10-24'
        ? { ...line, date: '2026-10-22', publishedAt: '2026-10-22T16:00:00Z', amount: '100.00' }
        : line,
    );
    world = await openWorld({ world: { ...first, bankLines }, paceDays: 3 });
    await world.runToTheEnd();
  }, 150_000);
  afterAll(() => world?.close());
  const decide = (movement: string, date: string, amount: string, description: string) =>
    sendDecision(world.context, {
      update: 'matchDeposit',
      args: {
        settlementId: '30700000001',
        movement,
        lines: [{ date, amount, description }],
        by: 'maria',
        why: 'seen on the statement',
      },
    });

  /** One look each: Amazon gives few calls for orders, and many looks would be what this waits for. */
  const once = async () => {
    await world.look();
    return world.tieOut();
  };

  test('is not tied before a person has said what the lines are, and then it is', async () => {
    const balances = {
      ...expectedOf(NAMES.returned).balances,
      'product-sales': '-120.00',
      'selling-fees': '15.00',
      'fulfilment-fees': '5.00',
      bank: '100.00',
    };
    comesOutAs(await once(), { exit: 1, tied: { 30700000001: false }, balances, exceptions: ['transfer-failed'] });
    await decide('return', '2026-10-14', '-100.00', 'RETURNED ACH AMAZON MKTPL');
    comesOutAs(await once(), {
      exit: 3,
      tied: { 30700000001: false },
      balances: { ...balances, bank: '0.00', 'payouts-in-transit': '100.00' },
      exceptions: ['bank-line-missing'],
    });
    await decide('payout', '2026-10-22', '100.00', 'AMAZON MKTPL PAYMENTS');
    comesOutAs(await once(), { exit: 0, tied: { 30700000001: true }, balances, exceptions: [] });
    expect(
      (
        await world.suiteql(
          "SELECT externalid FROM transaction WHERE externalid LIKE 'AMZ_demo-us_DEP_%' OR externalid LIKE 'AMZ_demo-us_JE_%-%' ORDER BY externalid",
        )
      ).map((row) => row['externalid']),
    ).toEqual(['AMZ_demo-us_DEP_30700000001-b1_1', 'AMZ_demo-us_DEP_30700000001_1', 'AMZ_demo-us_JE_30700000001-b1_1']);
  }, 150_000);
});

describe('equal payouts, one in two lines, one that comes late and one that was converted, without trace ids', () => {
  let world: WorldUnderTest;
  let undecided: TieOut;
  const decide = (decision: Decision) => sendDecision(world.context, decision);
  const match = (
    settlementId: string,
    movement: string,
    lines: { date: string; amount: string; description: string }[],
  ) =>
    decide({
      update: 'matchDeposit',
      args: { settlementId, movement, lines, by: 'maria', why: 'seen on the statement' },
    });
  beforeAll(async () => {
    world = await openWorld({ world: worldOf(NAMES.equal), paceDays: 7 });
    await world.runToTheEnd();
    undecided = await tiedOut(world);
  }, 150_000);
  afterAll(() => world?.close());

  test('the equal ones find their own weeks; the others wait for a decision, and the run says so', () => {
    expect(
      undecided.payouts
        .filter(({ tied }) => tied)
        .map(({ settlementId, movements }) => [settlementId, movements[0]!.bankLine?.date]),
    ).toEqual([
      ['31200000001', '2026-10-10'],
      ['31200000002', '2026-10-17'],
    ]);
    expect(undecided.openExceptions.map(({ code, payout }) => `${code} ${payout}`).sort()).toEqual([
      'bank-line-missing 31200000003',
      'bank-line-missing 31200000004',
      'bank-line-missing 31200000005',
    ]);
    expect(undecided.openExceptions[0]!.act).toContain('npx tieout match-deposit');
    expect(exitCodeOfRun([undecided], { failed: 0 })).toBe(3);
  });
  test('what cannot be is refused with a sentence', async () => {
    await expect(
      match('31200000003', 'payout', [{ date: '2026-10-10', amount: '300.00', description: 'AMAZON MKTPL PAYMENTS' }]),
    ).rejects.toThrow('already the line of AMZ_demo-us_DEP_31200000001_1');
    await expect(
      match('31200000003', 'payout', [{ date: '2026-10-24', amount: '1.00', description: 'X' }]),
    ).rejects.toThrow('No statement that was taken in has a line of 2026-10-24');
    await expect(
      match('31200000003', 'micro-1', [{ date: '2026-10-24', amount: '200.00', description: 'AMAZON MKTPL PAYMENTS' }]),
    ).rejects.toThrow('has no movement micro-1; it has payout');
    await expect(
      match('31200000003', 'return', [{ date: '2026-10-24', amount: '200.00', description: 'AMAZON MKTPL PAYMENTS' }]),
    ).rejects.toThrow('is not deposited');
    await expect(
      match('31200000001', 'return', [{ date: '2026-10-24', amount: '200.00', description: 'AMAZON MKTPL PAYMENTS' }]),
    ).rejects.toThrow('goes the wrong way');
  });

  describe('once people have decided', () => {
    let tieOut: TieOut;
    beforeAll(async () => {
      for (const { kind, ...decision } of jsonOf<(Record<string, unknown> & { kind: string })[]>(
        NAMES.equal,
        'decisions.json',
      )) {
        // Given twice, as after a lost answer: it is taken once.
        for (const _ of [1, 2])
          await decide({ update: kind, args: { ...decision, by: 'maria' } } as unknown as Decision);
      }
      tieOut = await tiedOut(world);
    }, 90_000);

    test('the books are those that were worked out by hand', () => comesOutAs(tieOut, expectedOf(NAMES.equal)));
    test('each line is a document of its own, dated as it', async () => {
      const rows = await world.suiteql(
        "SELECT externalid, TO_CHAR(trandate, 'YYYY-MM-DD') day, foreigntotal FROM transaction WHERE externalid LIKE 'AMZ_demo-us_DEP_3120000000%' OR externalid LIKE 'AMZ_demo-us_JE_%-c%' ORDER BY externalid",
      );
      expect(rows.slice(2).map((row) => `${row['externalid']} ${row['day']}`)).toEqual([
        'AMZ_demo-us_DEP_31200000003-l1_1 2026-10-24',
        'AMZ_demo-us_DEP_31200000003_1 2026-10-24',
        'AMZ_demo-us_DEP_31200000004_1 2026-11-14',
        'AMZ_demo-us_DEP_31200000005_1 2026-10-19',
        'AMZ_demo-us_JE_31200000005-c1_1 2026-10-19',
      ]);
    });
  });
});

describe('a report that is issued again with another total, after the bank has paid', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    const told = withReissuedReport(
      worldOf(NAMES.reissued, (file) => !file.includes('again')),
      '31300000001',
      fileOf(NAMES.reissued, '2-31300000001-again.txt'),
      '2026-10-20T08:00:00Z',
    );
    world = await openWorld({ world: told, paceDays: 3 });
    await world.runToTheEnd();
    tieOut = await tiedOut(world);
  }, 150_000);
  afterAll(() => world?.close());

  test('keeps the difference in transit, explained, under one exception that says how it ends', async () => {
    comesOutAs(tieOut, expectedOf(NAMES.reissued));
    expect(tieOut.openExceptions).toEqual([
      expect.objectContaining({
        what: expect.stringContaining('in transit keeps −20.00 USD, paid, not reported'),
        atStake: '-20.00',
        act: expect.stringContaining('npx tieout settle-difference 31300000001 variance'),
      }),
    ]);
    expect(await world.details('payout:demo-us:31300000001')).toContain('paid, not reported');
  });
  test('is settled on variance, once', async () => {
    const settle = () =>
      sendDecision(world.context, {
        update: 'settleDifference',
        args: {
          settlementId: '31300000001',
          choice: 'variance',
          by: 'maria',
          why: 'Amazon confirms the payment, case 77',
        },
      });
    expect(await settle()).toMatchObject({ detail: '−20.00 USD of payout 31300000001 go to variance', released: 1 });
    await settle();
    const after = await tiedOut(world);
    const { balances } = expectedOf(NAMES.reissued);
    comesOutAs(after, {
      exit: 0,
      tied: { 31300000001: true },
      exceptions: [],
      balances: { ...balances, 'payouts-in-transit': '0.00', variance: '-20.00' },
    });
    expect(
      (await world.suiteql("SELECT externalid FROM transaction WHERE externalid LIKE 'AMZ_demo-us_JE_%-v%'")).map(
        (row) => row['externalid'],
      ),
    ).toEqual(['AMZ_demo-us_JE_31300000001-v1_1']);
  }, 60_000);
});

describe('somebody else pays in the same amount', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({ world: worldOf(NAMES.owner), paceDays: 3 });
    await world.runToTheEnd();
  }, 150_000);
  afterAll(() => world?.close());

  test('and the payout takes the line that names Amazon', async () => {
    const tieOut = await tiedOut(world);
    comesOutAs(tieOut, expectedOf(NAMES.owner));
    expect(tieOut.payouts[0]!.movements[0]!.bankLine).toMatchObject({
      date: '2026-10-10',
      description: 'AMAZON MKTPL PAYMENTS',
    });
  });
});

describe('a payout that comes back although no report tells of it', () => {
  let world: WorldUnderTest;
  const [first, second] = [
    report(
      {
        id: '30700000003',
        start: '2026-10-01T07:00:00Z',
        end: '2026-10-08T07:00:00Z',
        deposit: '2026-10-10T07:00:00Z',
        total: '90.00',
      },
      [account('WAREHOUSE_LOST', '90.00', '2026-10-03T09:00:00Z', 'FBA Inventory Reimbursement')],
    ),
    report(
      {
        id: '30700000004',
        start: '2026-10-08T07:00:00Z',
        end: '2026-10-15T07:00:00Z',
        deposit: '2026-10-17T07:00:00Z',
        total: '100.00',
      },
      [account('Transfer of funds unsuccessful: no account', '100.00', '2026-10-12T09:00:00Z')],
    ),
  ];
  beforeAll(async () => {
    world = await openWorld({ world: worldFromSettlements([first, second]), paceDays: 7 });
    await world.runToTheEnd();
  }, 150_000);
  afterAll(() => world?.close());

  test('is not tied, and a person hears of it', async () => {
    const tieOut = await tiedOut(world);
    expect(tieOut.payouts.map(({ tied }) => tied)).toEqual([true, false]);
    expect(tieOut.openExceptions).toEqual([
      expect.objectContaining({
        code: 'transfer-failed',
        payout: '30700000004',
        what: 'settlement 30700000004 brings back 100.00 USD, and no payout of that amount is known',
      }),
    ]);
  });
});
