/** The words that say how a bank writes its CSV: `--columns date=Buchung,…`, for start `--bank-columns …` and `--card-columns …`. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { STATEMENT_COLUMNS, statementForm, type StatementForm } from '../config/statement-form.ts';

type Prefix = '' | 'bank-' | 'card-';

export function withStatementOptions<C extends Command>(command: C, prefix: Prefix): C {
  const of = prefix === '' ? '' : ` of --${prefix.slice(0, -1)}`;
  command
    .addOption(
      new Option(
        `--${prefix}columns <list>`,
        `headers of the CSV${of}: date=Buchung,amount=Betrag,description=Text (or debit=…,credit=…; A+B joins two)`,
      ).argParser(columnsOf),
    )
    .addOption(
      new Option(`--${prefix}date-form <form>`, `how its dates are written: DD.MM.YYYY`).argParser((text) =>
        checked('dateForm', text),
      ),
    )
    .addOption(new Option(`--${prefix}decimal <mark>`, 'the mark before its decimals').choices(['.', ',']))
    .addOption(
      new Option(`--${prefix}currency <code>`, 'its currency, where no column says it').argParser((text) =>
        checked('currency', text),
      ),
    );
  return command;
}

/** The form that was given, null where nothing of it was. `given` has the options under commander's names. */
export function statementFormOf(given: Readonly<Record<string, unknown>>, prefix: Prefix = ''): StatementForm | null {
  const named = (option: string): unknown =>
    given[`${prefix}${option}`.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
  const parts = {
    columns: named('columns'),
    dateForm: named('date-form'),
    decimal: named('decimal'),
    currency: named('currency'),
  };
  const said = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  return Object.keys(said).length === 0 ? null : statementForm.parse(said);
}

/** The options that say a form, each as it is typed in a shell. */
export function renderStatementOptions(
  { columns, dateForm, decimal, currency }: StatementForm,
  prefix: Prefix = '',
): string[] {
  const list = Object.entries(columns)
    .map(([column, header]) => `${column}=${header}`)
    .join(',');
  return [
    ['columns', list],
    ['date-form', dateForm],
    ['decimal', decimal],
    ['currency', currency],
  ].flatMap(([option, value]) =>
    value === undefined || value === '' ? [] : [`--${prefix}${option} ${shellWord(value)}`],
  );
}

export function shellWord(text: string): string {
  return /^[\w.,=:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** `date=Posting Date,amount=Betrag, EUR`: a comma parts columns where one of ours follows it. */
function columnsOf(text: string): StatementForm['columns'] {
  const names = STATEMENT_COLUMNS.join('|');
  const parts = text
    .split(new RegExp(`,\\s*(?=(?:${names})=)`))
    .map((part) => new RegExp(`^(${names})=(.+)$`).exec(part.trim()));
  if (parts.some((part) => part === null))
    throw new InvalidArgumentError(
      `is not a list like date=Buchung,amount=Betrag; columns are ${STATEMENT_COLUMNS.join(', ')}`,
    );
  const named = parts.map((part) => [part![1]!, part![2]!.trim()] as const);
  if (new Set(named.map(([column]) => column)).size < named.length)
    throw new InvalidArgumentError('names a column twice');
  if (
    named.some(([column]) => column === 'amount') &&
    named.some(([column]) => column === 'debit' || column === 'credit')
  )
    throw new InvalidArgumentError('names amount beside debit or credit: give one or the other');
  return Object.fromEntries(named);
}

function checked(field: 'dateForm' | 'currency', text: string): string {
  const result = statementForm.shape[field].safeParse(text);
  if (!result.success) throw new InvalidArgumentError(result.error.issues[0]!.message);
  return text;
}
