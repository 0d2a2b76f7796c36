/** The page that follows one refund tells the demo month as it is. */
import { describe, expect, test } from '@jest/globals';
import { SettlementInspection } from '../../src/domain/payouts/inspect-settlement.ts';
import { demoMonth } from '../../src/local/demo-month/demo-month.ts';
import { plainSettlement } from '../golden/plain-settlement-reader.ts';
import { read } from './project.ts';

const page = read('docs/finance/follow-one-cent.md');
const report = demoMonth().settlements.find(({ settlementId }) => settlementId === '20001234561')!;
const lines = new TextDecoder().decode(report.bytes).split('\n');
const columns = lines[0]!.split('\t');

describe('docs/finance/follow-one-cent.md', () => {
  test('quotes the rows of the refund with their line numbers', () => {
    const quoted = [...page.matchAll(/^\| (75\d) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(
      ([, line, ...cells]) => [Number(line), ...cells.map((cell) => cell.replace('−', '-'))],
    );
    const wanted = ['transaction-type', 'amount-type', 'amount-description', 'amount'].map((name) =>
      columns.indexOf(name),
    );
    const there = lines.flatMap((line, index) => {
      const fields = line.split('\t');
      return fields[columns.indexOf('order-id')] === '114-0083290-0651023' && fields[wanted[0]!] === 'Refund'
        ? [[index + 1, ...wanted.map((column) => fields[column])]]
        : [];
    });
    expect(quoted).toHaveLength(6);
    expect(quoted).toEqual(there);
  });

  test('gives the sums of the journal lines that it names', () => {
    const inspection = new SettlementInspection();
    inspection.push(report.bytes);
    const { journal, rows } = inspection.finish();
    const amounts = Object.fromEntries(journal!.lines.map(({ role, debit, credit }) => [role, debit - credit]));
    expect(rows).toBe(951);
    expect(amounts).toMatchObject({ 'payouts-in-transit': 414896n, clearing: -756111n, 'selling-fees': 115193n });
    for (const figure of ['4,148.96', '7,561.11', '1,151.93', '8,875.34']) expect(page).toContain(figure);
    expect(journal!.lines.reduce((sum, { debit }) => sum + debit, 0n)).toBe(887534n);
  });

  test('gives the sum of the credit memos that the payout pays out', () => {
    const { byKey } = plainSettlement(new TextDecoder().decode(report.bytes));
    const documents = [...byKey].filter(([key]) =>
      /^Refund \/ (ItemPrice \/ (Principal|Shipping|Goodwill|GiftWrap)|Promotion \/)/.test(key),
    );
    expect(documents.reduce((sum, [, amount]) => sum + amount, 0n)).toBe(-15914n);
    expect(page).toContain('10 credit memos, 159.14');
  });
});
