import { loadClientConnectConfig } from '@temporalio/envconfig';

/** Namespace that this environment (`TEMPORAL_NAMESPACE`, or the profile of Temporal's own configuration) works in. */
export function namespace(): string {
  return loadClientConnectConfig().namespace ?? 'default';
}

/** Address of a workflow's page in the Temporal UI; null where no UI runs. */
export function workflowLink(uiUrl: string | null, inNamespace: string, workflowId: string): string | null {
  return uiUrl === null
    ? null
    : `${uiUrl.replace(/\/$/, '')}/namespaces/${encodeURIComponent(inNamespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
