import type { ActivityPolicy } from '../activity-policy.ts';
import { onStore } from '../activity-proxies.ts';
import type { StatementImportResult, StatementToImport } from '../../activities/bank/import-statement.ts';

export interface StatementImportInput extends StatementToImport {
  policy: ActivityPolicy;
}

/** Takes the lines of a stored statement file in, and tells the payouts that wait for one. */
export async function statementImport(input: StatementImportInput): Promise<StatementImportResult> {
  const { connection, policy } = input;
  const store = onStore(policy);
  const result = await store.importStatement(input);
  if (result.fresh > 0) await store.tellPayouts({ connection, policy });
  return result;
}
