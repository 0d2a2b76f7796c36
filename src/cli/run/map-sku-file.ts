import { readMappings, updateOf } from '../../operations/decisions/decision-file.ts';
import { sendEach } from '../../operations/decisions/take-decisions.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderParagraph } from '../print/table.ts';
import { notesOf, sentDocument, sentLine } from './sent-decision.ts';

/** Every mapping of a file, whether an order waits for it or not; one that is refused holds up no other. */
export async function mapSkusOfFile(io: CommandIo, file: string, options: ActionOptions): Promise<void> {
  const mappings = readMappings(file, 'Nothing was mapped.');
  const by = whoActs(options.by);
  await withConnectionAtWork(options.connection, async (running) => {
    const sent = await sendEach(
      running,
      mappings.map((mapping) => updateOf(mapping, by)),
    );
    const lines = [...sent.map(sentLine), ...(await notesOf(running, sent))].flatMap((line) =>
      renderParagraph(line, Math.min(io.width, 110), 2),
    );
    io.out(
      options.json
        ? asJson({ connection: running.name, sent: sent.map(sentDocument) })
        : inCharactersOf(io, `${lines.join('\n')}\n`),
    );
    io.exitCode = sent.some(({ refused }) => refused !== null) ? EXIT.refused : EXIT.done;
  });
}
