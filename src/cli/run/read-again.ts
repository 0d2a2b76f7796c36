import type { ReadAgain } from '../../contracts/decisions/decisions.ts';
import type { CommandIo } from '../command-io.ts';
import { decidedBy, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderParagraph } from '../print/table.ts';
import { withConnection, withTemporal } from './running-connection.ts';
import { sendDecision } from './send-decision.ts';

export async function readAgain(io: CommandIo, decision: Omit<ReadAgain, 'by'>, options: ActionOptions): Promise<void> {
  const by = decidedBy(options.by);
  const { what, why } = decision;
  await withConnection(options.connection, ({ world, name }) =>
    withTemporal(world, async (client) => {
      const {
        audit,
        detail,
        readAgain: plan,
      } = await sendDecision(client, name, world.simulators !== null, {
        update: 'readAgain',
        args: { ...decision, by },
      });
      if (options.json) {
        io.out(
          `${JSON.stringify({ kind: 'read-again', connection: name, what, ...plan, by, why, audit, detail }, null, 2)}\n`,
        );
        return;
      }
      const [first, ...others] = detail.split('; ');
      const lines = [
        `✓ ${first}`,
        ...others.map((line) => `  ${line}`),
        `✓ decided by ${by} · audit ${audit}`,
        'Next: npx tieout status',
      ];
      io.out(
        inCharactersOf(
          io,
          `${lines.flatMap((line) => renderParagraph(line, Math.min(io.width, 110), 2)).join('\n')}\n`,
        ),
      );
    }),
  );
}
