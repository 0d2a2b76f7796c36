/** What runs, and whether it answers. */
import type { Client } from '@temporalio/client';
import { configSchema, type TieoutConfig } from '../../config/connection.ts';
import { readEnvironment } from '../../config/environment.ts';
import { readConfig } from '../../config/read-config.ts';
import { findRunningWorld, type RunningWorld } from '../../config/running-world.ts';
import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import { renderRemedy } from '../../domain/exceptions/render-remedy.ts';
import { scheduleIdsOf } from '../../temporal/schedules.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { tieoutHome } from '../../config/project-folder.ts';
import { openStore, serverVersion } from '../../store/database.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import { answers } from '../../temporal/answers.ts';
import { channels } from './channels.ts';
import { clocks } from './clocks.ts';
import { broken, fine, type Finding } from './finding.ts';
import { prices } from './prices.ts';
import { failingSteps, failingWorkflows } from './failing-work.ts';
import { withTemporal } from '../../temporal/running-temporal.ts';
import { workers } from './workers.ts';
import { renderWithoutWorkflow, withoutWorkflow } from '../reconciler/without-workflow.ts';

const RESTART = 'stop npm start with Ctrl-C and start it again';

export async function runningParts(): Promise<Finding[]> {
  let world: RunningWorld;
  try {
    world = findRunningWorld(tieoutHome());
  } catch (error) {
    if (!(error instanceof TieoutError)) throw error;
    return [fine('running', 'nothing: npm start'), await ports()];
  }
  const { finding, config } = configuration(world);
  return [
    fine(
      'running',
      world.pid === 0 ? 'as the environment says' : `npm start, process ${world.pid}, since ${world.startedAt}`,
    ),
    finding,
    ...(await postgres(world, config)),
    ...(await temporal(world, config)),
    ...(await health(world)),
    ...(await simulators(world)),
  ];
}

/** Those that `npm start` takes when it is told no others. */
async function ports(): Promise<Finding> {
  // That of health gives way where it is taken.
  const {
    postgres: postgresPort,
    temporal: temporalPort,
    health: _,
    ...others
  } = configSchema.shape.ports.parse(undefined);
  const { databaseUrl, temporalAddress } = readEnvironment();
  const wanted = [
    ...(databaseUrl === null ? [postgresPort] : []),
    ...(temporalAddress === null ? [temporalPort] : []),
    ...Object.values(others),
  ];
  const taken = (await Promise.all(wanted.map(async (port) => ({ port, busy: await answers(`127.0.0.1:${port}`) }))))
    .filter(({ busy }) => busy)
    .map(({ port }) => port);
  return taken.length === 0
    ? fine('ports', `${wanted.join(', ')} are free`)
    : broken(
        'ports',
        taken.join(', '),
        'in use by another program',
        'end it, or give npm start other ports: npm start -- --help names them',
      );
}

function configuration({ config: file }: RunningWorld): { finding: Finding; config: TieoutConfig | null } {
  try {
    const config = readConfig(file);
    return {
      config,
      finding: fine(
        'config',
        `${file}: ${config.connections.map(({ name, posting }) => `${name} (${posting})`).join(', ')}; ${whoMayDecide(config)}`,
      ),
    };
  } catch (error) {
    if (!(error instanceof TieoutError)) throw error;
    return {
      config: null,
      finding: broken('config', file, error.notice.where.join('; ') || error.notice.what, error.notice.do.join('; ')),
    };
  }
}

function whoMayDecide({ people }: TieoutConfig): string {
  return people === undefined
    ? 'nobody is named under people, so everyone may decide'
    : `people: ${people.map(({ name }) => name).join(', ')}`;
}

const TOLD: readonly ExceptionCode[] = [
  'netsuite-down',
  'netsuite-auth',
  'amazon-down',
  'amazon-auth',
  'setting-unknown',
];

/** A vendor that workers do not reach, or a setting that NetSuite does not have so, by what they raised: this command calls no vendor itself. */
function raised({ id, code, connection, subject, evidence, remedy }: StoredException): Finding {
  const part = code === 'setting-unknown' ? 'settings' : subject.id;
  return broken(part, connection, evidence.what, `exception ${id}: ${renderRemedy(remedy, id)}`);
}

