/** Three processes share the five slots of one NetSuite account: how much of them they use, and whether they ever use more. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { takePort } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import { startNetSuiteSimulator } from '../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { prepareSchema } from '../../src/store/migrated-schema.ts';
import { exampleSeed } from '../../test/simulators/netsuite/example-seed.ts';
import type { Bench } from '../bench.ts';
import type { AccountWork } from './account-worker.ts';

export interface NetSuiteResult {
  /** Share of the account's slots in use, as NetSuite's side sees it, while work waits. */
  slotsBusy: number;
  /** Calls refused with 429. */
  tooManyAfterWarmUp: number;
  callsPerSecond: number;
}

const SLOTS = 5;
const PROCESSES = 3;
const AT_ONCE = 12;
/** The quickest of NetSuite's calls take about so long. */
const LATENCY_MS = 200;
const WARM_UP_MS = 2000;
const MEASURED_MS = 12_000;

export const bench: Bench<NetSuiteResult> = {
  about: `NetSuite's slots: ${PROCESSES} processes share one account's limit of ${SLOTS}, each with ${AT_ONCE} calls to make at any time, ${LATENCY_MS} ms each`,
  run: measure,
  render: ({ slotsBusy, tooManyAfterWarmUp, callsPerSecond }) => [
    `${(slotsBusy * 100).toFixed(1)} % of the slots in use while work waits (aim: at least 95 %)`,
    `${tooManyAfterWarmUp} calls refused with 429 after warm-up (aim: 0)`,
    `${callsPerSecond.toFixed(1)} calls per second; ${((SLOTS * 1000) / LATENCY_MS).toFixed(1)} would be all that the account allows`,
  ],
};

async function measure(): Promise<NetSuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-netsuite-'));
  chmodSync(folder, 0o711);
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({
      port: (await takePort(0))!,
      dataFolder: join(folder, 'postgres'),
      logFolder: folder,
      fresh: true,
    });
    closing.push(postgres.stop);
    await prepareSchema(postgres.url, postgres.ownerUrl);
    const counts = { answered: 0, tooMany: 0 };
    const netsuite = await startNetSuiteSimulator({
      seed: exampleSeed(),
      port: 0,
      clock: { now: () => Date.parse('2026-11-20T12:00:00Z'), real: Date.now },
      switches: { concurrency: SLOTS, latencyMs: LATENCY_MS },
      log: (line) => {
        if (line.includes('/oauth2/')) return;
        if (line.endsWith(' 429')) counts.tooMany += 1;
        else counts.answered += 1;
      },
    });
    closing.push(() => netsuite.close());
    const work: Omit<AccountWork, 'name'> = {
      databaseUrl: postgres.url,
      slots: SLOTS,
      atOnce: AT_ONCE,
      account: netsuite.account,
      baseUrl: netsuite.url,
      tokenUrl: netsuite.tokenUrl,
      clientId: netsuite.clientId,
      certificateId: netsuite.certificateId,
      privateKeyPem: netsuite.privateKeyPem!,
    };
    await Promise.all(
      Array.from({ length: PROCESSES }, async (_, index) => {
        const child = fork(fileURLToPath(new URL('./account-worker.ts', import.meta.url)));
        closing.push(() => child.kill('SIGKILL'));
        const begun = once(child, 'message');
        child.send({ ...work, name: String(index) } satisfies AccountWork);
        await begun;
      }),
    );
    await wait(WARM_UP_MS);
    const before = { ...counts };
    const from = performance.now();
    await wait(MEASURED_MS);
    const seconds = (performance.now() - from) / 1000;
    const answered = counts.answered - before.answered;
    return {
      // Each call answered was under way for at least the latency, so this is never more than the truth.
      slotsBusy: (answered * LATENCY_MS) / 1000 / (SLOTS * seconds),
      tooManyAfterWarmUp: counts.tooMany - before.tooMany,
      callsPerSecond: answered / seconds,
    };
  } finally {
    for (const step of closing.reverse()) await step();
  }
}
