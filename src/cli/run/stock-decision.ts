import { renderDecidedAlready } from '../../domain/decisions/render-decided-before.ts';
import { commandOf } from '../../operations/decisions/next-step.ts';
import type { Decision } from '../../operations/decisions/decision.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { rowsOfException } from '../../operations/decisions/rows-of-exception.ts';
import { withConnectionAtWork, withConnections } from '../../operations/running-connection.ts';
import type { SentStockDecision, StockDecisions } from '../../contracts/decisions/stock-decisions.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderParagraph } from '../print/table.ts';

type Unsigned<D> = D extends unknown ? Omit<D, 'by'> : never;

/** Sends a decision about stock; the next look at stock carries it out, or plans it where the connection only plans, which is not waited for. */
export async function decideStock(
  io: CommandIo,
  { kind, ...said }: Unsigned<SentStockDecision>,
  options: ActionOptions,
): Promise<void> {
  const by = whoActs(options.by);
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, { update: kind, args: { ...said, by } } as Decision);
    const { audit, detail, choice, already = null, note = null, isPlanned = false } = result;
    if (options.json) {
      const head = { kind: commandOf(kind), connection: running.name };
      io.out(asJson({ ...head, ...said, by, audit, choice, detail, already, note, isPlanned }));
      return;
    }
    const lines = [
      `✓ ${detail}`,
      ...(note === null ? [] : [`! ${note}`]),
      ...(already === null
        ? [
            `✓ decided by ${by} · audit ${audit}`,
            `… the next look at stock ${isPlanned ? 'plans it, and it is posted once posting is live' : 'carries it out'}. Next: npx tieout exceptions`,
          ]
        : [`✓ ${renderDecidedAlready(already)} · audit ${audit}`, 'Next: npx tieout exceptions']),
    ].flatMap((line) => renderParagraph(line, Math.min(io.width, 110), 2));
    io.out(inCharactersOf(io, `${lines.join('\n')}\n`));
  });
}

/** The same for rows, named by their ids or all together by the number of their exception. */
export async function answerRows(
  io: CommandIo,
  decision: Omit<StockDecisions['answerRows'], 'by'>,
  options: ActionOptions,
): Promise<void> {
  const [first = '', ...others] = decision.rows;
  if (others.length > 0 || !/^[1-9]\d{0,8}$/.test(first))
    return decideStock(io, { kind: 'answerRows', ...decision }, options);
  const { connection, rows } = await withConnections(options.connection, ({ store, names }) =>
    rowsOfException(store, Number(first), names),
  );
  return decideStock(io, { kind: 'answerRows', ...decision, rows }, { ...options, connection });
}
