import type { ReadAgain } from '../../contracts/decisions/decisions.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderParagraph } from '../print/table.ts';

export async function readAgain(io: CommandIo, decision: Omit<ReadAgain, 'by'>, options: ActionOptions): Promise<void> {
  const by = whoActs(options.by);
  const { what, why } = decision;
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, { update: 'readAgain', args: { ...decision, by } });
    const { audit, detail, readAgain: plan } = result;
    if (options.json) {
      io.out(asJson({ kind: 'read-again', connection: running.name, what, ...plan, by, why, audit, detail }));
      return;
    }
    const [first, ...others] = detail.split('; ');
    const lines = [
      `✓ ${first}`,
      ...others.map((line) => `  ${line}`),
      `✓ decided by ${by} · audit ${audit}`,
      'Next: npx tieout status',
    ].flatMap((line) => renderParagraph(line, Math.min(io.width, 110), 2));
    io.out(inCharactersOf(io, `${lines.join('\n')}\n`));
  });
}
