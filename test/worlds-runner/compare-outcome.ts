/** What came out beside what must come out. Pure: amounts are compared as amounts, lists in any order with equal ones counted. */
import { formatMinor, parseMinor } from '../../src/domain/money/money.ts';
import type { ExpectedOutcome } from './world-folder.ts';

/** `where` names the field as expected.json does: `balances points.JPY`. */
export interface Difference {
  where: string;
  expected: string;
  got: string;
}

export interface Outcome {
  exit: number;
  tied: Record<string, boolean>;
  /** Of the files, in their order; `booked` is what the product holds of that settlement, null when it holds none. */
  totals: { file: string; settlementId: string; currency: string; total: string; booked: string | null }[];
  /** Currencies of the files. */
  currencies: string[];
  /** role → currency → amount, from NetSuite. */
  balances: Record<string, Record<string, string>>;
  /** Names that a balance can have. */
  roles: readonly string[];
  /** day → account number → amount of all journals of that day. */
  parts: Record<string, Record<string, string>>;
  /** purpose → order → totals, without a sign. */
  documents: Record<string, Record<string, string[]>>;
  /** Codes that are open, and those that were at any time. */
  exceptions: string[];
  raised: string[];
}

/** Goods move at a cost that no settlement tells. */
const LEFT_OUT = ['cogs', 'inventory'];

export function compareOutcome(expected: ExpectedOutcome, got: Outcome): Difference[] {
  return [
    ...(expected.exit === got.exit ? [] : [{ where: 'exit', expected: String(expected.exit), got: String(got.exit) }]),
    ...Object.entries(expected.tied ?? {}).flatMap(([id, tied]) =>
      differs(`tied ${id}`, String(tied), String(got.tied[id] ?? 'not there')),
    ),
    ...(expected.totals === undefined ? [] : compareTotals(expected.totals, got)),
    ...(expected.balances === undefined ? [] : compareBalances(expected.balances, expected.others === 'any', got)),
    ...Object.entries(expected.parts ?? {}).flatMap(([day, lines]) =>
      Object.entries(lines).flatMap(([account, amount]) =>
        differs(`parts ${day} ${account}`, plain(amount), plain(got.parts[day]?.[account] ?? '0')),
      ),
    ),
    ...Object.entries(expected.documents ?? {}).flatMap(([purpose, orders]) =>
      compareDocuments(purpose, orders, got.documents[purpose] ?? {}),
    ),
    ...(expected.exceptions === undefined ? [] : compareLists('exceptions', expected.exceptions, got.exceptions)),
    ...(expected.raised === undefined ? [] : compareRaised(expected.raised, got.raised)),
  ];
}

function differs(where: string, expected: string, got: string): Difference[] {
  return expected === got ? [] : [{ where, expected, got }];
}

/** The product's own total of a settlement is that of the last file that it was given in. */
function compareTotals(expected: readonly string[], { totals }: Outcome): Difference[] {
  return [
    ...differs('totals', expected.map(plain).join(', '), totals.map(({ total }) => plain(total)).join(', ')),
    ...totals
      .filter(
        ({ settlementId }, index) => !totals.slice(index + 1).some((later) => later.settlementId === settlementId),
      )
      .flatMap(({ file, total, booked }) =>
        booked === null ? [] : differs(`totals ${file}`, plain(total), plain(booked)),
      ),
  ];
}

/** What is not named is zero. A name without a currency stands for the only one that the files have. */
function compareBalances(
  expected: Readonly<Record<string, string>>,
  othersAny: boolean,
  { balances, currencies, roles }: Outcome,
): Difference[] {
  const differences: Difference[] = [];
  const named = new Set<string>();
  for (const [name, amount] of Object.entries(expected)) {
    const [role, currency = currencies.length === 1 ? currencies[0]! : null] = name.split('.') as [string, string?];
    const where = `balances ${name}`;
    if (!roles.includes(role)) differences.push({ where, expected: amount, got: 'no role of this name' });
    else if (currency === null)
      differences.push({
        where,
        expected: amount,
        got: `the files have several currencies: name it ${role}.${currencies[0] ?? 'CUR'}`,
      });
    else {
      named.add(`${role}.${currency}`);
      differences.push(
        ...differs(where, inCurrency(amount, currency), inCurrency(balances[role]?.[currency] ?? '0', currency)),
      );
    }
  }
  if (othersAny) return differences;
  for (const [role, amounts] of Object.entries(balances)) {
    for (const [currency, amount] of Object.entries(amounts)) {
      if (named.has(`${role}.${currency}`) || LEFT_OUT.includes(role)) continue;
      differences.push(
        ...differs(
          `balances ${currencies.length === 1 ? role : `${role}.${currency}`}`,
          inCurrency('0', currency),
          inCurrency(amount, currency),
        ),
      );
    }
  }
  return differences;
}

/** Every document of a purpose that is named counts, that of an order that is not named too. */
function compareDocuments(
  purpose: string,
  expected: Readonly<Record<string, readonly string[]>>,
  got: Readonly<Record<string, readonly string[]>>,
): Difference[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(got)])]
    .sort()
    .flatMap((order) =>
      compareLists(`documents ${purpose} ${order}`, (expected[order] ?? []).map(plain), (got[order] ?? []).map(plain)),
    );
}

function compareLists(where: string, expected: readonly string[], got: readonly string[]): Difference[] {
  const words = (list: readonly string[]) => (list.length === 0 ? 'none' : [...list].sort().join(', '));
  return differs(where, words(expected), words(got));
}

/** Those that matter must have come; none named, none may have. */
function compareRaised(expected: readonly string[], got: readonly string[]): Difference[] {
  if (expected.length === 0) return compareLists('raised', [], got);
  const missing = expected.filter((code) => !got.includes(code));
  return missing.length === 0
    ? []
    : [{ where: 'raised', expected: missing.join(', '), got: got.length === 0 ? 'none' : [...got].sort().join(', ') }];
}

function inCurrency(amount: string, currency: string): string {
  const minor = parseMinor(amount, currency);
  return minor === null ? `${amount} (no amount in ${currency})` : formatMinor(minor, currency);
}

/** `26`, `26.0` and `26.00` are one amount. */
function plain(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const cents = fraction.replace(/0+$/, '');
  const text = cents === '' ? whole : `${whole}.${cents.padEnd(2, '0')}`;
  return text === '-0' ? '0' : text;
}
