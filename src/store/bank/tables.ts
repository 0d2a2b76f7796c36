/** Tables of statements: their lines, and how a CSV is written. */
import type { Generated } from 'kysely';
import type { Json } from '../columns.ts';

/** `number` is how people name a line; `account_tail` the end of the account's number, null where no statement has named it. */
export interface BankLinesTable {
  connection: string;
  line_key: string;
  account: string;
  account_tail: string | null;
  number: Generated<number>;
  date: string;
  amount: bigint;
  currency: string;
  description: string;
  transaction_id: string | null;
  movement: string | null;
}

export interface StatementFormsTable {
  connection: string;
  account: string;
  form: Json;
}
