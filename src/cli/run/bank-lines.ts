import { renderDay } from '../../domain/clocks/render-dates.ts';
import { movementName } from '../../domain/matching/explain-statement.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { bankLinesView, type BankLineView } from '../../views/bank/bank-lines-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { showMoney } from '../print/amounts.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderTable } from '../print/table.ts';

export interface BankLinesOptions extends QueryOptions {
  account?: 'bank' | 'card';
  unmatched?: boolean;
}

export async function listBankLines(io: CommandIo, options: BankLinesOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const lines = await bankLinesView(running, running.names, {
      account: options.account ?? null,
      unmatched: options.unmatched === true,
    });
    io.out(options.json ? asJson(lines) : inCharactersOf(io, table(lines, io.width, running.names.length > 1)));
  });
}

function table(lines: readonly BankLineView[], width: number, several: boolean): string {
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
    lines.map(({ number, date, amount, currency, account, accountTail, description, proves, connection }) => [
      String(number),
      renderDay(date),
      showMoney(amount, currency),
      accountTail === null ? account : `${account} …${accountTail}`,
      proves === null ? 'free' : movementName(proves),
      description.replace(/\s+/g, ' '),
      connection,
    ]),
    width,
  );
  const free = lines.filter(({ proves }) => proves === null).length;
  return `${rows.join('\n')}\n${counted(lines.length, 'line')}, ${free} free.\n`;
}
