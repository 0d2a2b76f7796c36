/** `npm start`: brings a world up, lets it run, and, with `--once`, ties it out and ends. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { TieOut } from '../../activities/tie-out/tie-out.ts';
import { workflowQueue } from '../../domain/identifiers/task-queue.ts';
import { orderIntakeId, payoutIntakeId } from '../../domain/identifiers/workflow-id.ts';
import { driveClock } from '../../local/drive-clock.ts';
import { tieoutHome } from '../../local/project-folder.ts';
import type { StartedWorld } from '../../local/start-world.ts';
import { openExceptions } from '../../store/exceptions.ts';
import type { CommandIo } from '../command-io.ts';
import { inCharactersOf } from '../print/characters.ts';
import { bringUp, configOf, decisionsOf, refuseBadInput } from './before-start.ts';
import { waitUntilIdle } from './idle.ts';
import { renderLiveBlock } from './live-block.ts';
import { importStatement, lookOnce, type LookContext } from './look-once.ts';
import { Narrator } from './narrator.ts';
import { progressFor, type Progress } from './progress.ts';
import { exitCodeOfRun, runReport, verdictOf, type TemporalCounts } from './run-report.ts';
import { endOnce, openSession, prepare, serverVersion, type Session } from './session.ts';
import type { StartOptions } from './start-options.ts';
import { sendDecision } from '../run/send-decision.ts';
import { openDecisions, suggestedDecisions, updateOf, type FileDecision } from './take-decisions.ts';
import { duration, renderTieOut, renderVerdict } from './tie-out-table.ts';

export async function start(options: StartOptions, io: CommandIo): Promise<void> {
  const begun = performance.now();
  const home = tieoutHome();
  await refuseBadInput(options, home);
  const config = configOf(options);
  const decisions = decisionsOf(options, config);
  const progress = progressFor(options.progress, io);
  progress.line(`\nTieout 0.1.0 · Amazon FBA and NetSuite, agreed to the cent`);
  progress.line(config === null ? `${options.settlements.length > 0 ? 'Your settlement reports' : 'Demo: October 2026 of a simulated seller'}. No real account is connected.\n` : `Your accounts, by ${config}.\n`);
  if (process.env['TIEOUT_INSTALLED_IN']) {
    progress.step('Node.js', process.versions.node, 0);
    progress.step('packages', 'from package-lock.json', Number(process.env['TIEOUT_INSTALLED_IN']));
  }
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

  try {
    await run(options, world, session, decisions, progress, io, begun, stopped);
    if (!options.once) await new Promise(() => {});
  } catch (error) {
    // What fails because it is being stopped is no fault; the one who stops it ends the process.
    if (stopping) await new Promise(() => {});
    throw error;
  } finally {
    // Also after an error: what was started never outlives the one who started it.
    await end();
  }
}

/** Everything between ready and the end. */
async function run(
  options: StartOptions, world: StartedWorld, session: Session, decisions: FileDecision[], progress: Progress, io: CommandIo, begun: number, stopped: () => boolean,
): Promise<void> {
  await prepare(session, progress);
  progress.line(`\n  ${world.run.temporal.uiUrl ? `Temporal  ${world.run.temporal.uiUrl}` : `Temporal  ${world.run.temporal.address}`}`);
  progress.line(`  Ready in ${duration((performance.now() - begun) / 1000)}. Everything below happens live. Ctrl-C stops it all.\n`);
  const narrators = session.names.map((name) => new Narrator(session.store, name, (event) => progress.event(event)));
  let over = false;
  const narration = narrate(narrators, progress, session, world, io, () => over || stopped());

  if (world.run.simulators) await runSimulated(options, session, world, decisions, progress, stopped);
  else await runReal(options, session, stopped);
  for (const narrator of narrators) await narrator.last();
  if (!options.once) {
    // From here on the schedules look by themselves, as they do for real accounts.
    for (const connection of session.names) for (const id of [orderIntakeId(connection), payoutIntakeId(connection)]) await session.client.schedule.getHandle(id).unpause();
    if (world.run.simulators) progress.event({ area: 'demo', alarm: false, words: 'everything that was published has been taken in; it stays up', plain: 'everything taken in' });
    return;
  }
  over = true;
  await narration;
  progress.close();
  await printTieOut(session, world, options, io, begun);
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
      const result = await sendDecision(session.client, context.connection, true, updateOf(decision, options.acceptSuggestions ? 'accept-suggestions' : 'decisions-file'));
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
