/** Names of the task queues: one for workflows, one for work on the store, one for each limit of a vendor's and each connection. */
export const workflowQueue = () => 'workflows';
export const storeQueue = () => 'store';
export const netsuiteQueue = (connection: string) => `netsuite:${connection}`;
/** Amazon counts calls by operation; those that one activity makes together are a family. */
export const AMAZON_FAMILIES = ['orders', 'reports', 'finances', 'inventory'] as const;
export type AmazonFamily = (typeof AMAZON_FAMILIES)[number];
export const amazonQueue = (connection: string, family: AmazonFamily) => `amazon-${family}:${connection}`;
