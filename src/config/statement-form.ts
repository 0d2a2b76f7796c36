import { z } from 'zod';

/** What a CSV statement's columns are called here; `debit` and `credit` stand in place of `amount`, which comes first where all are named. */
export const STATEMENT_COLUMNS = [
  'date',
  'amount',
  'debit',
  'credit',
  'currency',
  'description',
  'transaction-id',
] as const;
export type StatementColumn = (typeof STATEMENT_COLUMNS)[number];

const columns = z.partialRecord(z.enum(STATEMENT_COLUMNS), z.string().min(1));

/**
 * How a bank writes its CSV. A column is a header of the file, or several joined by `+`; one that is not named has our
 * own name. Without `decimal` an amount is a plain number with a point.
 */
export const statementForm = z.strictObject({
  columns: columns.default({}),
  /** YYYY or YY, MM or MMM (Aug), DD: `DD.MM.YYYY`. ISO when absent. */
  dateForm: z.string().refine(isDateForm, 'is not a form of dates like DD.MM.YYYY').optional(),
  /** The other one, blanks and apostrophes then separate thousands. */
  decimal: z.enum(['.', ',']).optional(),
  /** Of all lines, where no column names it. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is not a currency like EUR')
    .optional(),
});
export type StatementForm = z.output<typeof statementForm>;

/** In a configuration the columns may stand alone, as they did when they were all that could be said. */
export const configuredStatementForm = z.union(
  [columns.transform((named): StatementForm => ({ columns: named })), statementForm],
  {
    error: `names neither columns (${STATEMENT_COLUMNS.join(', ')}) nor {columns, dateForm, decimal, currency}`,
  },
);

function isDateForm(text: string): boolean {
  const parts = text.match(/YYYY|YY|MMM|MM|DD|[-./ ]/g) ?? [];
  const has = (...names: string[]) => parts.filter((part) => names.includes(part)).length === 1;
  return parts.join('') === text && has('YYYY', 'YY') && has('MMM', 'MM') && has('DD');
}
