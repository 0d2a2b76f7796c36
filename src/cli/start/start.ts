/** `npm start`: brings a world up, lets it run, and, with `--once`, ties it out and ends. */
import { whoActs } from '../../config/who-acts.ts';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../../config/environment.ts';
import { DEMO_NAMES, DEMO_SELLERS } from '../../local/demo-month/demo-names.ts';
import { driveClock } from '../../local/drive-clock.ts';
import { stopLeftBehind } from '../../local/left-behind.ts';
import { PROJECT_ROOT, tieoutHome } from '../../config/project-folder.ts';
import type { StartedWorld } from '../../local/start-world.ts';
import type { CommandIo } from '../command-io.ts';
import { healthOfSession } from '../health/health-of-session.ts';
import { serveHealth, type HealthServer } from '../health/serve-health.ts';
import { renderDuration } from '../../domain/clocks/render-dates.ts';
import { updateOf, type FileDecision } from '../../operations/decisions/decision-file.ts';
import { decisionWords } from '../../operations/decisions/open-subjects.ts';
import { sendEach } from '../../operations/decisions/take-decisions.ts';
import { bringUp, configOf, decisionsOf, mappingsOf, refuseBadInput } from './before-start.ts';
import { decideOpen } from './decide-open.ts';
import { importStatement } from '../../operations/bank/import-statement.ts';
import { lookOnce, type LookContext } from '../../operations/intake/look-once.ts';
import {
  looksOf,
  openSession,
  prepareConnections,
  resumeSchedules,
  triggerSchedules,
  type Session,
} from '../../operations/setup/session.ts';
import { narrate, narratorsOf } from './narrate.ts';
import { printTieOut } from './print-tie-out.ts';
import { progressFor, type Progress } from './progress.ts';
import { endOnce } from './end-run.ts';
import type { StartOptions } from './start-options.ts';

/** How long an interrupted run takes to print what it has reached; a part of it may be gone already. */
const REACHED_WITHIN_MS = 10_000;

export async function start(options: StartOptions, io: CommandIo): Promise<void> {
  const begun = performance.now();
  const home = tieoutHome();
  await refuseBadInput(options, home);
  const config = configOf(options);
  const known = { mappings: mappingsOf(options, config), decisions: decisionsOf(options, config) };
  const progress = progressFor(options.progress, io);
  progress.line(`\nTieout 0.1.0 · Amazon FBA and NetSuite, agreed to the cent`);
  progress.line(
    config === null
      ? `${options.settlements.length > 0 ? 'Your settlement reports' : `Demo: October 2026 of ${DEMO_SELLERS[options.demo ?? DEMO_NAMES[0]]}`}. No real account is connected.\n`
      : `Your accounts, by ${config}.\n`,
  );
  const { installedIn } = readEnvironment();
  if (installedIn !== null) {
    progress.step('Node.js', process.versions.node, 0);
    progress.step('packages', `${packagesLocked()} from package-lock.json`, Number(installedIn));
  }
  let stopping = false;
  const world = await bringUp(options, home, config, progress);
  const session = await openSession(world.run);
  const stopped = () => stopping;
  const health = await serveHealth(
    healthOfSession(session, world.run, Date.now),
    Number(new URL(world.run.healthUrl!).port),
  );
  const end = endOnce(world, session, health, progress, () => {
    stopping = true;
  });
  onInterrupt(async (again) => {
    if (again) {
      // What was started ends with it, by the pids that were written down.
      await stopLeftBehind(home);
      process.exit(130);
    }
    if (options.once)
      await Promise.race([
        printTieOut(session, world, options, io, { begun, interrupted: true }).catch(() => {}),
        sleep(REACHED_WITHIN_MS),
      ]);
    await end();
    process.exit(130);
  });

  try {
    await Promise.race([run(options, world, session, health, known, progress, io, begun, stopped), world.lost]);
    if (!options.once) await world.lost;
  } catch (error) {
    // What fails because it is being stopped is no fault; the one who stops it ends the process.
    if (stopped()) await new Promise(() => {});
    throw error;
  } finally {
    // Also after an error: what was started never outlives the one who started it.
    await end();
  }
}

/** What is known before anything asks: how listings map to items, and what is answered once it is asked. */
interface KnownDecisions {
  mappings: FileDecision[];
  decisions: FileDecision[];
}

