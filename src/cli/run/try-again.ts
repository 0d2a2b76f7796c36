import { withConnectionAtWork } from '../../operations/running-connection.ts';
import { tryAgain as tryAgainOn, type Stopped } from '../../operations/try-again.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';

export async function tryAgain(
  io: CommandIo,
  stopped: Stopped,
  options: QueryOptions & { wait: number },
): Promise<void> {
  const { of, id } = stopped;
  await withConnectionAtWork(options.connection, async (running) => {
    const { before, left } = await tryAgainOn(running, stopped, options.wait);
    if (options.json) {
      const open = left.map(({ number }) => number);
      io.out(asJson({ kind: 'try-again', connection: running.name, of, id, before, open }));
      return;
    }
    const lines = [
      left.length === 0 ? `✓ ${of} ${id} goes on` : `… ${of} ${id} was told; ${left.length} open:`,
      ...left.map(({ number, what }) => `  ${number} ${what}`),
      `Next: npx tieout status ${of} ${id}`,
      '',
    ];
    io.out(inCharactersOf(io, lines.join('\n')));
  });
}
