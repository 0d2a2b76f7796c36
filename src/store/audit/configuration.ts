/** A changed configuration is an act of whoever starts with it: it stands in the record of what people did, with its hash. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { changedPaths } from '../../domain/proof/changed-paths.ts';
import type { Database } from '../database.ts';
import { lockAudit, recordAudit } from './audit-log.ts';

/**
 * Records the settings with which a process starts, where they are not those of the last record. `settings` hold no
 * secrets: those come from the environment.
 * @returns the paths that changed; null where nothing did
 */
export async function recordConfiguration(
  db: Database,
  connection: string,
  settings: object,
  { by, at }: { by: string; at: string },
): Promise<string[] | null> {
  const text = canonicalJson(settings);
  const hash = createHash('sha256').update(text).digest('hex');
  return db.transaction().execute(async (tx) => {
    await lockAudit(tx);
    const { rows } = await sql<{ hash: string; settings: unknown }>`
      select detail->>'hash' as hash, detail->'settings' as settings from audit
      where connection = ${connection} and action = 'configuration' order by id desc limit 1`.execute(tx);
    const [last] = rows;
    if (last?.hash === hash) return null;
    const changed = last === undefined ? [] : changedPaths(last.settings, JSON.parse(text));
    const why = last === undefined ? 'the first start with it' : `changed: ${changed.join(', ')}`;
    await recordAudit(tx, connection, {
      action: 'configuration',
      detail: { hash, changed, settings: JSON.parse(text) as object },
      by,
      why,
      at,
    });
    return changed;
  });
}
