import { Command } from 'commander';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderStatementOptions, statementFormOf, withStatementOptions } from '../../src/cli/statement-options.ts';
import { STATEMENT_COLUMNS } from '../../src/config/statement-form.ts';
import { wordsOfCommand } from './words-of-command.ts';

const formOf = (words: readonly string[]) => {
  const command = withStatementOptions(new Command(), '')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse(words, { from: 'user' });
  return statementFormOf(command.opts());
};

describe('the words that say how a CSV is written', () => {
  test('are read with commas, equal signs and blanks in a header', () => {
    expect(
      formOf([
        '--columns',
        'date=Booked, local,amount=Amount = EUR,description=A+B',
        '--date-form',
        'DD.MM.YYYY',
        '--decimal',
        ',',
        '--currency',
        'EUR',
      ]),
    ).toEqual({
      columns: { date: 'Booked, local', amount: 'Amount = EUR', description: 'A+B' },
      dateForm: 'DD.MM.YYYY',
      decimal: ',',
      currency: 'EUR',
    });
    expect(formOf([])).toBeNull();
    expect(formOf(['--currency', 'EUR'])).toEqual({ columns: {}, currency: 'EUR' });
  });

  test.each([
    [['--columns', 'Buchung'], 'is not a list like'],
    [['--columns', 'datum=Buchung'], 'is not a list like'],
    [['--columns', 'date=A,date=B'], 'names a column twice'],
    [['--columns', 'amount=A,debit=B'], 'give one or the other'],
    [['--date-form', 'DD.MM'], 'is not a form of dates'],
    [['--date-form', 'DD.DD.YYYY'], 'is not a form of dates'],
    [['--decimal', ';'], 'Allowed choices'],
    [['--currency', 'euro'], 'is not a currency'],
  ])('%j is refused', (words, message) => expect(() => formOf(words)).toThrow(message));

  test('are said as they are read, whatever the headers', () => {
    const header = fc
      .string({
        unit: fc.constantFrom('a', 'B', ' ', ',', '=', '/', 'ü', '#', '+', '$', '"', '(', '.'),
        minLength: 1,
        maxLength: 9,
      })
      .map((text) => text.trim())
      .filter(Boolean);
    const columns = fc
      .uniqueArray(fc.constantFrom(...STATEMENT_COLUMNS.filter((column) => column !== 'amount')), { minLength: 1 })
      .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, header]))));
    fc.assert(
      fc.property(columns, (drawn) => {
        const form = { columns: drawn, dateForm: 'DD MMM YYYY', decimal: ',' as const };
        expect(formOf(wordsOfCommand(`x ${renderStatementOptions(form).join(' \\\n  ')}`, 'x '))).toEqual(form);
      }),
    );
  });
});
