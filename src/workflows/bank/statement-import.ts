import type { StatementImportInput, StatementImportResult } from '../../contracts/bank/statement-import.ts';
import { onStore } from '../activity-proxies.ts';

/** Takes the lines of a stored statement file in, and tells the payouts that wait for one. */
export async function statementImport(input: StatementImportInput): Promise<StatementImportResult> {
  const { connection, policy } = input;
  const store = onStore(policy);
  const result = await store.importStatement(input);
  if (result.fresh > 0) await store.tellPayouts({ connection, policy });
  return result;
}
