import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { CATALOGUE, isErrorCode } from '../../src/errors/catalogue.ts';
import { renderError } from '../../src/errors/render-error.ts';

const docs = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const sections = new Map(
  docs
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading, ...body] = section.split('\n');
      return [heading!.trim(), body.join(' ')] as const;
    }),
);

describe('the catalogue of codes', () => {
  test('has the same codes as docs/errors.md, in the same order', () => {
    expect([...sections.keys()]).toEqual(Object.keys(CATALOGUE));
  });

  test.each(Object.entries(CATALOGUE))('%s is documented with its title and its owner', (code, { title, owner }) => {
    expect(sections.get(code)).toContain(`**${title}.** Acts: ${owner}.`);
  });

  test('knows its codes and no others', () => {
    expect(isErrorCode('report-sum')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
  });
});

describe('an error on the terminal', () => {
  const sum = {
    code: 'report-sum' as const,
    what: 'The report does not add up.',
    notDone: 'Nothing was posted.',
    where: [
      'reports/20001234561.txt: 1,841 rows sum to 7,960.12, total-amount on line 2 says 7,921.42; difference 38.70',
    ],
    why: 'usually one missing line, most often reserve or loan repayment',
    do: ['download it again: Seller Central › Payments › Reports repository'],
  };

  test('has its code at the right edge and what to do in its last line', () => {
    expect(renderError(sum)).toBe(
      [
        '✗ The report does not add up. Nothing was posted.                   [report-sum]',
        '  where  reports/20001234561.txt: 1,841 rows sum to 7,960.12, total-amount on',
        '         line 2 says 7,921.42; difference 38.70',
        '  why    usually one missing line, most often reserve or loan repayment',
        '  do     download it again: Seller Central › Payments › Reports repository',
      ].join('\n'),
    );
  });

  test('puts a code that does not fit on a line of its own', () => {
    const lines = renderError(
      { ...sum, what: 'The report does not add up and its name is a long one.' },
      { width: 72 },
    ).split('\n');
    expect(lines[0]).toBe('✗ The report does not add up and its name is a long one. Nothing was');
    expect(lines[1]).toBe(`  posted.${' '.repeat(72 - 9 - 12)}[report-sum]`);
  });

  test('counts the places that do not fit into eight lines and keeps what to do', () => {
    const places = Array.from({ length: 12 }, (_, index) => `connections[0].accounts.role-${index + 1}: missing`);
    const lines = renderError({
      code: 'config',
      what: 'tieout.config.yaml is not valid.',
      notDone: 'Nothing was started.',
      where: places,
      do: ['mend the 12 places'],
    }).split('\n');
    expect(lines).toHaveLength(8);
    expect(lines[6]).toBe('         and 7 more');
    expect(lines[7]).toBe('  do     mend the 12 places');
  });

  test('has a command of several lines whole, in lines from which a shell goes on, and breaks no quoted word', () => {
    const lines = renderError({
      code: 'statement-line',
      what: 'It cannot be read.',
      notDone: 'Nothing was taken in.',
      where: ['a.csv'],
      do: [
        'npx tieout bank import /a/folder/with/a/long/name/and/a/file/of/a/long/name.csv \\',
        `--columns 'date=Tag der Buchung,amount=Betrag in Euro,description=Text der Bank' \\`,
        ...Array.from({ length: 6 }, () => '--x \\'),
        '--remember',
      ],
    }).split('\n');
    expect(lines.slice(2, 6).map((line) => line.slice(9))).toEqual([
      'npx tieout bank import \\',
      '/a/folder/with/a/long/name/and/a/file/of/a/long/name.csv \\',
      '--columns \\',
      `'date=Tag der Buchung,amount=Betrag in Euro,description=Text der Bank' \\`,
    ]);
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe('         --remember');
  });

  test('does without UTF-8 where the terminal has none', () => {
    expect(renderError(sum, { unicode: false }).startsWith('x The report')).toBe(true);
  });
});
