import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';

/** A worker's connection to Temporal, by the environment like a client's; it brings the native core with it. */
export async function connectWorker(
  address?: string,
  inNamespace?: string,
): Promise<{ connection: NativeConnection; namespace: string }> {
  const config = loadClientConnectConfig();
  const connection = await NativeConnection.connect({ ...config.connectionOptions, ...(address ? { address } : {}) });
  return { connection, namespace: inNamespace ?? config.namespace ?? 'default' };
}
