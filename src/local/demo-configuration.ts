/** The configuration of a simulated connection, written as a person would write one: the demo starts like any other. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { secretName } from '../config/environment.ts';
import type { SimulatorsReady } from './simulators-main.ts';

export interface DemoConfiguration {
  file: string;
  keyFile: string;
  environment: Record<string, string>;
}

export function writeDemoConfiguration(home: string, ready: SimulatorsReady): DemoConfiguration {
  mkdirSync(join(home, 'sim'), { recursive: true });
  const file = join(home, 'demo.config.yaml');
  const keyFile = join(home, 'sim', 'netsuite-key.pem');
  const { name } = ready;
  const { netsuite, region = 'na', ...settings } = ready.settings;
  const configuration = {
    demoClock: ready.amazon.url,
    connections: [
      {
        name,
        ...settings,
        amazon: { region, endpoint: ready.amazon.url },
        netsuite: { ...netsuite, restBaseUrl: ready.netsuite.url, maxConcurrency: 5, timeout: '20s' },
        postingMode: 'invoice',
        posting: 'live',
        shippedBeforeCutOver: 'documents',
        lostAnswerWaits: ['500ms', '1s', '2s'],
        schedules: { orders: '3m', payouts: '1m', reconciler: '1m' },
      },
    ],
  };
  writeFileSync(
    file,
    `# The connection of the simulated seller, made by npm start. Your own goes into tieout.config.yaml.\n${stringify(configuration)}`,
  );
  writeFileSync(keyFile, ready.netsuite.privateKeyPem, { mode: 0o600 });
  return {
    file,
    keyFile,
    environment: {
      [secretName(name, 'AMAZON_CLIENT_ID')]: ready.amazon.clientId,
      [secretName(name, 'AMAZON_CLIENT_SECRET')]: ready.amazon.clientSecret,
      [secretName(name, 'AMAZON_REFRESH_TOKEN')]: ready.amazon.refreshToken,
      [secretName(name, 'NETSUITE_CLIENT_ID')]: ready.netsuite.clientId,
      [secretName(name, 'NETSUITE_CERTIFICATE_ID')]: ready.netsuite.certificateId,
      [secretName(name, 'NETSUITE_PRIVATE_KEY_FILE')]: keyFile,
    },
  };
}
