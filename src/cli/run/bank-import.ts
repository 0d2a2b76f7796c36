import { basename } from 'node:path';
import type { StatementForm } from '../../config/statement-form.ts';
import type { StatementImportResult } from '../../contracts/bank/statement-import.ts';
import { renderDayOfYear, renderPeriod } from '../../domain/clocks/render-dates.ts';
import { counted, renderCount } from '../../domain/money/render-amount.ts';
import { StatementRefusal, importStatementFile, requireStatementFile } from '../../operations/bank/import-statement.ts';
import { poll } from '../../operations/poll.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import { statementView, type StatementView } from '../../views/bank/statement-view.ts';
import { whoActs } from '../../config/who-acts.ts';
import type { ByOptions, QueryOptions } from '../command-options.ts';
import type { CommandIo } from '../command-io.ts';
import { showAmount } from '../print/amounts.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderParagraph, renderParts, renderTable } from '../print/table.ts';
import { importCommand, statementRefusal } from '../statement-refusal.ts';

export interface BankImportOptions extends QueryOptions, ByOptions {
  account: 'bank' | 'card';
  wait: number;
  remember?: boolean;
  number?: string;
}

/** @param form how the CSV is written, as the command says; null where it says nothing */
export async function importStatement(
  io: CommandIo,
  file: string,
  options: BankImportOptions,
  form: StatementForm | null,
): Promise<void> {
  const { account, connection, number, remember = false } = options;
  await requireStatementFile(file);
  await withConnectionAtWork(connection, async (running) => {
    const imported = await importStatementFile(running, file, {
      account,
      form,
      remember,
      number: number ?? null,
      by: whoActs(options.by),
    }).catch((error: unknown) => {
      if (!(error instanceof StatementRefusal)) throw error;
      const command = importCommand(file, account, connection, number);
      throw statementRefusal(error.refused, basename(file), 'Nothing of it was taken in.', command);
    });
    const { from, to } = imported;
    const view = await poll(
      () => statementView(running, account, from === null || to === null ? null : { from, to }),
      (seen) => seen.settled,
      options.wait,
    );
    if (options.json) io.out(asJson(documentOf(running.name, basename(file), options, imported, view)));
    else io.out(inCharactersOf(io, render(basename(file), options, imported, view, Math.min(io.width, 110))));
  });
}

function documentOf(
  connection: string,
  file: string,
  { account, remember = false }: BankImportOptions,
  imported: StatementImportResult,
  { amazonLines, matched, otherLines }: StatementView,
): object {
  return {
    connection,
    file,
    account,
    accountTail: imported.account,
    from: imported.from,
    to: imported.to,
    lines: imported.lines,
    new: imported.fresh,
    knownBefore: imported.lines - imported.fresh,
    refused: 0,
    leftOut: imported.leftOut ?? [],
    formBy: imported.formBy ?? null,
    remembered: remember,
    amazonLines,
    matched,
    otherLines,
  };
}

function render(
  name: string,
  { account, remember = false }: BankImportOptions,
  imported: StatementImportResult,
  { amazonLines, matched, otherLines }: StatementView,
  width: number,
): string {
  const { account: tail, from, to, lines, fresh, leftOut = [] } = imported;
  const head = [
    name,
    tail === null ? account : `account …${tail}`,
    ...(from === null || to === null ? [] : [renderPeriod(from, to)]),
    `${counted(lines, 'line')} read, ${renderCount(fresh)} new, ${renderCount(lines - fresh)} known before, 0 refused`,
    ...leftOut.map(({ line, text }) => `line ${renderCount(line)} is none and was left out: "${text}"`),
    ...howItWasRead(imported, account, remember ? 'remembered now' : 'as before'),
  ];
  const table = renderTable(
    [{ align: 'right', key: true }, { align: 'right', key: true }, { align: 'left' }, { align: 'left', gives: true }],
    amazonLines.map(({ date, amount, currency, what, how }) => [
      renderDayOfYear(date),
      showAmount(amount, currency),
      what,
      how ?? '',
    ]),
    width,
  );
  const others = `${renderCount(otherLines)} other ${otherLines === 1 ? 'line' : 'lines'} kept, not used.`;
  const last =
    amazonLines.length === 0
      ? `No line of Amazon's in it. ${others}`
      : `${matched} of ${amazonLines.length} Amazon ${amazonLines.length === 1 ? 'line' : 'lines'} matched. ${others}`;
  return [...renderParts(head, width), ...table, ...renderParagraph(last, width), ''].join('\n');
}

function howItWasRead(
  { formBy }: StatementImportResult,
  account: 'bank' | 'card',
  columns: 'remembered now' | 'as before',
): string[] {
  if (columns === 'remembered now') return [`its columns are remembered for the ${account} account`];
  if (formBy === 'remembered') return [`read by the columns remembered for the ${account} account`];
  return formBy === 'configuration' ? ['read by statementColumns of the configuration'] : [];
}
