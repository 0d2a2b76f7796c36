import { endStepFailure, openStepFailures } from '../../store/exceptions/step-failures.ts';
import { describeRunning } from '../../temporal/running-workflows.ts';
import type { Connection } from '../connection.ts';

/** A step that failed for long, and whose workflow was ended since or is lost: nobody tries it any more, and whoever takes the work up begins it anew. Idempotent. */
export async function endLeftOverFailures(connection: Connection): Promise<void> {
  for (const failure of await openStepFailures(connection.db)) {
    if (
      failure.connection !== connection.name ||
      (await describeRunning(connection.temporal, failure.workflowId)) !== null
    )
      continue;
    await endStepFailure(connection.db, connection.name, failure.key, 'its workflow has ended', await connection.now());
  }
}
