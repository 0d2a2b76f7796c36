/** Clients of each connection, from its settings and the environment's secrets. */
import type { ConnectionClients } from '../activities/dependencies.ts';
import { milliseconds } from '../config/duration.ts';
import { createAmazonClient } from '../clients/amazon/create-amazon-client.ts';
import type { AmazonCall } from '../clients/amazon/selling-partner-call.ts';
import { createNetSuiteClient } from '../clients/netsuite/create-netsuite-client.ts';
import type { SlotPool } from '../clients/netsuite/slots.ts';
import type { ConnectionSettings } from '../config/connection.ts';
import type { ConnectionSecrets } from '../config/environment.ts';

export interface ConnectOptions {
  settings: ConnectionSettings;
  secrets: ConnectionSecrets;
  slots: SlotPool;
  /** Epoch milliseconds in the real world. */
  realNow: () => number;
  /** Hear of every call; they must not throw. What limits NetSuite's calls is known by the slots. */
  onCall?: (vendor: 'amazon' | 'netsuite', what: string) => void;
  onAmazonCall?: (call: AmazonCall) => void;
}

const AMAZON_TIMEOUT_MS = 60_000;

export function connectClients({
  settings,
  secrets,
  slots,
  realNow,
  onCall = () => {},
  onAmazonCall = () => {},
}: ConnectOptions): ConnectionClients {
  const answered: Record<'amazon' | 'netsuite', number | null> = { amazon: null, netsuite: null };
  const note = (vendor: 'amazon' | 'netsuite', status: number | null) => {
    if (status !== null && status >= 200 && status < 300) answered[vendor] = realNow();
  };
  return {
    answeredAt: (vendor) => answered[vendor],
    amazon: createAmazonClient({
      region: settings.amazon.region,
      ...secrets.amazon,
      ...(settings.amazon.endpoint ? { endpoint: settings.amazon.endpoint } : {}),
      marketplaceIds: settings.marketplaces.map((marketplace) => marketplace.id),
      timeoutMs: AMAZON_TIMEOUT_MS,
      log: (call) => {
        note('amazon', call.status);
        onCall('amazon', call.operation);
        onAmazonCall(call);
      },
    }),
    netsuite: createNetSuiteClient({
      account: settings.netsuite.account,
      ...(settings.netsuite.restBaseUrl ? { baseUrl: settings.netsuite.restBaseUrl } : {}),
      ...secrets.netsuite,
      slots,
      timeoutMs: milliseconds(settings.netsuite.timeout),
      now: realNow,
      log: (call) => {
        note('netsuite', call.status);
        onCall('netsuite', `${call.method} ${call.path}`);
      },
    }),
  };
}
