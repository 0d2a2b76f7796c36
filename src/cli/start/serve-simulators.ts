import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../domain/money/render-amount.ts';
import { endWithParent } from '../../local/end-with-parent.ts';
import { PortTaken } from '../../local/port-taken.ts';
import { takePort } from '../../local/ports.ts';
import { tieoutHome } from '../../config/project-folder.ts';
import { startSimulatedWorld, type SimulatedWorldOptions } from '../../local/simulated-world.ts';
import { TieoutError } from '../../errors/tieout-error.ts';

/** Serves until it is ended, or the process that started it is. `tell` gets the words and the document of the contract, once both answer. */
export async function serveSimulators(
  options: SimulatedWorldOptions,
  tell: (lines: string[], document: object) => void,
): Promise<void> {
  for (const [name, port] of [
    ['Amazon', options.amazonPort],
    ['NetSuite', options.netsuitePort],
  ] as const) {
    if (port !== 0 && (await takePort(port)) === null) throw portInUse(new PortTaken(port, `the ${name} simulator`));
  }
  const world = await startSimulatedWorld(options);
  const { amazon, netsuite } = world;
  // One folder for each that runs: two of them, or one beside npm start, must not take the key from under one another.
  const folder = join(tieoutHome(), 'sim', `simulate-${netsuite.port}`);
  mkdirSync(folder, { recursive: true });
  const privateKeyFile = join(folder, 'netsuite-key.pem');
  writeFileSync(privateKeyFile, netsuite.privateKeyPem ?? '', { mode: 0o600 });
  const document = {
    now: `${new Date(world.clock.now()).toISOString().slice(0, 19)}Z`,
    amazon: {
      url: amazon.url,
      lwaUrl: amazon.lwaUrl,
      clientId: amazon.clientId,
      clientSecret: amazon.clientSecret,
      refreshToken: amazon.refreshToken,
      sellerId: amazon.sellerId,
      marketplaceIds: amazon.marketplaceIds,
    },
    netsuite: {
      url: netsuite.url,
      tokenUrl: netsuite.tokenUrl,
      account: netsuite.account,
      clientId: netsuite.clientId,
      certificateId: netsuite.certificateId,
      privateKeyFile,
    },
  };
  writeFileSync(join(folder, 'credentials.json'), `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
  tell(
    [
      `Amazon    ${amazon.url}  client ${amazon.clientId}  credentials in ${folder}`,
      `NetSuite  ${netsuite.url}  account ${netsuite.account}  key in ${folder}`,
      `Holds ${world.counts.orders} orders, ${counted(world.counts.settlements, 'settlement')}. Faults: POST /faults. Ctrl-C ends it.`,
    ],
    document,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
    endWithParent(resolve);
  });
  rmSync(folder, { recursive: true, force: true });
  await world.close();
}

function portInUse(taken: PortTaken): TieoutError {
  return new TieoutError({
    code: 'port',
    what: `Port ${taken.port} is in use.`,
    notDone: 'Nothing was started.',
    where: [`${taken.what} wants it`],
    do: ['end what holds it, or take a free one: npx tieout simulate --amazon-port 0 --netsuite-port 0'],
  });
}
