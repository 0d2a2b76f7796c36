/** The end of a run: each connection tied out, one verdict over all of them, the report and the exit code. */
import { writeFileSync } from 'node:fs';
import { TIE_OUT, type TieOut, type TieOutWorkflow } from '../../contracts/tie-out/tie-out.ts';
import { workflowQueue } from '../../contracts/task-queues.ts';
import type { StartedWorld } from '../../local/start-world.ts';
import type { CommandIo } from '../command-io.ts';
import { inCharactersOf } from '../print/characters.ts';
import { shortTitle } from './narrate.ts';
import { exitCodeOfRun, runReport, type TemporalCounts } from './run-report.ts';
import { serverVersion, type Session } from './session.ts';
import { renderTieOut } from './tie-out-table.ts';
import { renderVerdict } from './tie-out-verdict.ts';

/**
 * @param begun when the run began, by `performance.now()`
 * @param interrupted whether it is stopped before all was taken in
 */
export async function printTieOut(
  session: Session,
  world: StartedWorld,
  options: { report: string | null; json: boolean },
  io: CommandIo,
  begun: number,
  interrupted = false,
): Promise<void> {
  const tieOuts: TieOut[] = [];
  for (const { name: connection } of session.connections) {
    tieOuts.push(
      await session.client.workflow.execute<TieOutWorkflow>(TIE_OUT.name, {
        workflowId: TIE_OUT.idOf(connection),
        taskQueue: workflowQueue(),
        args: [{ connection, policy: session.look.policy }],
      }),
    );
  }
  const count = async (status: string) => (await session.client.workflow.count(`ExecutionStatus = '${status}'`)).count;
  const temporal: TemporalCounts = {
    address: world.run.temporal.address,
    server: await serverVersion(session),
    completed: await count('Completed'),
    running: await count('Running'),
    failed: await count('Failed'),
  };
  const seconds = (performance.now() - begun) / 1000;
  const report = runReport(tieOuts, temporal, Math.round(seconds * 10) / 10, interrupted);
  if (options.report !== null) writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`);
  if (options.json) io.out(`${JSON.stringify(report)}\n`);
  else {
    const tables = tieOuts.flatMap((tieOut, index) => [
      ...(index === 0 ? [] : ['']),
      ...renderTieOut(tieOut, shortTitle(world.title), io.width),
    ]);
    io.out(
      `${inCharactersOf(io, [...tables, ...renderVerdict(tieOuts, temporal, seconds, io.width, interrupted)].join('\n'))}\n`,
    );
  }
  io.exitCode = exitCodeOfRun(tieOuts, { failed: temporal.failed, interrupted });
}
