import { stoppedBy } from '../../domain/exceptions/render-exception.ts';
import type { StoredException } from '../../store/exceptions/exceptions.ts';
import type { OpenWait } from '../../store/decisions/waiting.ts';

/** Ids of the workflows that wait for it. */
export function workflowsOf(exception: StoredException, waits: readonly OpenWait[]): string[] {
  const kind = exception.code === 'sku-unknown' ? 'sku' : exception.code === 'unknown-amount' ? 'amount' : null;
  if (kind !== null)
    return waits
      .filter((wait) => wait.connection === exception.connection && wait.kind === kind && wait.key === exception.key)
      .map((wait) => wait.workflowId);
  const stopped = exception.closedAt === null ? stoppedBy(exception, exception.connection) : null;
  const held = waits
    .filter(
      ({ connection, kind: of, key }) =>
        connection === exception.connection && of === 'exception' && key === String(exception.id),
    )
    .map(({ workflowId }) => workflowId);
  return [...(stopped === null ? [] : [stopped]), ...held.filter((workflowId) => workflowId !== stopped)];
}
