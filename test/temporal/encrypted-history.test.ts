/** The codec on a real server: what its database holds, and what we read. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WorkflowFailedError } from '@temporalio/client';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { takePort } from '../../src/local/ports.ts';
import { findTemporal } from '../../src/local/temporal-binary.ts';
import { startTemporal, type RunningTemporal } from '../../src/local/temporal-server.ts';
import { dataConverterOf } from '../../src/temporal/payload-codec.ts';

const dataConverter = dataConverterOf(
  { temporal: { codec: { keyIds: ['k'] } } },
  { TIEOUT_CODEC_KEYS: `k:${randomBytes(32).toString('base64')}` },
)!;
let server: RunningTemporal;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await startTemporal(await findTemporal(), {
    port: (await takePort(0))!,
    uiPort: null,
    logFolder: mkdtempSync(join(tmpdir(), 'tieout-codec-')),
  });
}, 120_000);
afterAll(() => server.stop());

test('with the codec on, neither arguments nor the words of a failure lie open in the history, and we read both', async () => {
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection: native,
    taskQueue: 'codec',
    workflowsPath: fileURLToPath(new URL('./secret-workflow.ts', import.meta.url)),
    dataConverter,
  });
  const client = new Client({ connection, dataConverter });
  await worker.runUntil(async () => {
    const handle = await client.workflow.start('secretWorkflow', {
      workflowId: 'codec',
      taskQueue: 'codec',
      args: ['7921.42'],
    });
    const failure = await handle.result().then(
      () => null,
      (error: unknown) => error,
    );
    expect((failure as WorkflowFailedError).cause?.message).toBe('the amount was 7921.42');
    const { history } = await client.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId: 'codec' },
    });
    const bytes = Buffer.from(proto.temporal.api.history.v1.History.encode(history!).finish()).toString('latin1');
    expect(bytes).toContain('binary/encrypted');
    expect(bytes).not.toContain('7921.42');
  });
  await Promise.all([connection.close(), native.close()]);
});
