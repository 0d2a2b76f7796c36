/** `npm start`: brings a world up, lets it run, and, with `--once`, ties it out and ends. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TieOut } from '../../activities/tie-out/tie-out.ts';
import { readSecrets } from '../../config/environment.ts';
import { readConfig } from '../../config/read-config.ts';
import { readRunFile } from '../../config/running-world.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { driveClock } from '../../local/drive-clock.ts';
import { portHolder } from '../../local/port-holder.ts';
import { PortTaken } from '../../local/port-taken.ts';
import { PROJECT_ROOT, tieoutHome } from '../../local/project-folder.ts';
import { startWorld, type StartedWorld } from '../../local/start-world.ts';
import { openStore, type Store } from '../../store/database.ts';
import { connectClient } from '../../temporal/connection.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import { dataConverterOf } from '../../temporal/payload-codec.ts';
import { reconcileConnections } from '../../temporal/reconcile-connections.ts';
import { workflowQueue } from '../../domain/identifiers/task-queue.ts';
import { orderIntakeId, payoutIntakeId } from '../../domain/identifiers/workflow-id.ts';
import { openExceptions } from '../../store/exceptions.ts';
import type { CommandIo } from '../command-io.ts';
import { inCharactersOf } from '../print/characters.ts';
import { checkStatement } from './check-statement.ts';
import { waitUntilIdle } from './idle.ts';
import { renderLiveBlock } from './live-block.ts';
import { lookOnce, importStatement, type LookContext } from './look-once.ts';
import { Narrator } from './narrator.ts';
import { progressFor, type Progress } from './progress.ts';
import { exitCodeOfRun, runReport, verdictOf, type TemporalCounts } from './run-report.ts';
import type { StartOptions } from './start-options.ts';
import { openDecisions, readDecisions, sendDecision, suggestedDecisions, type FileDecision } from './take-decisions.ts';
import { duration, renderTieOut, renderVerdict } from './tie-out-table.ts';

const DEFAULT_PORTS = { postgres: 54329, temporal: 7233, temporalUi: 8233, amazon: 4010, netsuite: 4020 };
const OPTION: Readonly<Record<string, string>> = { 'Postgres': 'postgres-port', 'Temporal': 'temporal-port', 'Temporal UI': 'temporal-ui-port', 'Amazon simulator': 'amazon-port', 'NetSuite simulator': 'netsuite-port' };
const DEMO_DECISIONS = join(PROJECT_ROOT, 'demo', 'decisions.json');

export async function start(options: StartOptions, io: CommandIo): Promise<void> {
  const begun = performance.now();
  const home = tieoutHome();
  await refuseBadInput(options, home);
  const config = configOf(options);
  const decisions = decisionsOf(options, config);
  const progress = progressFor(options.progress, io);
  progress.line(`\nTieout 0.1.0 · Amazon FBA and NetSuite, agreed to the cent`);
  progress.line(config === null ? `${options.settlements.length > 0 ? 'Your settlement reports' : 'Demo: October 2026 of a simulated seller'}. No real account is connected.\n` : `Your accounts, by ${config}.\n`);
  let stopping = false;
  const world = await bringUp(options, home, config, progress);
  const session = await openSession(world, config);
  const stopped = () => stopping;
  const end = endOnce(world, session, progress, () => { stopping = true; });
  onInterrupt(async (again) => {
    if (again) process.exit(130);
    if (options.once) await printTieOut(session, world, options, io, begun).catch(() => {});
    await end();
    process.exit(130);
  });

  await prepare(session, progress);
  progress.line(`\n  ${world.run.temporal.uiUrl ? `Temporal  ${world.run.temporal.uiUrl}` : `Temporal  ${world.run.temporal.address}`}`);
  progress.line(`  Ready in ${duration((performance.now() - begun) / 1000)}. Everything below happens live. Ctrl-C stops it all.\n`);
  const narrators = session.names.map((name) => new Narrator(session.store, name, (event) => progress.event(event)));
  const narration = narrate(narrators, progress, session, world, io, stopped);

  if (world.run.simulators) await runSimulated(options, session, world, decisions, progress, stopped);
  else await runReal(options, session, stopped);
  for (const narrator of narrators) await narrator.last();
  if (!options.once) {
    // From here on the schedules look by themselves, as they do for real accounts.
    for (const connection of session.names) for (const id of [orderIntakeId(connection), payoutIntakeId(connection)]) await session.client.schedule.getHandle(id).unpause();
    if (world.run.simulators) progress.event({ area: 'demo', alarm: false, words: 'everything that was published has been taken in; it stays up', plain: 'everything taken in' });
    await new Promise(() => {});
  }
  stopping = true;
  await narration;
  progress.close();
  await printTieOut(session, world, options, io, begun);
  await end();
}

interface Session { client: Awaited<ReturnType<typeof connectClient>>['client']; close(): Promise<void>; store: Store; names: string[]; look: Omit<LookContext, 'stopped'>; schedules: { name: string; orders: string; payouts: string }[] }

/** Files, ports and a second start are looked at before anything is started. */
async function refuseBadInput(options: StartOptions, home: string): Promise<void> {
  const running = readRunFile(home);
  if (running) {
    throw new TieoutError({ code: 'port', what: 'Tieout is already running here.', notDone: 'Nothing was started.', where: [`process ${running.pid}, since ${running.startedAt}, Temporal ${running.temporal.uiUrl ?? running.temporal.address}`], do: ['end it with Ctrl-C, or use another folder: TIEOUT_HOME=… npm start'] });
  }
  const { inspectFile } = await import('../settlement-inspect.ts');
  for (const file of options.settlements) await inspectFile(file, {});
  for (const file of [options.bank, options.card]) if (file !== null) checkStatement(file);
}

