/** Connections to Temporal: address, namespace, TLS and keys come from the environment (`TEMPORAL_…`, envconfig). */
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

export interface TemporalTarget { address: string; namespace: string }

/** `address` overrides what the environment says (the server that `npm start` started). */
export async function connectClient(address?: string): Promise<{ client: Client; target: TemporalTarget; close(): Promise<void> }> {
  const config = loadClientConnectConfig();
  const options = { ...config.connectionOptions, ...(address ? { address } : {}) };
  const connection = await Connection.connect({ ...options, connectTimeout: '10s' });
  const namespace = config.namespace ?? 'default';
  return { client: new Client({ connection, namespace }), target: { address: options.address ?? 'localhost:7233', namespace }, close: () => connection.close() };
}
