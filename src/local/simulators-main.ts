/** The simulators' process under `npm start`: told what to run by TIEOUT_SIMULATE, tells its parent when it is ready. */
import { startSimulatedWorld, type SimulatedWorldOptions } from './simulated-world.ts';

const world = await startSimulatedWorld(JSON.parse(process.env['TIEOUT_SIMULATE'] ?? '{}') as SimulatedWorldOptions);
const { amazon, netsuite } = world;

/** What the parent needs to connect a product to this world. */
export interface SimulatorsReady {
  title: string;
  name: string;
  now: string;
  settings: typeof world.settings;
  counts: typeof world.counts;
  amazon: { url: string; clientId: string; clientSecret: string; refreshToken: string };
  netsuite: { url: string; account: string; clientId: string; certificateId: string; privateKeyPem: string };
}

const ready: SimulatorsReady = {
  title: world.title,
  name: world.name,
  now: new Date(world.clock.now()).toISOString(),
  settings: world.settings,
  counts: world.counts,
  amazon: {
    url: amazon.url,
    clientId: amazon.clientId,
    clientSecret: amazon.clientSecret,
    refreshToken: amazon.refreshToken,
  },
  netsuite: {
    url: netsuite.url,
    account: netsuite.account,
    clientId: netsuite.clientId,
    certificateId: netsuite.certificateId,
    privateKeyPem: netsuite.privateKeyPem ?? '',
  },
};
process.send?.(ready);
const stop = () => void world.close().then(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('SIGINT', () => {});
process.on('disconnect', stop);
