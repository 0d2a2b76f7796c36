import { endStepFailure, openStepFailures } from '../../store/exceptions/step-failures.ts';
import { describeRunning } from '../../temporal/running-workflows.ts';
import type { Dependencies } from '../dependencies.ts';

/** A step that failed for long, and whose workflow was ended since or is lost: nobody tries it any more, and whoever takes the work up begins it anew. Idempotent. */
export async function endLeftOverFailures(deps: Dependencies, connection: string): Promise<void> {
  for (const failure of await openStepFailures(deps.store.db)) {
    if (failure.connection !== connection || (await describeRunning(deps.temporal, failure.workflowId)) !== null)
      continue;
    await endStepFailure(deps.store.db, connection, failure.key, 'its workflow has ended', await deps.now());
  }
}
