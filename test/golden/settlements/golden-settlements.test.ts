/** Golden settlements: what a plain reader adds, and the journal that stands beside each in the accountant's notation. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { SettlementInspection } from '../../../src/domain/payouts/inspect-settlement.ts';
import type { Role } from '../../../src/domain/mapping/roles.ts';
import type { Day } from '../../../src/domain/money/instant.ts';
import type { CurrencyCode } from '../../../src/domain/money/money.ts';
import { build, classifiedFile } from '../../domain/journal/classified-file.ts';
import { parse } from '../../domain/settlement/settlement-file.ts';
import { entriesOf, renderJournal, workedFigures } from '../journal-notation.ts';
import { plainSettlement } from '../plain-settlement-reader.ts';

const folder = new URL('./', import.meta.url);
const JOURNAL = '.expected.journal.txt';
const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const files = texts.filter((name) => !name.endsWith(JOURNAL));
const journalOf = (name: string) => name.replace('.txt', JOURNAL);

/** The marketplaces of the files: amazon.com, amazon.ca and amazon.de. */
const ZONES: Record<string, string> = {
  USD: 'America/Los_Angeles',
  CAD: 'America/Los_Angeles',
  EUR: 'Europe/Berlin',
};
/** Number of a role's account in the demo's chart. */
function accountOf(role: Role, currency: CurrencyCode): string {
  const account = accountsByRole([currency])[role]!;
  return typeof account === 'string' ? account : account[currency]!;
}

test('each has its journal beside it', () => {
  expect(texts.filter((name) => name.endsWith(JOURNAL)).sort()).toEqual(files.map(journalOf).sort());
});

describe.each(files)('%s', (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  const plain = plainSettlement(new TextDecoder().decode(bytes));

  test('sums to its total, by a reader that shares no code with ours too', () => {
    expect(plain.sum).toBe(plain.total);
    expect(parse(bytes).sum).toBe(plain.sum);
  });

  test('adds up by order as the plain reader adds it', () => {
    const byOrder = new Map<string, bigint>();
    for (const { orderId, amount } of parse(bytes).list)
      byOrder.set(orderId ?? '', (byOrder.get(orderId ?? '') ?? 0n) + amount);
    expect(byOrder).toEqual(plain.byOrder);
  });

  test('is booked as the journal beside it says, to the cent', () => {
    const expected = readFileSync(new URL(journalOf(name), folder), 'utf8');
    const { header, rows } = classifiedFile(name);
    const { plan } = build(header, rows, {
      timeZoneOf: () => ZONES[header.currency]!,
      account: (role) => accountOf(role, header.currency),
    });
    expect(renderJournal(plan)).toBe(entriesOf(expected));
    for (const { line, figure, comesTo } of workedFigures(expected)) expect([line, comesTo]).toEqual([line, figure]);
  });

  test('is inspected as it is booked, and has every amount in its journal', () => {
    const inspection = new SettlementInspection({ account: accountOf });
    inspection.push(bytes);
    const { journal, header, byKey } = inspection.finish();
    const { lines } = journal!;
    const inspected = {
      settlementId: plain.id,
      currency: header.currency,
      mapVersion: 1,
      parts: [{ part: 1, date: '' as Day, lines }],
    };
    expect(renderJournal(inspected).split('\n').slice(1)).toEqual(
      entriesOf(readFileSync(new URL(journalOf(name), folder), 'utf8'))
        .split('\n')
        .slice(1),
    );
    expect(lines.filter((line) => line.payout).map((line) => line.debit - line.credit)).toEqual([plain.total]);
    if (header.variant === 'V2') {
      expect(
        new Map(
          byKey.map((key) => [`${key.transactionType} / ${key.amountType} / ${key.amountDescription}`, key.amount]),
        ),
      ).toEqual(plain.byKey);
    }
  });
});