function configOf(options: StartOptions): string | null {
  if (options.settlements.length > 0) return null;
  const file = options.config ?? process.env['TIEOUT_CONFIG'] ?? (existsSync(join(PROJECT_ROOT, 'tieout.config.yaml')) ? join(PROJECT_ROOT, 'tieout.config.yaml') : null);
  if (file === null) return null;
  for (const connection of readConfig(file).connections) {
    if (connection.postingMode !== 'invoice') {
      throw new TieoutError({ code: 'mode-not-built', what: `Posting mode ${connection.postingMode} is not built yet.`, notDone: 'Nothing was started.', where: [`${file}, connection ${connection.name}: postingMode`], do: ['set postingMode to invoice'] });
    }
    readSecrets(connection);
  }
  return file;
}

function decisionsOf(options: StartOptions, config: string | null): FileDecision[] {
  if (options.decisions !== null) return readDecisions(options.decisions);
  return options.once && !options.acceptSuggestions && options.settlements.length === 0 && config === null ? readDecisions(DEMO_DECISIONS) : [];
}

async function bringUp(options: StartOptions, home: string, config: string | null, progress: Progress): Promise<StartedWorld> {
  const ports = { ...DEFAULT_PORTS, ...(config === null ? {} : readConfig(config).ports), ...options.ports };
  try {
    return await startWorld({
      home, ports, workers: options.workers, config,
      simulate: config === null ? { source: { settlements: options.settlements, bank: options.bank, card: options.card } } : null,
      step: (name, detail, seconds) => progress.step(name, detail, seconds),
      workerDied: (index, how) => progress.event({ area: 'workers', alarm: true, words: `process ${index + 1} of ${options.workers} ended (${how}). The others carry on.`, plain: `workers died process=${index + 1} how=${how}` }),
      workerBack: (index) => progress.event({ area: 'workers', alarm: false, words: `✓ process ${index + 1} is back`, plain: `workers back process=${index + 1}` }),
    });
  } catch (error) {
    progress.close();
    if (!(error instanceof PortTaken)) throw error;
    const holder = portHolder(error.port);
    throw new TieoutError({ code: 'port', what: `Port ${error.port} is in use.`, notDone: 'Nothing was started.', where: [`${error.what} wants it${holder ? `; held by pid ${holder.pid}, "${holder.command}", since ${holder.since}` : ''}`], do: [`end that process, or give another port: npm start -- --${OPTION[error.what] ?? 'help'} 0 takes a free one`] });
  }
}

async function openSession(world: StartedWorld, config: string | null): Promise<Session> {
  const configuration = readConfig(world.run.config);
  const { connections } = configuration;
  const { client, close } = await connectClient(world.run.temporal.address, dataConverterOf(configuration, process.env));
  const store = openStore(world.run.databaseUrl, { max: 5 });
  const names = connections.map((connection) => connection.name);
  return {
    client, close, store, names, schedules: connections.map((connection) => ({ name: connection.name, ...connection.schedules })),
    look: { client, store, connection: names[0]!, policy: productPolicy(config === null), statementsUrl: world.run.simulators?.amazonUrl ?? null },
  };
}

/** Schedules and the workflow that takes decisions. Beside simulators the demo clock triggers every look. */
async function prepare(session: Session, progress: Progress): Promise<void> {
  const begun = performance.now();
  const { client, look } = session;
  const ids = await reconcileConnections(client, session.schedules.map((schedule) => ({ ...schedule, policy: look.policy, paused: look.statementsUrl !== null })));
  progress.step('schedules', `${ids.length}: orders, payouts`, (performance.now() - begun) / 1000);
  for (const connection of session.names) {
    await client.workflow.start('connectionCheck', { workflowId: `connection-check:${connection}`, taskQueue: workflowQueue(), args: [{ connection, policy: look.policy }], workflowIdConflictPolicy: 'USE_EXISTING' });
  }
}

