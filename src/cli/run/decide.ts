import { renderExceptionTitle } from '../../domain/exceptions/render-exception.ts';
import { readDecisions, updateOf } from '../../operations/decisions/decision-file.ts';
import { decisionWords } from '../../operations/decisions/open-subjects.ts';
import { takeDecisions, type TakenDecisions } from '../../operations/decisions/take-decisions.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderParagraph } from '../print/table.ts';
import { notesOf, sentDocument, sentLine } from './sent-decision.ts';
import { stillOpen } from './still-open.ts';

export async function decideFile(io: CommandIo, file: string, options: ActionOptions): Promise<void> {
  const decisions = readDecisions(file, 'Nothing was decided.');
  const by = whoActs(options.by);
  await withConnectionAtWork(options.connection, async (running) => {
    const updates = decisions.map((decision) => updateOf(decision, by));
    const taken = await takeDecisions(running, updates, options.wait);
    const notes = await notesOf(running, taken.sent);
    const lines = linesOf(taken, notes).flatMap((line) => renderParagraph(line, Math.min(io.width, 110), 2));
    io.out(options.json ? asJson(documentOf(running.name, taken)) : inCharactersOf(io, `${lines.join('\n')}\n`));
    io.exitCode = taken.sent.some(({ refused }) => refused !== null)
      ? EXIT.refused
      : taken.waiting.length + taken.open.length > 0
        ? EXIT.undecided
        : EXIT.done;
  });
}

function linesOf({ sent, waiting, open }: TakenDecisions, notes: readonly string[]): string[] {
  return [
    ...sent.map(sentLine),
    ...notes,
    ...waiting.map((decision) => `… ${decisionWords(decision)}: nothing waits for it; not sent`),
    stillOpen(open.map((exception) => renderExceptionTitle(exception))),
  ];
}

function documentOf(connection: string, { sent, waiting, open }: TakenDecisions): object {
  return {
    connection,
    sent: sent.map(sentDocument),
    waiting: waiting.map(({ update, args }) => ({ update, ...args })),
    open: open.map(({ id, code, key, subject }) => ({ number: id, code, key, subject })),
  };
}
