import { ApplicationFailure } from '@temporalio/common';
import { readStatement } from '../../clients/bank/read-statement.ts';
import { StatementError } from '../../clients/bank/statement-error.ts';
import { readFileChunks } from '../../store/files.ts';
import { saveBankLine } from '../../store/payouts.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';

export interface StatementImportResult { account: string | null; from: string | null; to: string | null; lines: number; fresh: number }

/**
 * Stores the lines of a statement file, each once: its key is the bank's transaction id, else date, amount, text and its
 * ordinal among lines that are alike. Idempotent.
 */
export function createImportStatement(deps: Dependencies) {
  return async function importStatement(input: { connection: string; sha256: string; name: string; account: 'bank' | 'card' }): Promise<StatementImportResult> {
    const { settings } = connectionOf(deps, input.connection);
    const pieces: Uint8Array[] = [];
    for await (const piece of readFileChunks(deps.store.db, input.sha256)) pieces.push(piece);
    try {
      const statement = readStatement(input.name, Buffer.concat(pieces), settings.statementColumns);
      const alike = new Map<string, number>();
      let fresh = 0;
      for (const line of statement.lines) {
        const words = [line.date, line.amount, line.currency, line.description].join('|');
        const ordinal = (alike.get(words) ?? 0) + 1;
        alike.set(words, ordinal);
        const key = `${input.account}:${line.transactionId ?? `${words}|${ordinal}`}`;
        if (await saveBankLine(deps.store.db, input.connection, { key, account: input.account, date: line.date, amount: line.amount, currency: line.currency, description: line.description, transactionId: line.transactionId })) fresh += 1;
      }
      const days = statement.lines.map((line) => line.date).sort();
      return { account: statement.account.tail, from: days[0] ?? null, to: days.at(-1) ?? null, lines: statement.lines.length, fresh };
    } catch (error) {
      if (error instanceof StatementError) throw ApplicationFailure.nonRetryable(error.message, 'STATEMENT_REFUSED');
      throw error;
    }
  };
}
