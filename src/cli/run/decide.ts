import { setTimeout as sleep } from 'node:timers/promises';
import { isDecided } from '../../domain/exceptions/open-decision.ts';
import { renderExceptionTitle } from '../../domain/exceptions/render-exception.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Database } from '../../store/database.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { CommandIo } from '../command-io.ts';
import { decidedBy, type ActionOptions } from '../command-options.ts';
import { EXIT } from '../exit-codes.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderParagraph } from '../print/table.ts';
import { readDecisions, updateOf } from './decision-file.ts';
import { decisionWords, isOpen, readOpenSubjects } from './decision-subjects.ts';
import { withConnection, withTemporal } from './running-connection.ts';
import { sendDecision, type Decision } from './send-decision.ts';
import { stillOpen } from './still-open.ts';

interface Sent {
  decision: Decision;
  result: DecisionResult | null;
  refused: string | null;
}
/** `waiting` answer nothing that is open yet; `open` is what no decision of the file has ended. */
interface Taken {
  sent: Sent[];
  waiting: Decision[];
  open: StoredException[];
}

export async function decideFile(io: CommandIo, file: string, options: ActionOptions): Promise<void> {
  const decisions = readDecisions(file, 'Nothing was decided.');
  const by = decidedBy(options.by);
  await withConnection(options.connection, ({ world, name, store }) =>
    withTemporal(world, async (client) => {
      const updates = decisions.map((decision) => updateOf(decision, by));
      const taken = await takeAll(store.db, name, updates, options.wait, (decision) =>
        sendDecision(client, name, world.simulators !== null, decision),
      );
      io.out(
        options.json
          ? `${JSON.stringify(documentOf(name, taken), null, 2)}\n`
          : inCharactersOf(
              io,
              `${linesOf(taken)
                .flatMap((line) => renderParagraph(line, Math.min(io.width, 110), 2))
                .join('\n')}\n`,
            ),
      );
      io.exitCode = taken.sent.some(({ refused }) => refused !== null)
        ? EXIT.refused
        : taken.waiting.length + taken.open.length > 0
          ? EXIT.undecided
          : EXIT.done;
    }),
  );
}

/** Sends each once what it names is open, and sees it carried out. What one releases may ask for another, so it looks again for `seconds`; one that is refused holds up no other. */
async function takeAll(
  db: Database,
  connection: string,
  decisions: readonly Decision[],
  seconds: number,
  send: (decision: Decision) => Promise<DecisionResult>,
): Promise<Taken> {
  const until = performance.now() + seconds * 1000;
  const sent: Sent[] = [];
  let waiting = [...decisions];
  for (;;) {
    const subjects = await readOpenSubjects(db, connection);
    for (const decision of waiting.filter((one) => isOpen(one, subjects))) {
      sent.push(await answered(decision, send));
      waiting = waiting.filter((one) => one !== decision);
    }
    const open = await openExceptions(db, connection);
    const done = waiting.length === 0 && !open.some(isDecided);
    if (done || sent.length === 0 || performance.now() > until) return { sent, waiting, open };
    await sleep(500);
  }
}

async function answered(decision: Decision, send: (decision: Decision) => Promise<DecisionResult>): Promise<Sent> {
  try {
    return { decision, result: await send(decision), refused: null };
  } catch (error) {
    if (!(error instanceof TieoutError) || error.code === 'not-running') throw error;
    return { decision, result: null, refused: error.notice.what };
  }
}

function linesOf({ sent, waiting, open }: Taken): string[] {
  return [
    ...sent.map(({ decision, result, refused }) =>
      result === null
        ? `✗ ${decisionWords(decision)}: ${refused ?? ''}`
        : `✓ ${decisionWords(decision)} · decided by ${decision.args.by} · audit ${result.audit} · released ${result.released}`,
    ),
    ...waiting.map((decision) => `… ${decisionWords(decision)}: nothing waits for it; not sent`),
    stillOpen(open.map((exception) => renderExceptionTitle(exception))),
  ];
}

function documentOf(connection: string, { sent, waiting, open }: Taken): object {
  return {
    connection,
    sent: sent.map(({ decision: { update, args }, result, refused }) => ({
      update,
      ...args,
      audit: result?.audit ?? null,
      released: result?.released ?? null,
      detail: result?.detail ?? null,
      refused,
    })),
    waiting: waiting.map(({ update, args }) => ({ update, ...args })),
    open: open.map(({ id, code, key, subject }) => ({ number: id, code, key, subject })),
  };
}