/** Everything between ready and the end. */
async function run(
  options: StartOptions,
  world: StartedWorld,
  session: Session,
  health: HealthServer,
  { mappings, decisions }: KnownDecisions,
  progress: Progress,
  io: CommandIo,
  begun: number,
  stopped: () => boolean,
): Promise<void> {
  const preparing = performance.now();
  const ids = await prepareConnections(session);
  progress.step(
    'schedules',
    `${ids.length}: orders, payouts, reconciler, housekeeping`,
    (performance.now() - preparing) / 1000,
  );
  progress.line(`\n  Temporal  ${world.run.temporal.uiUrl ?? world.run.temporal.address}`);
  progress.line(`  Health    ${health.url}/health/ready, metrics for Prometheus at /metrics`);
  progress.line(
    `  Ready in ${renderDuration((performance.now() - begun) / 1000)}. Everything below happens live. Ctrl-C stops it all.\n`,
  );
  const narrators = narratorsOf(session, progress);
  let over = false;
  const narration = narrate(narrators, progress, session, world, () => over || stopped());

  const contexts = looksOf(session, stopped);
  const simulated = world.run.simulators !== null;
  for (const context of contexts) await mapListings(context, mappings, progress);
  const decide = async (context: LookContext, now: string) => {
    if (options.once) await decideOpen(context, options.acceptSuggestions ? 'suggestions' : decisions, now, progress);
  };
  const look = async (now: string) => {
    for (const context of contexts) {
      await lookOnce(context, now);
      // A month that is signed is one in which each thing was decided on the day it happened.
      if (simulated && context.close) await decide(context, now);
    }
  };
  if (world.run.simulators)
    await lookAtSimulated(options, contexts, { url: world.run.simulators.amazonUrl, look, progress, stopped });
  else if (options.once) await look(new Date().toISOString().slice(0, 19));
  else await triggerSchedules(session);
  if (options.once) {
    for (const context of contexts) await decide(context, 'decided');
    await look('end');
  }
  for (const narrator of narrators) await narrator.last();
  if (!options.once) {
    // From here on the schedules look by themselves, as they do for real accounts.
    await resumeSchedules(session);
    if (simulated)
      progress.event({
        area: 'demo',
        alarm: false,
        words: 'everything that was published has been taken in; it stays up',
        plain: 'everything taken in',
      });
    return;
  }
  over = true;
  await narration;
  progress.close();
  await printTieOut(session, world, options, io, { begun });
}

/** Before the first order: a seller knows its packs. */
async function mapListings(context: LookContext, mappings: readonly FileDecision[], progress: Progress): Promise<void> {
  const sent = await sendEach(
    context,
    mappings.map((mapping) => updateOf(mapping, 'demo')),
  );
  for (const { decision, result, refused } of sent)
    progress.event({
      area: 'decided',
      alarm: refused !== null,
      words: refused ?? `✓ ${decisionWords(decision)}${result?.detail ? `: ${result.detail}` : ''}`,
      plain: `decision connection=${context.connection} update=${decision.update} about=${JSON.stringify(decisionWords(decision))}${refused === null ? '' : ` refused=${JSON.stringify(refused)}`}`,
    });
}

/** The demo clock to its end, or to where somebody must act, with the statements that were given. */
async function lookAtSimulated(
  options: StartOptions,
  contexts: readonly LookContext[],
  {
    url,
    look,
    progress,
    stopped,
  }: { url: string; look: (now: string) => Promise<void>; progress: Progress; stopped: () => boolean },
): Promise<void> {
  for (const account of ['bank', 'card'] as const) {
    const file = options[account];
    if (file === null) continue;
    for (const context of contexts) {
      const {
        lines,
        fresh,
        leftOut = [],
      } = await importStatement(context, {
        name: file,
        bytes: [new Uint8Array(readFileSync(file))],
        account,
        form: options.statementForms[account],
        by: whoActs(undefined),
      });
      const words = `${basename(file)}: ${lines} lines read, ${fresh} new, ${lines - fresh} known before, 0 refused${leftOut.length === 0 ? '' : `, ${leftOut.length} rows left out that are no lines`}`;
      progress.event({
        area: 'bank',
        alarm: false,
        words,
        plain: `statement account=${account} lines=${lines} new=${fresh} known=${lines - fresh} refused=0 leftOut=${leftOut.length}`,
      });
    }
  }
  await driveClock({ url, stopped, lookOnce: look, goesOn: options.once });
  await look('last');
}

/** First: orderly; a second within five seconds does not wait for that. */
function onInterrupt(handle: (again: boolean) => Promise<void>): void {
  let last = -Infinity;
  const listener = () => {
    const again = performance.now() - last < 5000;
    last = performance.now();
    void handle(again);
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  // The terminal was closed.
  process.on('SIGHUP', listener);
}

function packagesLocked(): number {
  const lock = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8')) as { packages: object };
  // The project itself stands there, too.
  return Object.keys(lock.packages).length - 1;
}