/** Real accounts: the schedules look by themselves; the first look is now. */
async function runReal(options: StartOptions, session: Session, stopped: () => boolean): Promise<void> {
  if (options.once) {
    for (const connection of session.names) await lookOnce({ ...session.look, connection, stopped }, new Date().toISOString().slice(0, 19));
    return;
  }
  for (const connection of session.names) {
    for (const id of [orderIntakeId(connection), payoutIntakeId(connection)]) await session.client.schedule.getHandle(id).trigger();
  }
}

/** The demo clock to its end, then the decisions, then what they released. */
async function runSimulated(options: StartOptions, session: Session, world: StartedWorld, decisions: FileDecision[], progress: Progress, stopped: () => boolean): Promise<void> {
  const context: LookContext = { ...session.look, stopped };
  const url = world.run.simulators!.amazonUrl;
  for (const [file, account] of [[options.bank, 'bank'], [options.card, 'card']] as const) {
    if (file !== null) await importStatement(context, file, new Uint8Array(readFileSync(file)), account);
  }
  await driveClock({ url, stopped, lookOnce: (now) => lookOnce(context, now) });
  await lookOnce(context, 'end');
  if (!options.once) return;
  for (let round = 0; round < 5; round += 1) {
    const open = await openExceptions(session.store.db, context.connection);
    const choices = openDecisions(options.acceptSuggestions ? suggestedDecisions(open) : decisions, open);
    for (const decision of choices) {
      const result = await sendDecision(session.client, context.connection, context.policy, decision, options.acceptSuggestions ? 'accept-suggestions' : 'decisions-file');
      const name = decision.kind === 'sku' ? `SKU ${decision.key}` : decision.key[2];
      progress.event({ area: 'decision', alarm: false, words: `✓ ${name} → ${decision.choice} (released ${result.released})${options.acceptSuggestions ? ', as suggested' : ''}`, plain: `decision kind=${decision.kind} key=${JSON.stringify(decision.key)} choice=${decision.choice} released=${result.released}` });
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    await waitUntilIdle(session.store.db, context.connection, 600_000, stopped);
    await lookOnce(context, `end-${round}`);
    if (choices.length === 0 && round > 0) return;
  }
}

async function narrate(narrators: readonly Narrator[], progress: Progress, session: Session, world: StartedWorld, io: CommandIo, stopped: () => boolean): Promise<void> {
  if (progress.mode === 'quiet') return;
  while (!stopped()) {
    try {
      for (const narrator of narrators) await narrator.look();
      if (progress.mode === 'live') progress.block(await renderLiveBlock(session.store, session.names[0]!, world.title ?? 'your accounts', world.run, io.width));
    } catch {
      // A part that is being started again answers in a moment.
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function printTieOut(session: Session, world: StartedWorld, options: StartOptions, io: CommandIo, begun: number): Promise<void> {
  const tieOut: TieOut = await session.client.workflow.execute('tieOut', {
    workflowId: `tie-out:${session.names[0]!}`, taskQueue: workflowQueue(), args: [{ connection: session.names[0]!, policy: session.look.policy }],
  });
  const count = async (status: string) => (await session.client.workflow.count(`ExecutionStatus = '${status}'`)).count;
  const temporal: TemporalCounts = { address: world.run.temporal.address, server: await serverVersion(session), completed: await count('Completed'), running: await count('Running'), failed: await count('Failed') };
  const seconds = (performance.now() - begun) / 1000;
  const verdict = verdictOf(tieOut, temporal);
  const report = runReport(tieOut, temporal, Math.round(seconds * 10) / 10);
  if (options.report !== null) writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`);
  if (options.json) io.out(`${JSON.stringify(report)}\n`);
  else io.out(`${inCharactersOf(io, [...renderTieOut(tieOut, (world.title ?? 'your accounts').replace(/ of a simulated seller$/, '')), ...renderVerdict(tieOut, verdict, temporal, seconds)].join('\n'))}\n`);
  io.exitCode = exitCodeOfRun(tieOut, verdict);
}

/** The server's own word: with TEMPORAL_ADDRESS nobody else knows. */
async function serverVersion({ client }: Session): Promise<string> {
  const { serverVersion: version } = await client.workflowService.getSystemInfo({});
  return version ?? '';
}

function endOnce(world: StartedWorld, session: Session, progress: Progress, mark: () => void): () => Promise<void> {
  let ended: Promise<void> | null = null;
  return () => (ended ??= (async () => {
    mark();
    progress.close();
    const begun = performance.now();
    const parts: string[] = [];
    await session.close().catch(() => {});
    await session.store.close().catch(() => {});
    await world.stop((name) => parts.push(`${name} ✓`));
    if (progress.mode !== 'quiet') progress.line(`Stopping  ${parts.join(' · ')}  ${((performance.now() - begun) / 1000).toFixed(1)} s\nNothing is left running.`);
  })());
}

/** First Ctrl-C: orderly; a second within five seconds ends at once, and the children with it. */
function onInterrupt(handle: (again: boolean) => Promise<void>): void {
  let first = 0;
  const listener = () => {
    const again = Date.now() - first < 5000;
    first = first || Date.now();
    void handle(again);
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
}
