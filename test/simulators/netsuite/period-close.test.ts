/**
 * Locks, the role that overrides them, the Period Close Checklist and revaluations. Quotations: NSHELP section_N1455781 (the
 * checklist), section_N1428662 and section_N1430227 (revaluation); wp.jjknowledgebase.com (who posts into locked and closed periods, reversal).
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Reply } from './bare-account.ts';

let netsuite: BareAccount;
beforeEach(async () => {
  netsuite = await openAccount();
});
afterEach(() => netsuite.close());

const USD = '1';
const CAD = '2';
const idOf = (number: string) => netsuite.id('account', number);
async function journal(
  [from, to]: [string, string],
  amount: number,
  more: Record<string, unknown> = {},
): Promise<Reply> {
  const { entity, ...head } = more;
  const of = entity === undefined ? {} : { entity };
  return netsuite.call('POST', '/record/v1/journalEntry', {
    subsidiary: { id: '1' },
    tranDate: '2026-10-31',
    ...head,
    line: {
      items: [
        { account: { id: await idOf(from) }, credit: amount },
        { account: { id: await idOf(to) }, debit: amount, ...of },
      ],
    },
  });
}
const periodId = async (name: string): Promise<string> =>
  (await netsuite.query('SELECT id FROM accountingperiod WHERE periodname = ?', [name]))[0]!['id']!;
const task = (name: string, more: object = {}) =>
  netsuite.admin('POST', '/admin/close', { month: '2026-10', task: name, ...more });
const upTo = async (last: string) => {
  for (const name of TASKS.slice(0, TASKS.indexOf(last) + 1)) expect((await task(name)).status).toBe(200);
};
const overrides = (isOn: boolean) => netsuite.admin('POST', '/admin/switches', { overridePeriodRestrictions: isOn });

const TASKS = [
  'Lock A/R',
  'Lock A/P',
  'Lock Payroll',
  'Lock All',
  'Resolve Date/Period Mismatches',
  'Review Negative Inventory',
  'Review Inventory Cost Accounting',
  'Create Intercompany Adjustments',
  'Revalue Open Foreign Currency Balances',
  'Calculate Consolidated Exchange Rates',
  'Eliminate Intercompany Transactions',
  'Close',
];

describe('the Period Close Checklist', () => {
  test('goes task by task, and refuses one before whose turn it is', async () => {
    for (const [index, name] of TASKS.entries()) {
      const later = TASKS[index + 1];
      if (later !== undefined) expect((await task(later)).status).toBe(400);
      expect((await task(name)).body['done']).toEqual(TASKS.slice(0, index + 1));
    }
    expect((await task('Lock A/R')).status).toBe(400);
    expect((await task('Print Statements')).status).toBe(400);
  });

  test('its locks are those of the period, one after the other', async () => {
    const locks = async () =>
      (
        await netsuite.query(
          "SELECT arlocked, aplocked, alllocked, closed FROM accountingperiod WHERE periodname = 'Oct 2026'",
        )
      )[0];
    await upTo('Lock A/R');
    expect(await locks()).toEqual({ arlocked: 'T', aplocked: 'F', alllocked: 'F', closed: 'F' });
    await upTo('Lock All');
    expect(await locks()).toEqual({ arlocked: 'T', aplocked: 'T', alllocked: 'T', closed: 'F' });
    await upTo('Close');
    expect(await locks()).toMatchObject({ closed: 'T' });
    // Opened again, it begins anew.
    await netsuite.admin('POST', '/admin/periods', { month: '2026-10', closed: false });
    expect((await task('Close')).status).toBe(400);
  });

  test('names what is dated in another period than it posts to', async () => {
    await netsuite.admin('POST', '/admin/switches', { dateOutsidePeriod: true });
    const { id } = await journal(['1190', '6110'], 5, { postingPeriod: { id: await periodId('Nov 2026') } });
    await journal(['1190', '6110'], 7);
    await upTo('Lock All');
    expect((await task('Resolve Date/Period Mismatches')).body['transactions']).toEqual([id]);
  });
});

describe('a role with "Override Period Restrictions"', () => {
  test('posts into a locked period, where others are refused, and changes what is there', async () => {
    await upTo('Lock All');
    expect(errorOf(await journal(['1190', '6110'], 5)).status).toBe(400);
    await overrides(true);
    const { status, id } = await journal(['1190', '6110'], 5);
    expect(status).toBe(204);
    expect((await netsuite.call('DELETE', `/record/v1/journalEntry/${id}`)).status).toBe(204);
  });

  test('but nobody posts into a closed one', async () => {
    await upTo('Close');
    await overrides(true);
    expect(errorOf(await journal(['1190', '6110'], 5)).status).toBe(400);
  });
});

describe('balances', () => {
  /** 5.00 dated in October and posted to November, 7.00 in October. */
  test('by date, by posting period and by subsidiary are sums over lines; the first two differ by the mismatches', async () => {
    await netsuite.admin('POST', '/admin/switches', { dateOutsidePeriod: true });
    await journal(['1190', '6110'], 5, { postingPeriod: { id: await periodId('Nov 2026') } });
    await journal(['1190', '6110'], 7);
    const sum = async (where: string, ...params: string[]) =>
      (
        await netsuite.query(
          `SELECT SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN transactionline tl ON tl.transaction = tal.transaction AND tl.id = tal.transactionline JOIN accountingperiod p ON p.id = t.postingperiod WHERE t.posting = 'T' AND tal.account = ? AND ${where}`,
          [await idOf('6110'), ...params],
        )
      )[0]?.['amount'] ?? null;
    expect(await sum("t.trandate <= TO_DATE('2026-10-31', 'YYYY-MM-DD')")).toBe('12');
    expect(await sum("p.periodname = 'Oct 2026'")).toBe('7');
    expect(await sum("p.periodname = 'Nov 2026'")).toBe('5');
    expect(await sum('tl.subsidiary = 1')).toBe('12');
    expect(await sum('tl.subsidiary = 2')).toBeNull();
  });
});

