/** The end of a run: each connection tied out, one verdict over all of them, the report and the exit code. */
import { writeFileSync } from 'node:fs';
import type { StartedWorld } from '../../local/start-world.ts';
import type { Session } from '../../operations/setup/session.ts';
import { tieOut } from '../../operations/tie-out/tie-out.ts';
import { partsOfRun } from '../../views/tie-out/run-parts.ts';
import { runReport, type Run } from '../../views/tie-out/run-report.ts';
import { exitCodeOfRun } from '../../views/tie-out/run-verdict.ts';
import type { CommandIo } from '../command-io.ts';
import { inCharactersOf } from '../print/characters.ts';
import { shortTitle } from './narrate.ts';
import { renderTieOut } from './tie-out-table.ts';
import { renderVerdict } from './tie-out-verdict.ts';
import { vatOfRun } from './vat-of-run.ts';

/** Of a run that began at `begun`, by `performance.now()`; `interrupted` where it is stopped before all was taken in. */
export async function printTieOut(
  session: Session,
  world: StartedWorld,
  options: { report: string | null; json: boolean },
  io: CommandIo,
  { begun, interrupted = false }: { begun: number; interrupted?: boolean },
): Promise<void> {
  const { tieOuts, workflows } = await tieOut(
    session,
    session.connections.map(({ name }) => name),
  );
  const temporal = { address: world.run.temporal.address, ...workflows };
  const run: Run = { temporal, seconds: (performance.now() - begun) / 1000, interrupted };
  const parts = await partsOfRun({ store: session.store, world: world.run }, session.connections);
  const report = runReport(tieOuts, { ...run, seconds: Math.round(run.seconds * 10) / 10 }, parts);
  if (options.report !== null) writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`);
  if (options.json) io.out(`${JSON.stringify(report)}\n`);
  else {
    const tables: string[] = [];
    for (const [index, one] of tieOuts.entries())
      tables.push(
        ...(index === 0 ? [] : ['']),
        ...renderTieOut(one, shortTitle(world.title), io.width, parts.get(one.connection)),
        ...(interrupted ? [] : await vatOfRun(session, world.run, one, io.width)),
      );
    io.out(`${inCharactersOf(io, [...tables, ...renderVerdict(tieOuts, run, io.width, parts)].join('\n'))}\n`);
  }
  io.exitCode = exitCodeOfRun(tieOuts, { failed: temporal.failed, interrupted, parts });
}
