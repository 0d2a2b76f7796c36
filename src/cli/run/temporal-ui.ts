/** Address of a workflow's page in the Temporal UI; null where no UI runs. */
export function workflowLink(uiUrl: string | null, workflowId: string): string | null {
  return uiUrl === null ? null : `${uiUrl.replace(/\/$/, '')}/namespaces/default/workflows/${encodeURIComponent(workflowId)}`;
}
