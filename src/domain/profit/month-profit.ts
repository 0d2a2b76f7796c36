/** A month's profit: what the splits have beside what NetSuite's ledger has, account by account (close.md, *Profit by SKU*). */
import type { CurrencyCode } from '../money/money.ts';
import type { Instant } from '../money/instant.ts';
import { sumMinor } from '../money/money.ts';
import type { Period } from '../period/calendar.ts';
import { grouped } from '../stock/grouped.ts';
import { allocated, type Allocation, type ProfitCell } from './allocate.ts';

/** NetSuite's lines of our documents in the month, by what is held against them. Debit positive. */
export interface LedgerAmount {
  currency: CurrencyCode;
  account: string;
  amount: bigint;
}

/** A document of which the ledger has other than its splits. */
export interface DifferingDocument {
  document: string;
  currency: CurrencyCode;
  splits: bigint;
  ledger: bigint;
}

/** One account of income or cost, debit positive: SKUs + allocated + unallocated, beside the ledger. */
export interface ProfitTie {
  /** The role, or the roles that share the account; `account 6999` where none has it. */
  account: string;
  currency: CurrencyCode;
  skus: bigint;
  allocated: bigint;
  unallocated: bigint;
  ledger: bigint;
  /** Ledger less the three. */
  difference: bigint;
}

export interface MonthProfit {
  period: Period;
  evaluatedAt: Instant;
  /** Of what no SKU has, by role. */
  keys: Allocation;
  ties: ProfitTie[];
  cells: ProfitCell[];
  differing: DifferingDocument[];
}

/** One cell of all that are alike. */
export function togetherCells(cells: readonly ProfitCell[]): ProfitCell[] {
  const keyOf = ({ currency, account, role, item, sku, channel, marketplace, isRefund, isAllocated }: ProfitCell) =>
    JSON.stringify([currency, account, role, item, sku, channel, marketplace, isRefund, isAllocated]);
  return [...grouped(cells, keyOf).values()].map((same) => ({
    ...same[0]!,
    amount: sumMinor(same.map(({ amount }) => amount)),
    units: same.reduce((sum, { units }) => sum + units, 0),
  }));
}

/** Ties and cells, without the documents that differ, which are asked for where these do not agree. */
export function profitOf(
  cells: readonly ProfitCell[],
  ledger: readonly LedgerAmount[],
  keys: Allocation,
): Pick<MonthProfit, 'ties' | 'cells'> {
  const all = allocated(cells, keys).filter(({ amount }) => amount !== 0n);
  const keyOf = ({ currency, account }: { currency: CurrencyCode; account: string }) => `${currency} ${account}`;
  const accounts = new Map(
    [...cells, ...ledger].map(({ currency, account }) => [keyOf({ currency, account }), { currency, account }]),
  );
  const ties = [...accounts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, of]): ProfitTie => {
      const own = all.filter((cell) => keyOf(cell) === key);
      const sumOf = (some: readonly { amount: bigint }[]) => sumMinor(some.map(({ amount }) => amount));
      const skus = sumOf(own.filter(({ sku, isAllocated }) => sku !== null && !isAllocated));
      const given = sumOf(own.filter(({ isAllocated }) => isAllocated));
      const unallocated = sumOf(own.filter(({ sku }) => sku === null));
      const held = sumOf(ledger.filter((one) => keyOf(one) === key));
      return {
        ...of,
        skus,
        allocated: given,
        unallocated,
        ledger: held,
        difference: held - skus - given - unallocated,
      };
    })
    .filter(({ skus, allocated: given, unallocated, ledger: held, difference }) =>
      [skus, given, unallocated, held, difference].some((amount) => amount !== 0n),
    );
  return { ties, cells: all };
}

/** Documents of which both sides differ, by id. */
export function differingDocuments(
  splits: readonly { document: string; currency: CurrencyCode; amount: bigint }[],
  ledger: readonly { document: string; currency: CurrencyCode; amount: bigint }[],
): DifferingDocument[] {
  const keyOf = ({ document, currency }: { document: string; currency: CurrencyCode }) => `${document} ${currency}`;
  const sums = new Map<string, DifferingDocument>();
  const known = (one: { document: string; currency: CurrencyCode }) =>
    sums.get(keyOf(one)) ?? { document: one.document, currency: one.currency, splits: 0n, ledger: 0n };
  for (const one of splits) sums.set(keyOf(one), { ...known(one), splits: sumMinor([known(one).splits, one.amount]) });
  for (const one of ledger) sums.set(keyOf(one), { ...known(one), ledger: sumMinor([known(one).ledger, one.amount]) });
  return [...sums.values()].filter((one) => one.splits !== one.ledger).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
