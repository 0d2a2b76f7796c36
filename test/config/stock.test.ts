import { describe, expect, test } from '@jest/globals';
import { ACCOUNT_ROLES } from '../../src/config/connection.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { TieoutError } from '../../src/errors/tieout-error.ts';

const connection = (stock: string) => `connections:
  - name: shop-us
    amazon: { region: na }
    netsuite: { account: 1234567_SB1 }
    marketplaces:
      - { id: ATVPDKIKX0DER, customer: Amazon US, location: FBA US }
    cutOver: 2026-10-01T07:00:00Z
    shippedBeforeCutOver: opening-balance
    items: { shipping: S, gift-wrap: G, promotion: P, points: PT, refund: R }
    vendor: Amazon
    accounts:
${ACCOUNT_ROLES.map((role, index) => `      ${role}: "${1000 + index}"`).join('\n')}
${stock}`;

const POOL = `        - name: us
          countries: [US]
          marketplace: ATVPDKIKX0DER
          sellable: FBA US
          unsellable: FBA US unsellable
          inTransit: To Amazon
          removal: From Amazon
          source: Warehouse
`;
const STOCK = `    stock:
      from: 2026-10-01
      pools:
${POOL}`;

const read = (text: string) => parseConfig('c', text).connections[0]!.stock;
function problems(text: string): readonly string[] {
  try {
    parseConfig('c', text);
  } catch (error) {
    if (error instanceof TieoutError) return error.notice.where;
    throw error;
  }
  throw new Error('it was read');
}

describe('the settings of stock', () => {
  test('are none where there is no stock flow', () => {
    expect(read(connection(''))).toBeUndefined();
  });

  test('name pools and places, and have defaults for the rest', () => {
    expect(read(connection(STOCK))).toMatchObject({
      from: '2026-10-01',
      pools: [{ name: 'us', countries: ['US'], sellable: 'FBA US' }],
      grace: '72h',
      limit: { units: 100, value: '1000.00' },
      inbound: 'inventory-transfer',
      inboundDays: 30,
      removalDays: 14,
      accounts: {},
      leave: [],
    });
  });

  test('begin after the cut-over, or on its day where that is its first instant there', () => {
    // 07:00 UTC is midnight in California: the first instant of 1 October.
    expect(read(connection(STOCK))).toBeDefined();
    expect(problems(connection(STOCK).replace('T07:00:00Z', 'T07:00:01Z'))[0]).toMatch(
      /stock\.from \(line \d+\): has to be 2026-10-02 or later, the first whole day from the cut-over on/,
    );
    expect(problems(connection(STOCK.replace('2026-10-01', '2026-09-30')))[0]).toContain(
      'has to be 2026-10-01 or later',
    );
  });

  test.each([
    ['a name that is no part of a key', 'name: us', 'name: US-1', /pools\[0\]\.name .*at most 12 of a-z and 0-9/],
    ['a country that is no code', '[US]', '[USA]', /countries\[0\] .*not an ISO country/],
    ['a country twice', '[US]', '[US, US]', /countries .*US stands twice/],
    ['two places in one location', 'To Amazon', 'From Amazon', /inTransit .*another place of a pool/],
    ['a source that is one of our places', 'source: Warehouse', 'source: FBA US', /source .*another place/],
    ['a marketplace of nobody', 'marketplace: ATVPDKIKX0DER', 'marketplace: A2EUQ1WTGCTBG2', /does? ?not|is not a/],
    [
      'a location that no pool sells from',
      'sellable: FBA US',
      'sellable: FBA 2',
      /location .*sellable place of no pool/,
    ],
    ['a day that is none', '2026-10-01', '2026-13-01', /stock\.from .*is not a day/],
  ])('refuse %s', (_, from, to, problem) => {
    const text = connection(STOCK.replace(from, to));
    expect(problems(text)).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
  });

  test('need the accounts that their answers post to', () => {
    expect(problems(connection(STOCK).replace(/ {6}cogs-returns: .*\n/, ''))).toEqual([
      expect.stringMatching(/accounts\.cogs-returns \(line \d+\): missing: stock posts to it/),
    ]);
    // Without stock nobody asks for it.
    expect(read(connection('').replace(/ {6}cogs-returns: .*\n/, ''))).toBeUndefined();
  });

  test('two pools share no name and no country', () => {
    const second = POOL.replace('name: us', 'name: us').replaceAll('FBA US', 'FBA CA');
    expect(problems(connection(STOCK + second))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/pools\[1\]\.name .*is the name of another pool/),
        expect.stringMatching(/pools\[1\]\.countries .*US stands twice/),
      ]),
    );
  });
});
