/** Connections to Temporal: address, namespace, TLS and keys come from the environment (`TEMPORAL_…`, envconfig). */
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';

export interface TemporalTarget {
  address: string;
  namespace: string;
}

/** `dataConverter` is the codec of the configuration, where it is on. `address` and `inNamespace` override what the environment says (the server that `npm start` started). */
export async function connectClient(
  address?: string,
  dataConverter?: DataConverter,
  inNamespace?: string,
): Promise<{ client: Client; target: TemporalTarget; close(): Promise<void> }> {
  const config = loadClientConnectConfig();
  const options = { ...config.connectionOptions, ...(address ? { address } : {}) };
  const connection = await Connection.connect({ ...options, connectTimeout: '10s' });
  const namespace = inNamespace ?? config.namespace ?? 'default';
  return {
    client: new Client({ connection, namespace, ...(dataConverter ? { dataConverter } : {}) }),
    target: { address: options.address ?? 'localhost:7233', namespace },
    close: () => connection.close(),
  };
}
