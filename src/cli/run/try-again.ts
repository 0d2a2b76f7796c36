import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { TryAgain } from '../../contracts/decisions/decisions.ts';
import { tryAgain as tryAgainOn } from '../../operations/try-again.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';

export async function tryAgain(
  io: CommandIo,
  stopped: Pick<TryAgain, 'of' | 'id'>,
  options: ActionOptions,
): Promise<void> {
  const { of, id } = stopped;
  const by = whoActs(options.by);
  const said = { ...stopped, by, ...(options.why === undefined ? {} : { why: options.why }) };
  await withConnectionAtWork(options.connection, async (running) => {
    const { before, left, audit } = await tryAgainOn(running, said, options.wait);
    if (options.json) {
      const open = left.map(({ number }) => number);
      io.out(asJson({ kind: 'try-again', connection: running.name, of, id, by, audit, before, open }));
      return;
    }
    const lines = [
      left.length === 0
        ? `✓ ${of} ${id} ${of === 'document' ? 'is as it was posted' : 'goes on'}`
        : `… ${of} ${id} was told; ${left.length} open:`,
      ...left.map(({ number, what }) => `  ${number} ${what}`),
      of === 'document' ? 'Next: npx tieout exceptions' : `Next: npx tieout status ${of} ${id}`,
      '',
    ];
    io.out(inCharactersOf(io, lines.join('\n')));
  });
}
