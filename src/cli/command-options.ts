import { InvalidArgumentError, Option, type Command } from 'commander';
import type { NoteReason } from '../domain/exceptions/render-note.ts';
import { TieoutError } from '../errors/tieout-error.ts';

export interface QueryOptions {
  connection?: string;
  json?: boolean;
}
export interface ActionOptions extends QueryOptions, ByOptions {
  why?: string;
  wait: number;
}

/** Options of every command that looks into the running system. */
export function withQueryOptions(command: Command): Command {
  return command
    .option('--connection <name>', 'which connection, where several are configured')
    .option('--json', 'one document on stdout');
}

export interface ListOptions extends QueryOptions {
  all?: boolean;
}

/** Those of one that prints a list which may be long. */
export function withListOptions(command: Command): Command {
  return withQueryOptions(command).option('--all', 'every row of a long list');
}

export interface CsvOptions extends ListOptions {
  csv?: boolean;
}

/** Those of a list that a spreadsheet may take. */
export function withCsvOptions(command: Command): Command {
  return withListOptions(command).addOption(new Option('--csv', 'every row, as CSV').conflicts('json'));
}

export interface ArchiveOptions extends QueryOptions {
  out?: string;
}

/** Those of one that writes evidence into an archive. */
export function withArchiveOptions(command: Command): Command {
  return withQueryOptions(command).option('--out <file>', 'where to; else its own name in this folder');
}

/** Options of every command that decides something: who, why, and how long to watch what it does. */
export function withActionOptions(command: Command): Command {
  return withWaitOption(
    withByOption(withQueryOptions(command)).option('--why <reason>', 'why; kept in the audit record'),
  );
}

export interface ByOptions {
  by?: string;
}

/** Of every command that does something in the name of a person. */
export function withByOption(command: Command): Command {
  return command.option('--by <who>', 'who does it; else $TIEOUT_BY, else the user of this machine');
}

export function withWaitOption(command: Command): Command {
  return command.option('--wait <seconds>', 'how long to watch what it sets going', seconds, 30);
}

function seconds(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('a number of seconds is expected');
  return Number(text);
}

/** The reason of an action that books something by a person's word. @throws TieoutError `usage` without one */
export function reasonOf(why: string | undefined, what: string): string {
  if (why !== undefined && why.trim() !== '') return why;
  throw new TieoutError({
    code: 'usage',
    what: `${what} only with a reason.`,
    notDone: 'Nothing was decided.',
    where: [],
    do: ['add --why "…": it stays in the audit record'],
  });
}

export interface ExceptionsOptions extends QueryOptions {
  snoozed?: boolean;
}

export interface NoteOptions extends QueryOptions, ByOptions {
  why?: string;
  reason?: NoteReason;
  case?: string;
  assign?: string;
  until?: string;
}
