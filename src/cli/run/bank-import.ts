import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { ApplicationFailure } from '@temporalio/common';
import { explainStatement, type StatementStory } from '../../domain/matching/explain-statement.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderAmount, renderCount } from '../../domain/money/render-amount.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { saveFile } from '../../store/files/files.ts';
import { settlementStates, statementLines } from '../../store/bank/statement-lines.ts';
import { databaseNow } from '../../store/decisions/waiting.ts';
import { productPolicy } from '../../temporal/product-policy.ts';
import type { StatementForm } from '../../config/statement-form.ts';
import type { QueryOptions } from '../command-options.ts';
import type { CommandIo } from '../command-io.ts';
import { importCommand, statementRefusal } from '../statement-refusal.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderDayOfYear, renderPeriod } from '../print/dates.ts';
import { renderParagraph, renderParts, renderTable } from '../print/table.ts';
import { runImport } from './import-file.ts';
import { poll } from './poll.ts';
import { withConnection, withTemporal, type RunningConnection } from './running-connection.ts';
import {
  STATEMENT_IMPORT,
  type StatementImportInput,
  type StatementImportResult,
  type StatementRefused,
} from '../../contracts/bank/statement-import.ts';

const NOTHING: StatementStory = { amazon: [], matched: 0, others: 0 };

export interface BankImportOptions extends QueryOptions {
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
  const name = basename(file);
  await withConnection(options.connection, async (running) => {
    const imported = await takeIn(running, file, name, options, form);
    const story =
      imported.from === null || imported.to === null
        ? NOTHING
        : await poll(
            () => storyOf(running, options.account, imported.from!, imported.to!),
            (seen) => !seen.amazon.some((line) => line.soon),
            options.wait,
          );
    if (options.json) {
      io.out(
        `${JSON.stringify(
          {
            connection: running.name,
            file: name,
            account: options.account,
            accountTail: imported.account,
            from: imported.from,
            to: imported.to,
            lines: imported.lines,
            new: imported.fresh,
            knownBefore: imported.lines - imported.fresh,
            refused: 0,
            leftOut: imported.leftOut ?? [],
            formBy: imported.formBy ?? null,
            remembered: options.remember === true,
            amazonLines: story.amazon.map((line) => ({
              date: line.date,
              amount: formatMinor(line.amount, line.currency),
              currency: line.currency,
              what: line.what,
              how: line.how,
              matched: line.matched,
            })),
            matched: story.matched,
            otherLines: story.others,
          },
          null,
          2,
        )}\n`,
      );
      return;
    }
    io.out(inCharactersOf(io, render(name, options, imported, story, Math.min(io.width, 110))));
  });
}

async function takeIn(
  { world, name: connection, store }: RunningConnection,
  file: string,
  name: string,
  options: BankImportOptions,
  form: StatementForm | null,
): Promise<StatementImportResult> {
  let sha256: string;
  try {
    const now = await databaseNow(store.db);
    sha256 = await saveFile(store.db, name, createReadStream(file) as AsyncIterable<Buffer>, now);
  } catch (error) {
    throw unreadable(error, file);
  }
  const input: StatementImportInput = {
    connection,
    sha256,
    name,
    account: options.account,
    policy: productPolicy(world.simulators !== null),
    form,
    remember: options.remember === true,
    number: options.number ?? null,
  };
  return withTemporal(world, (client) =>
    runImport(client, STATEMENT_IMPORT, input, (failure) => refused(failure, file, options)),
  );
}

async function storyOf(
  { store, name }: RunningConnection,
  account: 'bank' | 'card',
  from: string,
  to: string,
): Promise<StatementStory> {
  const lines = await statementLines(store.db, name, account, from, to);
  const states = await settlementStates(
    store.db,
    name,
    lines.flatMap((line) => line.expectedBy ?? []),
  );
  return explainStatement(lines, (settlementId) => states.get(settlementId) ?? null);
}

function render(
  name: string,
  { account, remember }: BankImportOptions,
  imported: StatementImportResult,
  story: StatementStory,
  width: number,
): string {
  const { account: tail, from, to, lines, fresh, leftOut = [] } = imported;
  const head = [
    name,
    tail === null ? account : `account …${tail}`,
    ...(from === null || to === null ? [] : [renderPeriod(from, to)]),
    `${counted(lines, 'line')} read, ${renderCount(fresh)} new, ${renderCount(lines - fresh)} known before, 0 refused`,
    ...leftOut.map(({ line, text }) => `line ${renderCount(line)} is none and was left out: "${text}"`),
    ...howItWasRead(imported, account, remember === true),
  ];
  const table = renderTable(
    [{ align: 'right', key: true }, { align: 'right', key: true }, { align: 'left' }, { align: 'left', gives: true }],
    story.amazon.map((line) => [
      renderDayOfYear(line.date),
      renderAmount(line.amount, line.currency),
      line.what,
      line.how ?? '',
    ]),
    width,
  );
  const others = `${renderCount(story.others)} other ${story.others === 1 ? 'line' : 'lines'} kept, not used.`;
  const last =
    story.amazon.length === 0
      ? `No line of Amazon's in it. ${others}`
      : `${story.matched} of ${story.amazon.length} Amazon ${story.amazon.length === 1 ? 'line' : 'lines'} matched. ${others}`;
  return [...renderParts(head, width), ...table, ...renderParagraph(last, width), ''].join('\n');
}

function howItWasRead({ formBy }: StatementImportResult, account: 'bank' | 'card', remember: boolean): string[] {
  if (remember) return [`its columns are remembered for the ${account} account`];
  if (formBy === 'remembered') return [`read by the columns remembered for the ${account} account`];
  return formBy === 'configuration' ? ['read by statementColumns of the configuration'] : [];
}

/** The worker names file, line and field, and for a CSV of other columns what would read it. */
function refused(
  failure: ApplicationFailure,
  file: string,
  { account, connection, number }: BankImportOptions,
): TieoutError | null {
  if (failure.type !== 'STATEMENT_REFUSED') return null;
  return statementRefusal(
    failure.details![0] as StatementRefused,
    basename(file),
    'Nothing of it was taken in.',
    importCommand(file, account, connection, number),
  );
}

function unreadable(error: unknown, file: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason = new Map([
    ['ENOENT', 'there is no such file'],
    ['EISDIR', 'it is a folder'],
    ['EACCES', 'it may not be read'],
  ]).get(code);
  if (reason === undefined) return error;
  return new TieoutError({
    code: 'report-file',
    what: 'The statement cannot be opened.',
    notDone: 'Nothing was taken in.',
    where: [`${file}: ${reason}`],
    do: ['give the path of a statement, OFX or CSV'],
  });
}
