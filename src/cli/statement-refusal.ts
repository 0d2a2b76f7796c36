import { TieoutError } from '../errors/tieout-error.ts';
import { renderStatementOptions, shellWord } from './statement-options.ts';
import type { StatementRefused } from '../contracts/bank/statement-import.ts';

/** The command that was given, for the one that would do: `npx tieout bank import FILE`, `npm start -- … --bank FILE`. */
export interface GivenCommand {
  words: string;
  prefix: '' | 'bank-' | 'card-';
  remember: boolean;
}

/** A refused statement as people are told of it; where its columns were not found, its headers and the whole command that reads it. */
export function statementRefusal(
  { problem, formBy }: StatementRefused,
  file: string,
  notDone: string,
  command: GivenCommand,
): TieoutError {
  const { place, field, text, what, advice, headers, suggestion } = problem;
  const at = place === null ? '' : `, line ${place.line}, column ${place.column}`;
  const by =
    formBy === 'remembered'
      ? ['it was read by the columns that are remembered for this account']
      : formBy === 'configuration'
        ? ['it was read by statementColumns of the configuration']
        : [];
  return new TieoutError({
    code: 'statement-line',
    what: `The statement cannot be read: ${what}.`,
    notDone,
    where: [
      `${file}${at}${field === null ? '' : `, "${field}"`}${text === null || text === '' ? '' : `: "${text}"`}`,
      ...by,
      ...(headers === null || headers.length === 0 ? [] : [`its headers are ${headers.join(' · ')}`]),
    ],
    ...(suggestion === null || suggestion.doubts.length === 0
      ? {}
      : { why: `before you give the command: ${suggestion.doubts.join('; ')}` }),
    do:
      suggestion === null
        ? [`${advice.charAt(0).toLowerCase()}${advice.slice(1)}`]
        : commandLines(command, renderStatementOptions(suggestion.form, command.prefix)),
  });
}

/** One command over several lines, each of which a shell goes on from. */
function commandLines({ words, remember }: GivenCommand, options: readonly string[]): string[] {
  const lines = [words, ...options, ...(remember ? ['--remember'] : [])];
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

export function importCommand(
  file: string,
  account: 'bank' | 'card',
  connection: string | undefined,
  number: string | undefined,
): GivenCommand {
  return {
    words: `npx tieout bank import ${shellWord(file)}${account === 'card' ? ' --account card' : ''}${connection === undefined ? '' : ` --connection ${connection}`}${number === undefined ? '' : ` --number ${shellWord(number)}`}`,
    prefix: '',
    remember: true,
  };
}