async function postgres({ databaseUrl }: RunningWorld, config: TieoutConfig | null): Promise<Finding[]> {
  const address = new URL(databaseUrl).host;
  const store = openStore(databaseUrl, { max: 1 });
  try {
    const version = await serverVersion(store.db);
    const open = await openExceptions(store.db);
    return [
      fine(
        'Postgres',
        `${version} on ${address}, ${open.length} open ${open.length === 1 ? 'exception' : 'exceptions'}`,
      ),
      ...open.filter(({ code }) => TOLD.includes(code)).map(raised),
      ...(await clocks(
        store.db,
        (config?.connections ?? []).map(({ name }) => name),
      )),
      ...(await prices(store.db, config?.connections ?? [])),
      ...(config === null ? [] : await channels(store.db, config)),
    ];
  } catch (error) {
    return [broken('Postgres', address, (error as Error).message || 'does not answer', RESTART)];
  } finally {
    await store.close();
  }
}

async function temporal(world: RunningWorld, config: TieoutConfig | null): Promise<Finding[]> {
  const { address, uiUrl } = world.temporal;
  try {
    return await withTemporal(world, async (client) => {
      const info = await client.workflowService.getSystemInfo({});
      return [
        fine('Temporal', `server ${info.serverVersion || '?'} on ${address}${uiUrl === null ? '' : `, UI ${uiUrl}`}`),
        ...(await workers(client, config?.connections ?? [], RESTART)),
        ...(await schedules(client, config)),
        ...(await workflows(client, world, config)),
        ...(await steps(world, client)),
        ...(await failingWorkflows(client)),
      ];
    });
  } catch (error) {
    return [
      broken(
        'Temporal',
        address,
        error instanceof TieoutError ? error.notice.where.join('; ') : (error as Error).message,
        RESTART,
      ),
    ];
  }
}

/** Whether Postgres answers is a line of its own. */
async function steps({ databaseUrl }: RunningWorld, client: Client): Promise<Finding[]> {
  const store = openStore(databaseUrl, { max: 1 });
  try {
    return await failingSteps(client, store);
  } catch {
    return [];
  } finally {
    await store.close();
  }
}

async function schedules(client: Client, config: TieoutConfig | null): Promise<Finding[]> {
  const known = new Map<string, string>();
  for await (const schedule of client.schedule.list())
    known.set(schedule.scheduleId, schedule.state.paused ? 'paused' : 'on');
  const missing = (config?.connections ?? []).flatMap(scheduleIdsOf).filter((id) => !known.has(id));
  const listed =
    Array.from(known, ([id, state]) => `${id} ${state}`)
      .sort()
      .join(', ') || 'none';
  return [
    missing.length === 0 ? fine('schedules', listed) : broken('schedules', missing.join(', '), 'missing', RESTART),
  ];
}

/** What is unfinished and has no workflow: Temporal has lost it, or the store is older. */
async function workflows(
  client: Client,
  { databaseUrl }: RunningWorld,
  config: TieoutConfig | null,
): Promise<Finding[]> {
  const store = openStore(databaseUrl, { max: 1 });
  try {
    const lost = await Promise.all(
      (config?.connections ?? []).map(async ({ name }) => ({
        name,
        words: renderWithoutWorkflow(await withoutWorkflow(client, store.db, name)),
      })),
    );
    const some = lost.flatMap(({ name, words }) => (words === null ? [] : [`${name}: ${words}`]));
    return [
      some.length === 0
        ? fine('workflows', 'everything unfinished has its own')
        : broken(
            'workflows',
            some.join(', '),
            'without a workflow',
            'nothing, unless it stays so: the reconciler starts them within its interval (schedules.reconciler)',
          ),
    ];
  } catch (error) {
    return [broken('workflows', 'not compared', (error as Error).message, RESTART)];
  } finally {
    await store.close();
  }
}

async function health({ healthUrl }: RunningWorld): Promise<Finding[]> {
  if (healthUrl === null) return [];
  const told = `${healthUrl}/health/ready, /metrics`;
  return [(await answers(healthUrl)) ? fine('health', told) : broken('health', told, 'does not answer', RESTART)];
}

async function simulators({ simulators: simulated }: RunningWorld): Promise<Finding[]> {
  if (simulated === null) return [fine('accounts', 'real ones; no simulator runs')];
  return Promise.all(
    (
      [
        ['Amazon', simulated.amazonUrl],
        ['NetSuite', simulated.netsuiteUrl],
      ] as const
    ).map(async ([part, url]) =>
      (await answers(url))
        ? fine(part, `simulator on ${new URL(url).host}`)
        : broken(part, `simulator on ${new URL(url).host}`, 'does not answer', RESTART),
    ),
  );
}
