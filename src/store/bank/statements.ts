/** Statements that are taken in: their lines, each once, and how a bank writes its CSV. */
import { sql } from 'kysely';
import type { StatementForm } from '../../config/statement-form.ts';
import type { NewLines, StatementAccount, StoredLine } from '../../domain/matching/new-lines.ts';
import type { Database } from '../database.ts';

/**
 * Stores what `decide` finds new beside the stored lines of those days, alone on the account: two statements that
 * overlap may come at the same moment. @returns how many lines were new
 */
export function keepStatementLines(
  db: Database,
  connection: string,
  { account, tail }: StatementAccount,
  days: { from: string; to: string },
  decide: (known: readonly StoredLine[]) => NewLines,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`bank lines ${connection} ${account}`}, 0))`.execute(tx);
    const rows = await tx
      .selectFrom('bank_lines')
      .selectAll()
      .where('connection', '=', connection)
      .where('account', '=', account)
      .where('date', '>=', days.from)
      .where('date', '<=', days.to)
      .orderBy('number')
      .execute();
    const { fresh, claimed } = decide(
      rows.map((row) => ({
        key: row.line_key,
        tail: row.account_tail,
        date: row.date,
        amount: row.amount,
        currency: row.currency,
        description: row.description,
        transactionId: row.transaction_id,
      })),
    );
    if (claimed.length > 0)
      await tx
        .updateTable('bank_lines')
        .set({ account_tail: tail })
        .where('connection', '=', connection)
        .where('line_key', 'in', claimed)
        .execute();
    for (const line of fresh) {
      await tx
        .insertInto('bank_lines')
        .values({
          connection,
          line_key: line.key,
          account,
          account_tail: tail,
          date: line.date,
          amount: line.amount,
          currency: line.currency,
          description: line.description,
          transaction_id: line.transactionId,
          movement: null,
        })
        .execute();
    }
    return fresh.length;
  });
}

/** How the CSV of an account is written, as a person said last; null where nobody did. */
export async function rememberedForm(
  db: Database,
  connection: string,
  account: 'bank' | 'card',
): Promise<StatementForm | null> {
  const row = await db
    .selectFrom('statement_forms')
    .select('form')
    .where('connection', '=', connection)
    .where('account', '=', account)
    .executeTakeFirst();
  return row ? (row.form as StatementForm) : null;
}

export async function rememberForm(
  db: Database,
  connection: string,
  account: 'bank' | 'card',
  form: StatementForm,
): Promise<void> {
  const json = JSON.stringify(form);
  await db
    .insertInto('statement_forms')
    .values({ connection, account, form: json })
    .onConflict((conflict) => conflict.columns(['connection', 'account']).doUpdateSet({ form: json }))
    .execute();
}
