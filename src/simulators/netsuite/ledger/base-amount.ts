import type { Masters } from '../masters.ts';
import { BASE_CURRENCY, toBase } from './exchange.ts';
import type { TransactionLine } from './transaction.ts';

/** The line in minor units of the base currency; the last line of a transaction takes what rounding leaves, so that each entry balances. */
export function baseAmount(masters: Masters, line: TransactionLine): bigint {
  const transaction = line.transaction!;
  if (line.base !== undefined) return line.base;
  if (transaction.currency === BASE_CURRENCY) return line.amount;
  const convert = (other: TransactionLine): bigint => toBase(masters, transaction, other.amount);
  const posting = transaction.lines.filter(({ account }) => account !== null);
  if (!transaction.posting || posting.at(-1) !== line) return convert(line);
  return -posting.slice(0, -1).reduce((sum, other) => sum + convert(other), 0n);
}
