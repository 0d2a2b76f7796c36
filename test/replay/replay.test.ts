import { beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import * as workflows from '../../src/workflows/all-workflows.ts';

const FOLDER = fileURLToPath(new URL('histories/', import.meta.url));
const histories = readdirSync(FOLDER)
  .sort()
  .map((file) => ({
    workflowId: file.replace('.json', ''),
    history: historyFromJSON(JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8'))),
  }));
const typeOf = ({ history }: (typeof histories)[number]) =>
  history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';

function bundle(path: string): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL(path, import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
}

/** Name of each history with the kind of error that its replay ends in, or null. */
async function replayed(
  code: WorkflowBundleWithSourceMap,
  of: typeof histories,
): Promise<Record<string, string | null>> {
  const results: Record<string, string | null> = {};
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: code }, of)) {
    results[workflowId] =
      error === undefined ? null : error instanceof DeterminismViolationError ? 'not deterministic' : String(error);
  }
  return results;
}

describe('recorded histories', () => {
  beforeAll(() => {
    Runtime.install({
      logger: new DefaultLogger('ERROR', () => {}),
      telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
    });
  });

  test('there is one of every workflow', () => {
    expect([...new Set(histories.map(typeOf))].sort()).toEqual(Object.keys(workflows).sort());
  });

  test('none names the machine that recorded it', () => {
    const named = readdirSync(FOLDER).filter((file) => /"\d+@(?!host")/.test(readFileSync(`${FOLDER}${file}`, 'utf8')));
    expect(named).toEqual([]);
  });

  test('each replays on the workflows as they are', async () => {
    expect(await replayed(await bundle('../../src/workflows/all-workflows.ts'), histories)).toEqual(
      Object.fromEntries(histories.map(({ workflowId }) => [workflowId, null])),
    );
  });

  test('an order workflow that was changed without a patch fails replay, one that was not does not', async () => {
    const orders = histories.filter((history) => typeOf(history) === 'orderLifecycle');
    const payouts = histories.filter((history) => typeOf(history) === 'payout');
    expect(await replayed(await bundle('altered/all-workflows.ts'), [...orders, ...payouts])).toEqual({
      ...Object.fromEntries(orders.map(({ workflowId }) => [workflowId, 'not deterministic'])),
      ...Object.fromEntries(payouts.map(({ workflowId }) => [workflowId, null])),
    });
  });
});
