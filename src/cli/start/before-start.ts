/** What is looked at before anything starts (files, ports, settings), and the start itself with its refusals. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_PORTS } from '../../config/connection.ts';
import { readEnvironment, readSecrets, refuseSharedMarketplaces } from '../../config/environment.ts';
import { readConfig, refuseCutOversAhead } from '../../config/read-config.ts';
import { readRunFile } from '../../config/running-world.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { DEMO_NAMES } from '../../local/demo-month/demo-names.ts';
import type { WorldSource } from '../../local/simulated-world.ts';
import { portHolder } from '../../local/port-holder.ts';
import { PortTaken } from '../../local/port-taken.ts';
import { PROJECT_ROOT } from '../../config/project-folder.ts';
import { startWorld, type StartedWorld } from '../../local/start-world.ts';
import { shellWord } from '../statement-options.ts';
import { readDecisions, readMappings, type FileDecision } from '../../operations/decisions/decision-file.ts';
import { checkStatement } from './check-statement.ts';
import type { Progress } from './progress.ts';
import type { StartOptions } from './start-options.ts';

const OPTION: Readonly<Record<string, string>> = {
  Postgres: 'postgres-port',
  Temporal: 'temporal-port',
  'Temporal UI': 'temporal-ui-port',
  'Amazon simulator': 'amazon-port',
  'NetSuite simulator': 'netsuite-port',
  health: 'health-port',
};
const DEMO_DECISIONS = join(PROJECT_ROOT, 'demo', 'decisions.json');
const DEMO_MAPPINGS = join(PROJECT_ROOT, 'demo', 'skus.json');

/** Files, ports and a second start are looked at before anything is started. */
export async function refuseBadInput(options: StartOptions, home: string): Promise<void> {
  const running = readRunFile(home);
  if (running) {
    throw new TieoutError({
      code: 'port',
      what: 'Tieout is already running here.',
      notDone: 'Nothing was started.',
      where: [
        `process ${running.pid}, since ${running.startedAt}, Temporal ${running.temporal.uiUrl ?? running.temporal.address}`,
      ],
      do: ['end it with Ctrl-C, or use another folder: TIEOUT_HOME=… npm start'],
    });
  }
  const { inspectFile } = await import('../../operations/payouts/inspect-file.ts');
  for (const file of options.settlements) await inspectFile(file, {});
  for (const account of ['bank', 'card'] as const) {
    const file = options[account];
    if (file !== null)
      checkStatement(file, options.statementForms[account], {
        words: `npm start -- ${process.argv.slice(2).map(shellWord).join(' ')}`,
        prefix: `${account}-`,
        remember: false,
      });
  }
}

export function configOf(options: StartOptions): string | null {
  if (options.settlements.length > 0 || options.demo !== null) return null;
  const file =
    options.config ??
    readEnvironment().configFile ??
    (existsSync(join(PROJECT_ROOT, 'tieout.config.yaml')) ? join(PROJECT_ROOT, 'tieout.config.yaml') : null);
  if (file === null) return null;
  const { connections } = readConfig(file);
  refuseCutOversAhead(file, connections, Date.now());
  for (const connection of connections) readSecrets(connection);
  refuseSharedMarketplaces(connections);
  return file;
}

/** The other demos ask nobody anything. */
function isFirstDemo({ demo, settlements }: StartOptions, config: string | null): boolean {
  return settlements.length === 0 && config === null && (demo ?? DEMO_NAMES[0]) === DEMO_NAMES[0];
}

function sourceOf({ demo, settlements, bank, card }: StartOptions): WorldSource {
  return { settlements, bank, card, ...(demo !== null && { demo }) };
}

export function decisionsOf(options: StartOptions, config: string | null): FileDecision[] {
  const read = (file: string) => readDecisions(file, 'Nothing was started.');
  if (options.decisions !== null) return read(options.decisions);
  return options.once && !options.acceptSuggestions && isFirstDemo(options, config) ? read(DEMO_DECISIONS) : [];
}

/** What the demo seller knows of its listings before the first order comes: `tieout map-sku --file` of its own file. */
export function mappingsOf(options: StartOptions, config: string | null): FileDecision[] {
  return isFirstDemo(options, config) ? readMappings(DEMO_MAPPINGS, 'Nothing was started.') : [];
}

export async function bringUp(
  options: StartOptions,
  home: string,
  config: string | null,
  progress: Progress,
): Promise<StartedWorld> {
  const ports = { ...(config === null ? DEFAULT_PORTS : readConfig(config).ports), ...options.ports };
  // From the second run on, setting up is one line: nothing had to be fetched or made.
  const again = progress.mode === 'live' && readEnvironment().installedIn === null && existsSync(join(home, 'logs'));
  const begun = performance.now();
  const parts: string[] = [];
  try {
    const world = await startWorld({
      home,
      ports,
      workers: options.workers,
      config,
      simulate: config === null ? { source: sourceOf(options) } : null,
      step: (name, detail, seconds) => {
        if (!again) progress.step(name, detail, seconds);
        else if (name === 'Temporal CLI' || name === 'Postgres')
          parts.push(
            `${name === 'Postgres' ? 'Postgres' : 'Temporal'} ${detail.replace(/^.*server /, '').split(' ')[0]}`,
          );
      },
      workerDied: (index, how) =>
        progress.event({
          area: 'workers',
          alarm: true,
          words: workerDied(index + 1, options.workers, how),
          plain: `workers died process=${index + 1} how=${how}`,
        }),
      workerBack: (index) =>
        progress.event({
          area: 'workers',
          alarm: false,
          words: `✓ process ${index + 1} of ${options.workers} is back`,
          plain: `workers back process=${index + 1}`,
        }),
      serverDied: (name, how, comesBack) =>
        progress.event({
          area: 'servers',
          alarm: true,
          words: `${name} ${ended(how)}. ${comesBack ? 'It is started again; work waits until it is back.' : 'What it knew is gone with it.'}`,
          plain: `servers died name=${name} how=${how} again=${comesBack ? 'yes' : 'no'}`,
        }),
      serverBack: (name) =>
        progress.event({
          area: 'servers',
          alarm: false,
          words: `✓ ${name} is back`,
          plain: `servers back name=${name}`,
        }),
    });
    if (again)
      progress.line(
        `  ✓ everything is here (${parts.join(', ')})  ${((performance.now() - begun) / 1000).toFixed(1)} s`,
      );
    return world;
  } catch (error) {
    progress.close();
    if (!(error instanceof PortTaken)) throw error;
    const holder = portHolder(error.port);
    throw new TieoutError({
      code: 'port',
      what: `Port ${error.port} is in use.`,
      notDone: 'Nothing was started.',
      where: [
        `${error.what} wants it${holder ? `; held by pid ${holder.pid}, "${holder.command}", since ${holder.since}` : ''}`,
      ],
      do: [`end that process, or give another port: npm start -- --${OPTION[error.what] ?? 'help'} 0 takes a free one`],
    });
  }
}

/** `process 2 of 2 was killed (SIGKILL). Process 1 carries on.`; `how` is a signal or an exit code. */
export function workerDied(process: number, of: number, how: number | string): string {
  const others = Array.from({ length: of }, (_, index) => index + 1).filter((other) => other !== process);
  const on =
    others.length === 0
      ? 'Work waits until it is back.'
      : others.length === 1
        ? `Process ${others[0]} carries on.`
        : `Processes ${others.join(', ')} carry on.`;
  return `process ${process} of ${of} ${ended(how)}. ${on}`;
}

function ended(how: number | string): string {
  return typeof how === 'string' ? `was killed (${how})` : `ended (exit ${how})`;
}
