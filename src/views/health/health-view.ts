/**
 * Is it running, and how late is it: what a watch over the product asks. Each part is looked at by itself and within a few
 * seconds, so that one that hangs hides no other.
 */
import type { Client } from '@temporalio/client';
import type { ConnectionSettings } from '../../config/connection.ts';
import { softwareVersion } from '../../config/software-version.ts';
import { EXCEPTIONS, type ExceptionCode, type Owner } from '../../domain/exceptions/catalogue.ts';
import { serverVersion, type Database } from '../../store/database.ts';
import { openExceptionCounts } from '../../store/exceptions/exceptions.ts';
import { failingStepCounts } from '../../store/exceptions/step-failures.ts';
import { allMarks } from '../../store/intake/marks.ts';
import { missingSchedules, scheduleIdsOf, type ScheduledConnection } from '../../temporal/schedules.ts';
import { failingWorkflows } from '../doctor/failing-work.ts';
import { workers } from '../doctor/workers.ts';
import type { Surroundings, SurroundingsReader } from '../live/surroundings.ts';
import { withoutWorkflow, type WithoutWorkflow } from '../reconciler/without-workflow.ts';
import { flowsHealth, type FlowHealth } from './flows.ts';

/** A part without which nothing is done. */
export interface HealthCheck {
  part: 'Postgres' | 'Temporal' | 'workers' | 'schedules';
  ok: boolean;
  detail: string;
}

export interface ConnectionHealth extends Surroundings {
  connection: string;
  /** Empty where Temporal does not answer. */
  flows: FlowHealth[];
  /** How old what each source was last read up to is, in seconds of the product's clock; empty where nobody knows its time. */
  marks: { source: string; ageSeconds: number }[];
  exceptions: { code: ExceptionCode; owner: Owner; open: number; oldestSeconds: number | null }[];
  /** Steps that have failed and not worked since, tried again by Temporal meanwhile. */
  failingSteps: number;
  /** Unfinished work that no workflow does; null where Temporal does not answer. */
  withoutWorkflow: WithoutWorkflow | null;
}

export interface HealthView {
  version: string;
  /** Every check is fine: work that comes is done. */
  ready: boolean;
  checks: HealthCheck[];
  /** Empty where Postgres does not answer. */
  connections: ConnectionHealth[];
  /** Workflows whose own code fails; null where the server does not say. */
  failingWorkflows: number | null;
}

export interface HealthSource {
  client: Client;
  db: Database;
  connections: readonly ConnectionSettings[];
  scheduled: readonly ScheduledConnection[];
  surroundings: SurroundingsReader;
  /** Time of this machine, epoch milliseconds. */
  now(): number;
  /** The time by which facts are dated, epoch milliseconds: beside simulators the demo clock's. Null where it cannot be asked. */
  productNow(): Promise<number | null>;
}

const ANSWERS_WITHIN_MS = 5000;

export async function healthView(source: HealthSource): Promise<HealthView> {
  const [checks, failing] = await Promise.all([
    healthChecks(source),
    within(failingWorkflows(source.client)).catch(() => null),
  ]);
  const answers = (part: HealthCheck['part']) => checks.some((check) => check.part === part && check.ok);
  return {
    version: softwareVersion(),
    ready: checks.every(({ ok }) => ok),
    checks,
    connections: answers('Postgres') ? await connectionsHealth(source, answers('Temporal')) : [],
    failingWorkflows: failing === null ? null : failing.filter(({ wrong }) => wrong !== null).length,
  };
}

/** The checks alone, for a watch that asks every few seconds. */
export async function healthChecks({ client, db, connections, scheduled }: HealthSource): Promise<HealthCheck[]> {
  return Promise.all([
    check('Postgres', async () => ({ ok: true, detail: await serverVersion(db) })),
    check('Temporal', async () => ({
      ok: true,
      detail: (await client.workflowService.getSystemInfo({})).serverVersion || 'answers',
    })),
    check('workers', async () => {
      const findings = await workers(client, connections, 'start one');
      const idle = findings.filter(({ wrong }) => wrong !== null);
      const words = (idle.length > 0 ? idle : findings).map(({ detail, wrong }) =>
        [detail, wrong].filter(Boolean).join(': '),
      );
      return { ok: idle.length === 0, detail: words.join('; ') };
    }),
    check('schedules', async () => {
      const missing = await missingSchedules(client, scheduled);
      return missing.length > 0
        ? { ok: false, detail: `missing: ${missing.join(', ')}` }
        : { ok: true, detail: `${scheduled.flatMap(scheduleIdsOf).length} stand` };
    }),
  ]);
}

async function check(part: HealthCheck['part'], look: () => Promise<Omit<HealthCheck, 'part'>>): Promise<HealthCheck> {
  try {
    return { part, ...(await within(look())) };
  } catch (error) {
    return { part, ok: false, detail: (error as Error).message || 'does not answer' };
  }
}

async function connectionsHealth(source: HealthSource, withTemporal: boolean): Promise<ConnectionHealth[]> {
  const { client, db, connections, scheduled, surroundings } = source;
  const [productNow, failing, flows] = await Promise.all([
    within(source.productNow()).catch(() => null),
    failingStepCounts(db),
    withTemporal
      ? within(flowsHealth(client, scheduled, source.now())).catch(() => new Map<string, FlowHealth[]>())
      : new Map<string, FlowHealth[]>(),
  ]);
  return Promise.all(
    connections.map(async (settings): Promise<ConnectionHealth> => {
      const { name } = settings;
      return {
        connection: name,
        ...(await surroundings.of(settings)),
        flows: flows.get(name) ?? [],
        marks: await marksOf(db, name, productNow),
        exceptions: await exceptionsOf(db, name, productNow),
        failingSteps: failing.get(name) ?? 0,
        withoutWorkflow: withTemporal ? await within(withoutWorkflow(client, db, name)).catch(() => null) : null,
      };
    }),
  );
}

/** Some sources are marked by what was read last, not by a time. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

async function marksOf(db: Database, connection: string, now: number | null): Promise<ConnectionHealth['marks']> {
  if (now === null) return [];
  return [...(await allMarks(db, connection))].flatMap(([source, mark]) =>
    INSTANT.test(mark) ? [{ source, ageSeconds: secondsSince(mark, now) }] : [],
  );
}

async function exceptionsOf(
  db: Database,
  connection: string,
  now: number | null,
): Promise<ConnectionHealth['exceptions']> {
  return (await openExceptionCounts(db, connection)).map(({ code, open, oldest }) => ({
    code,
    owner: EXCEPTIONS[code].owner,
    open,
    oldestSeconds: now === null ? null : secondsSince(oldest, now),
  }));
}

const secondsSince = (instant: string, now: number): number =>
  Math.max(0, Math.round((now - Date.parse(instant)) / 1000));

/** @throws what was asked for, or that it did not answer in time */
function within<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWERS_WITHIN_MS / 1000} s`)), ANSWERS_WITHIN_MS);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
