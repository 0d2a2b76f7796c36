import { hostname, userInfo } from 'node:os';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { readEnvironment } from '../config/environment.ts';
import { TieoutError } from '../errors/tieout-error.ts';

export interface QueryOptions {
  connection?: string;
  json?: boolean;
}
export interface ActionOptions extends QueryOptions {
  by?: string;
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

/** Options of every command that decides something: who, why, and how long to watch what it does. */
export function withActionOptions(command: Command): Command {
  return withWaitOption(
    withQueryOptions(command)
      .option('--by <who>', 'who decides; else $TIEOUT_BY, else the user of this machine')
      .option('--why <reason>', 'why; kept in the audit record'),
  );
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

/** Who acts, for the audit record. */
export function decidedBy(by: string | undefined): string {
  return by ?? readEnvironment().decidedBy ?? `${userInfo().username}@${hostname()}`;
}
