/** Names of the task queues: one for workflows, one for work on the store, one for each vendor and connection. */
export const workflowQueue = () => 'workflows';
export const storeQueue = () => 'store';
export const netsuiteQueue = (connection: string) => `netsuite:${connection}`;
export const amazonQueue = (connection: string) => `amazon:${connection}`;
