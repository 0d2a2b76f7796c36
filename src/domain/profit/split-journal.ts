/** Splits of journals: each row behind a line by its SKU, else by the SKUs of its order, else none. */
import { balanceOf, type JournalLine } from '../journal/journal-plan.ts';
import type { Role } from '../mapping/roles.ts';
import { sumMinor } from '../money/money.ts';
import { shareOfOrder, type OrderedSku } from './share.ts';
import { isProfitRole, NOBODY, togetherByLine, type AmountSplit, type Whose } from './split.ts';

/** Rows of a settlement that are booked alike and are of one SKU; or a row that names none. */
export interface RowsBehind extends Whose {
  booked: Role;
  /** Signed as in the report. */
  amount: bigint;
  /** Those of its order, for a row without a SKU. */
  ordered: readonly OrderedSku[];
}

type Line = Pick<JournalLine, 'role' | 'debit' | 'credit' | 'marketplaces'>;

/** Takes rows in any number, without keeping them, and splits the lines of one part of a journal. */
export class JournalSplitter {
  readonly #lines: readonly Line[];
  readonly #splits = new Map<string, AmountSplit>();

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  /** Rows of which the part has no line leave nothing: what they come to is zero there. */
  add({ booked, amount, sku, channel, marketplace, ordered }: RowsBehind): void {
    const line = this.#lines.findIndex(
      ({ role, marketplaces }) => role === booked && (marketplaces?.includes(marketplace) ?? true),
    );
    if (line < 0 || !isProfitRole(booked)) return;
    const shares = sku === null ? shareOfOrder(-amount, ordered) : [{ sku, amount: -amount }];
    for (const share of shares) {
      const key = JSON.stringify([line, share.sku, channel, marketplace]);
      const known = this.#splits.get(key)?.amount ?? 0n;
      this.#splits.set(key, {
        line: line + 1,
        role: booked,
        channel,
        marketplace,
        units: null,
        sku: share.sku,
        amount: sumMinor([known, share.amount]),
      });
    }
  }

  /** What no row explains stands on none, so that the splits of a line come to it. */
  finish(): AmountSplit[] {
    return withRest(this.#lines, [...this.#splits.values()]);
  }
}

/** Of lines that are not made of rows: whole by the SKUs of the order that they are of, else on none. */
export function splitLines(
  lines: readonly Line[],
  { ordered, ...whose }: Omit<Whose, 'sku'> & { ordered: readonly OrderedSku[] } = { ...NOBODY, ordered: [] },
): AmountSplit[] {
  const { channel, marketplace } = whose;
  return togetherByLine(
    lines.flatMap((line, index) => {
      const { role } = line;
      if (!isProfitRole(role)) return [];
      return shareOfOrder(balanceOf(line), ordered).map((share) => ({
        line: index + 1,
        role,
        channel,
        marketplace,
        units: null,
        ...share,
      }));
    }),
  );
}

/** Splits with what is missing of each line, on none. */
export function withRest(lines: readonly Line[], splits: readonly AmountSplit[]): AmountSplit[] {
  const rests = lines.flatMap((line, index): AmountSplit[] => {
    const { role } = line;
    if (!isProfitRole(role)) return [];
    const own = splits.filter((split) => split.line === index + 1).map(({ amount }) => amount);
    return [{ ...NOBODY, line: index + 1, role, units: null, amount: balanceOf(line) - sumMinor(own) }];
  });
  return togetherByLine([...splits, ...rests]);
}
