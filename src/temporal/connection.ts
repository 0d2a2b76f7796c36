/** Connections to Temporal: address, namespace, TLS and keys come from the environment (`TEMPORAL_…`, envconfig). */
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';

export interface TemporalTarget { address: string; namespace: string }

/** `address` overrides what the environment says (the server that `npm start` started). */
export async function connectClient(address?: string): Promise<{ client: Client; target: TemporalTarget; close(): Promise<void> }> {
  const config = loadClientConnectConfig();
  const options = { ...config.connectionOptions, ...(address ? { address } : {}) };
  const connection = await Connection.connect({ ...options, connectTimeout: '10s' });
  const namespace = config.namespace ?? 'default';
  return { client: new Client({ connection, namespace }), target: { address: options.address ?? 'localhost:7233', namespace }, close: () => connection.close() };
}

export async function connectWorker(address?: string): Promise<{ connection: NativeConnection; namespace: string }> {
  const config = loadClientConnectConfig();
  const connection = await NativeConnection.connect({ ...config.connectionOptions, ...(address ? { address } : {}) });
  return { connection, namespace: config.namespace ?? 'default' };
}
