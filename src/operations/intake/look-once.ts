/** One look of the product at the world: orders and refunds, statements, payouts, stock. Driven by the demo clock's jumps. */
import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { workflowQueue } from '../../contracts/task-queues.ts';
import { isKept } from '../../store/files/files.ts';
import { importStatement } from '../bank/import-statement.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';
import { waitUntilIdle } from './wait-until-idle.ts';
import { DOCUMENT_SWEEP } from '../../contracts/documents/document-sweep.ts';
import { ALERTS } from '../../contracts/alerts/alerts.ts';
import { ORDER_INTAKE } from '../../contracts/intake/order-intake.ts';
import { CLOSE_LOOK } from '../../contracts/period/close.ts';
import { POPULATION_INTAKE } from '../../contracts/period/population-intake.ts';
import { RECONCILER } from '../../contracts/reconciler/reconciler.ts';
import { STOCK } from '../../contracts/stock/stock.ts';
import { TAX_LOOK } from '../../contracts/tax/tax-look.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { WorkflowContract } from '../../contracts/workflow.ts';
import { PAYOUT_INTAKE } from '../../contracts/intake/payout-intake.ts';

export interface LookContext extends ConnectionAtWork {
  /** The simulator that serves bank statements; null where files are given instead. */
  statementsUrl: string | null;
  /** Whether the connection has a stock flow. */
  stock: boolean;
  /** Whether its configuration says where the seller owes tax. */
  tax: boolean;
  /** Whether its months are closed here. */
  close: boolean;
  /** Whether somebody is told of exceptions. */
  alerts: boolean;
  stopped(): boolean;
}

const LONGEST_MS = 10 * 60_000;
const imported = new Map<string, string>();
/** Connections of a Temporal server, each with a day on which its documents were read back. */
const swept = new WeakMap<Client, Set<string>>();

export async function lookOnce(context: LookContext, now: string): Promise<void> {
  await execute(context, RECONCILER, now);
  await execute(context, ORDER_INTAKE, now);
  await waitUntilIdle(context.store.db, context.connection, LONGEST_MS, context.stopped);
  if (context.statementsUrl !== null)
    for (const account of ['bank', 'card'] as const)
      await takeStatement(context, account, `${context.statementsUrl}/bank/${account}/statement?format=ofx`);
  // After the orders, whose fulfilments the ledger's rows answer to; payouts have nothing to do with it.
  await Promise.all([
    execute(context, PAYOUT_INTAKE, now),
    execute(context, POPULATION_INTAKE, now),
    ...(context.stock ? [execute(context, STOCK, now)] : []),
    ...(context.tax ? [execute(context, TAX_LOOK, now)] : []),
  ]);
  await waitUntilIdle(context.store.db, context.connection, LONGEST_MS, context.stopped);
  // Once a day, as by its schedule.
  if (isFirstOfDay(context, now.slice(0, 10))) {
    await execute(context, DOCUMENT_SWEEP, now);
    await waitUntilIdle(context.store.db, context.connection, LONGEST_MS, context.stopped);
  }
  // Last: it looks at what all others have come to.
  if (context.close) await execute(context, CLOSE_LOOK, now);
  if (context.alerts) await execute(context, ALERTS, now);
}

function isFirstOfDay({ client, connection }: LookContext, day: string): boolean {
  const known = swept.get(client) ?? new Set();
  swept.set(client, known);
  const isFirst = !known.has(`${connection} ${day}`);
  known.add(`${connection} ${day}`);
  return isFirst;
}

type Intake = (input: Telling) => Promise<string>;

async function execute(
  { client, connection, policy }: LookContext,
  { name, idOf }: WorkflowContract<Intake>,
  now: string,
): Promise<void> {
  await client.workflow.execute<Intake>(name, {
    workflowId: `${idOf(connection)}:${now}`,
    taskQueue: workflowQueue(),
    args: [{ connection, policy }],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

/** The statement as it stands now, taken in like any file; one that has not changed is not taken in again. */
async function takeStatement(context: LookContext, account: 'bank' | 'card', url: string): Promise<void> {
  const response = await fetch(url);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok || !Buffer.from(bytes).includes('<STMTTRN>')) return;
  const hash = createHash('sha256').update(bytes).digest('hex');
  const known = `${context.connection} ${url}`;
  // What a restored store has forgotten is taken in again.
  if (imported.get(known) === hash && (await isKept(context.store.db, hash))) return;
  await importStatement(context, { name: `${account}.ofx`, bytes: [bytes], account });
  imported.set(known, hash);
}
