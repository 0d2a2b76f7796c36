import { describe, expect, test } from '@jest/globals';
import { ACCOUNT_ROLES, accountOf } from '../../src/config/connection.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { leavesUnwithheldTax, taxPolicyOf } from '../../src/config/tax-policy.ts';
import { TieoutError } from '../../src/errors/tieout-error.ts';

const UK = 'A1F83G8C2ARO7P';
const DE = 'A1PA6795UKMFR9';
const connection = (tax: string, { marketplace = '', accounts = '', simulated = false } = {}) => `connections:
  - name: shop-uk
    amazon: { region: eu${simulated ? ', endpoint: "http://127.0.0.1:4010"' : ''} }
    netsuite: { account: 1234567_SB1${simulated ? ', restBaseUrl: "http://127.0.0.1:4020"' : ''} }
    marketplaces:
      - { id: ${UK}, customer: Amazon UK, location: FBA UK${marketplace} }
      - { id: ${DE}, customer: Amazon DE, location: FBA DE }
    cutOver: 2026-10-01T00:00:00Z
    shippedBeforeCutOver: opening-balance
    items: { shipping: S, gift-wrap: G, promotion: P, points: PT, refund: R }
    vendor: Amazon
    accounts:
${ACCOUNT_ROLES.map((role, index) => `      ${role}: "${1000 + index}"`).join('\n')}
${accounts}${tax}`;

const TAX = `    tax:
      registrations: [GB]
      items: { GB: AMZ-VAT-GB }
      rates: { GB: { standard: 20, reduced: 5, zero: 0 } }
      classes: { BOOK: zero }
`;
const read = (text: string) => parseConfig('c', text).connections[0]!;
function problems(text: string): readonly string[] {
  try {
    parseConfig('c', text);
  } catch (error) {
    if (error instanceof TieoutError) return error.notice.where;
    throw error;
  }
  throw new Error('it was read');
}

describe('the settings of sales tax', () => {
  test('say how each marketplace is read, by its id and by its name in a report', () => {
    const settings = read(connection(TAX, { marketplace: ', calculatedBy: rates, collects: seller' }));
    expect(taxPolicyOf(settings, 'Amazon.co.uk')).toEqual({
      jurisdiction: 'GB',
      registrations: ['GB'],
      rates: { GB: { standard: 2000n, reduced: 500n, zero: 0n } },
      classes: { BOOK: 'zero' },
      prices: 'inclusive',
      collects: 'seller',
      calculatedBy: 'rates',
    });
    expect(taxPolicyOf(settings, DE)).toMatchObject({ jurisdiction: 'DE', collects: 'order', calculatedBy: 'amazon' });
  });

  test('are asked for where a marketplace outside US, CA and MX is listed; an empty list is an answer', () => {
    expect(problems(connection(''))).toEqual([
      expect.stringMatching(
        /tax \(line \d+\): missing: amazon\.co\.uk sells at prices with tax\. Name under tax\.registrations/,
      ),
    ]);
    expect(read(connection('    tax: { registrations: [] }\n')).tax?.registrations).toEqual([]);
    expect(read(connection('', { simulated: true })).tax).toBeUndefined();
  });

  test.each([
    ['an item', TAX.replace('GB: AMZ-VAT-GB', ''), /tax\.items\.GB .*missing: the item of its tax lines/],
    ['a rate', TAX.replace('standard: 20, ', ''), /tax\.rates\.GB\.standard .*missing: its rate in per cent/],
    [
      'a rate of a class',
      TAX.replace('BOOK: zero', 'BOOK: none'),
      /tax\.classes\.BOOK .*"none" has no rate under tax\.rates\.GB/,
    ],
  ])('need %s', (_, text, sentence) => {
    expect(problems(connection(text))).toEqual([expect.stringMatching(sentence)]);
  });

  test.each([
    ['a country by another name', TAX.replace('[GB]', '[UK]'), /is GB: countries go by ISO 3166/],
    [
      'tax codes',
      `${TAX}      write: code\n`,
      /"code" is refused: that REST takes tax codes on lines has not been shown/,
    ],
    ['a finer rate', TAX.replace('reduced: 5', 'reduced: 5.125'), /has more than two decimals/],
  ])('refuse %s', (_, text, sentence) => {
    expect(problems(connection(text)).join()).toMatch(sentence);
  });

  test('refuse a marketplace whose seller collects where he is not registered', () => {
    expect(problems(connection('    tax: { registrations: [] }\n', { marketplace: ', collects: seller' }))).toEqual([
      expect.stringMatching(/marketplaces\[0\]\.collects .*"seller" needs GB among tax\.registrations/),
    ]);
  });

  test('may leave tax that nobody withheld only of a marketplace where the seller owes none', () => {
    expect(read(connection(TAX)).marketplaces[0]).toMatchObject({ unwithheldTax: 'ask' });
    expect(problems(connection(TAX, { marketplace: ', unwithheldTax: leave' }))).toEqual([
      expect.stringMatching(/marketplaces\[0\]\.unwithheldTax .*"leave" is refused: GB is among tax\.registrations/),
    ]);
    const elsewhere = TAX.replaceAll('GB', 'FR');
    const settings = read(connection(elsewhere, { marketplace: ', unwithheldTax: leave' }));
    expect(['Amazon.co.uk', 'Amazon.de', 'Amazon.fr', null].map((name) => leavesUnwithheldTax(settings, name))).toEqual(
      [true, false, false, false],
    );
  });

  test('may give a jurisdiction an account of its own, and the rest has the other', () => {
    const settings = read(connection(TAX, { accounts: '      "sales-tax-payable:GB": "2211"\n' }));
    const rest = accountOf(settings, 'sales-tax-payable', 'GBP');
    expect(accountOf(settings, 'sales-tax-payable', 'GBP', 'GB')).toBe('2211');
    expect(accountOf(settings, 'sales-tax-payable', 'GBP', 'DE')).toBe(rest);
    expect(rest).not.toBe('2211');
  });

  test('refuse an account of a role that has none', () => {
    expect(problems(connection(TAX, { accounts: '      "clearing:GB": "2211"\n' }))).toEqual([
      expect.stringContaining('clearing:GB'),
    ]);
  });
});
