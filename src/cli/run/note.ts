import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { connectionOfException } from '../../operations/exceptions/connection-of-exception.ts';
import { withConnectionAtWork, withConnections } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { NoteOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';

export async function noteException(
  io: CommandIo,
  { exception, why }: { exception: number; why: string },
  options: NoteOptions,
): Promise<void> {
  const by = whoActs(options.by);
  // The number names its connection, so none need be given.
  const connection = await withConnections(options.connection, ({ store, names }) =>
    connectionOfException(store, exception, names),
  );
  await withConnectionAtWork(connection, async (running) => {
    const { reason, case: reference, assign: assignee, until } = options;
    const about = {
      exception,
      ...(reason === undefined ? {} : { reason }),
      ...(reference === undefined ? {} : { reference }),
      ...(assignee === undefined ? {} : { assignee }),
      ...(until === undefined ? {} : { until }),
    };
    const { audit, choice, detail } = await sendDecision(running, {
      update: 'noteException',
      args: { ...about, by, why },
    });
    if (options.json)
      return io.out(
        asJson({ kind: 'note-exception', connection: running.name, ...about, choice, by, why, audit, detail }),
      );
    io.out(
      inCharactersOf(
        io,
        [`✓ ${detail}`, `✓ written by ${by} · audit ${audit}`, `Next: npx tieout exceptions ${exception}`, ''].join(
          '\n',
        ),
      ),
    );
  });
}
