/**
 * What a view is made from. A view loads from the store, calls the domain, and gives back one document: plain JSON, amounts as
 * decimal strings beside their currency, sentences as people read them. The command line prints it, `--json` is it.
 */
import type { ConnectionSettings } from '../config/connection.ts';
import type { Store } from '../store/database.ts';
import { namespace, workflowLink } from '../temporal/temporal-ui.ts';

export interface ViewSource {
  store: Pick<Store, 'db'>;
  /** `simulators`: null or left out where the world is a real one. */
  world: { temporal: { uiUrl: string | null }; simulators?: object | null };
}

/** Of one connection. */
export interface ConnectionSource extends ViewSource {
  settings: ConnectionSettings;
}

/** Address of a workflow's page in the Temporal UI; null where none runs. */
export function linkTo({ world }: ViewSource, workflowId: string): string | null {
  return workflowLink(world.temporal.uiUrl, namespace(), workflowId);
}