describe('a revaluation', () => {
  /** 100.00 CAD that were worth 75.00 USD, at the day's rate 80.00: a customer's, and as much in a current asset of 50.00 CAD. */
  const owed = async () => {
    const customer = { id: await netsuite.id('customer', 'Amazon CA') };
    const more = { currency: { id: CAD }, exchangeRate: 0.75, tranDate: '2026-10-15' };
    expect((await journal(['4000', '1100'], 100, { ...more, entity: customer })).status).toBe(204);
    expect((await journal(['4000', '1185'], 50, more)).status).toBe(204);
    expect((await journal(['4000', '1185'], 9, { currency: { id: USD }, tranDate: '2026-10-15' })).status).toBe(204);
    return customer.id;
  };
  const rows = () =>
    netsuite.query(
      "SELECT t.trandisplayname AS name, BUILTIN.DF(t.type) AS type, t.externalid AS key, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, BUILTIN.DF(t.postingperiod) AS period, a.acctname AS account, tl.entity AS entity, BUILTIN.DF(t.currency) AS currency, tl.foreignamount AS own, tal.amount AS base FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN transactionline tl ON tl.transaction = tal.transaction AND tl.id = tal.transactionline JOIN account a ON a.id = tal.account WHERE t.type = 'FxReval' ORDER BY t.id, tl.id",
    );

  test('"for open transactions" and other balance sheet accounts, on the last day, "posted on the first day of the next period" back', async () => {
    const entity = await owed();
    await upTo('Create Intercompany Adjustments');
    await task('Revalue Open Foreign Currency Balances', { rates: { CAD: '0.80' } });
    expect(
      (await rows()).map(({ day, period, account, entity: of, currency, own, base }) =>
        [day, period, account, of ?? '-', currency, own, base].join(' | '),
      ),
    ).toEqual([
      `2026-10-31 | Oct 2026 | A/R Amazon | ${entity} | USD | 5 | 5`,
      '2026-10-31 | Oct 2026 | Unrealized Gain/Loss | - | USD | -5 | -5',
      `2026-11-01 | Nov 2026 | A/R Amazon | ${entity} | USD | -5 | -5`,
      '2026-11-01 | Nov 2026 | Unrealized Gain/Loss | - | USD | 5 | 5',
      '2026-10-31 | Oct 2026 | Amazon reserve | - | USD | 2.5 | 2.5',
      '2026-10-31 | Oct 2026 | Unrealized Gain/Loss | - | USD | -2.5 | -2.5',
      '2026-11-01 | Nov 2026 | Amazon reserve | - | USD | -2.5 | -2.5',
      '2026-11-01 | Nov 2026 | Unrealized Gain/Loss | - | USD | 2.5 | 2.5',
    ]);
    expect((await rows())[0]).toMatchObject({ name: 'Currency Revaluation #FXR10001', type: 'Currency Revaluation' });
    expect((await rows()).every(({ key }) => (key ?? null) === null)).toBe(true);
  });

  test('"sometimes needs to delete previous revaluation transactions": run again it stands once, at the new rate', async () => {
    await owed();
    await upTo('Create Intercompany Adjustments');
    await task('Revalue Open Foreign Currency Balances', { rates: { CAD: '0.80' } });
    await task('Revalue Open Foreign Currency Balances', { rates: { CAD: '0.74' } });
    expect((await rows()).map(({ account, base }) => `${account} ${base}`)).toEqual([
      'A/R Amazon -1',
      'Unrealized Gain/Loss 1',
      'A/R Amazon 1',
      'Unrealized Gain/Loss -1',
      'Amazon reserve -0.5',
      'Unrealized Gain/Loss 0.5',
      'Amazon reserve 0.5',
      'Unrealized Gain/Loss -0.5',
    ]);
    await task('Revalue Open Foreign Currency Balances', { rates: { CAD: '0.75' } });
    expect(await rows()).toEqual([]);
  });

  test("in the balance's own currency, by a switch, has amounts in the company's alone", async () => {
    await owed();
    await netsuite.admin('POST', '/admin/switches', { revaluationCurrency: 'own' });
    await upTo('Create Intercompany Adjustments');
    await task('Revalue Open Foreign Currency Balances', { rates: { CAD: '0.80' } });
    expect((await rows()).slice(0, 2).map(({ currency, own, base }) => [currency, own, base])).toEqual([
      ['CAD', '0', '5'],
      ['CAD', '0', '-5'],
    ]);
  });
});
