import { movementName } from '../../domain/matching/explain-statement.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderMoney } from '../../domain/money/render-amount.ts';
import { numberedLines, type NumberedLine } from '../../store/bank/statement-lines.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderDay } from '../print/dates.ts';
import { renderTable } from '../print/table.ts';
import { withConnections } from './running-connection.ts';

export interface BankLinesOptions extends QueryOptions {
  account?: 'bank' | 'card';
  unmatched?: boolean;
}

export async function listBankLines(io: CommandIo, options: BankLinesOptions): Promise<void> {
  await withConnections(options.connection, async (_world, connections, store) => {
    const names = connections.map(({ name }) => name);
    const lines = await numberedLines(store.db, names, {
      account: options.account ?? null,
      unmatched: options.unmatched === true,
    });
    io.out(
      options.json
        ? `${JSON.stringify(lines.map(document), null, 2)}\n`
        : inCharactersOf(io, table(lines, io.width, names.length > 1)),
    );
  });
}

function table(lines: readonly NumberedLine[], width: number, several: boolean): string {
  if (lines.length === 0) return 'No such line. Statements are taken in by npx tieout bank import FILE\n';
  const rows = renderTable(
    [
      { align: 'right', head: '#', key: true },
      { align: 'right', head: 'Date', key: true },
      { align: 'right', head: 'Amount' },
      { align: 'left', head: 'Account' },
      { align: 'left', head: 'Proves' },
      { align: 'left', head: 'Description', gives: true },
      ...(several ? [{ align: 'left' as const, head: 'Connection' }] : []),
    ],
    lines.map(({ number, date, amount, currency, account, accountTail, description, movement, connection }) => [
      String(number),
      renderDay(date),
      renderMoney(amount, currency),
      accountTail === null ? account : `${account} …${accountTail}`,
      movement === null ? 'free' : movementName(movement),
      description.replace(/\s+/g, ' '),
      connection,
    ]),
    width,
  );
  const free = lines.filter(({ movement }) => movement === null).length;
  return `${rows.join('\n')}\n${counted(lines.length, 'line')}, ${free} free.\n`;
}

function document({ amount, currency, movement, ...line }: NumberedLine) {
  return { ...line, amount: formatMinor(amount, currency), currency, proves: movement };
}
