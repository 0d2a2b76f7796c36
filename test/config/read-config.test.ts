import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT_ROLES } from '../../src/config/connection.ts';
import { parseConfig, readConfig, refuseCutOversAhead } from '../../src/config/read-config.ts';
import { isSimulated } from '../../src/config/simulated.ts';
import { TieoutError, type ErrorNotice } from '../../src/errors/tieout-error.ts';

const CONFIG = `connections:
  - name: shop-us
    amazon:
      region: na
    netsuite:
      account: 1234567_SB1
    marketplaces:
      - id: ATVPDKIKX0DER
        customer: Amazon US
        location: FBA US
    cutOver: 2026-10-01T07:00:00Z
    shippedBeforeCutOver: opening-balance
    items: { shipping: SHIPPING, gift-wrap: GIFT-WRAP, promotion: PROMOTION, points: POINTS, refund: REFUND }
    vendor: Amazon
    accounts:
${ACCOUNT_ROLES.map((role, index) => `      ${role}: "${1000 + index}"`).join('\n')}
`;
const lineOf = (text: string, word: string) => text.split('\n').findIndex((line) => line.includes(word)) + 1;

function noticeOf(text: string): ErrorNotice {
  try {
    parseConfig('tieout.config.yaml', text);
  } catch (error) {
    if (error instanceof TieoutError) return error.notice;
    throw error;
  }
  throw new Error('it was read');
}

describe('a configuration', () => {
  test('is read, and what it does not say has its default', () => {
    const [connection] = parseConfig('c', CONFIG).connections;
    expect(connection).toMatchObject({
      name: 'shop-us',
      postingMode: 'invoice',
      posting: 'plan',
      merchantFulfilled: 'other',
      cutOver: '2026-10-01T07:00:00Z',
      netsuite: { maxConcurrency: 3, timeout: '60s' },
    });
    expect(connection!.accounts['reserve-held']).toBe(String(1000 + ACCOUNT_ROLES.indexOf('reserve-held')));
  });

  test('says how a bank writes its CSV, in whole or, as before, by its columns alone', () => {
    const read = (words: string) =>
      parseConfig('c', `${CONFIG}    statementColumns: ${words}\n`).connections[0]!.statementColumns;
    expect(read('{date: Tag, amount: Betrag, transaction-id: Ref}')).toEqual({
      columns: { date: 'Tag', amount: 'Betrag', 'transaction-id': 'Ref' },
    });
    expect(read('{columns: {date: Tag}, dateForm: DD.MM.YYYY, decimal: ",", currency: EUR}')).toEqual({
      columns: { date: 'Tag' },
      dateForm: 'DD.MM.YYYY',
      decimal: ',',
      currency: 'EUR',
    });
    for (const wrong of ['{datum: Tag}', '{columns: {date: Tag}, dateForm: TT.MM.JJJJ}', 'Tag']) {
      expect(noticeOf(`${CONFIG}    statementColumns: ${wrong}\n`).where[0]).toMatch(
        /statementColumns \(line \d+\): .* names neither columns \(date, amount, debit/,
      );
    }
  });

  test('says what the lines of journals are grouped by, and what other documents have in their heads', () => {
    const [connection] = parseConfig(
      'c',
      `${CONFIG}    dimensions: {department: {default: Sales, byRole: {storage: Warehouse}}, class: {byMarketplace: {ATVPDKIKX0DER: US}}}\n    fields: {salesOrder: {department: "4"}, journalEntry: {customForm: "30"}}\n`,
    ).connections;
    expect(connection).toMatchObject({
      dimensions: {
        department: { default: 'Sales', byRole: { storage: 'Warehouse' } },
        class: { byMarketplace: { ATVPDKIKX0DER: 'US' } },
      },
      fields: { salesOrder: { department: '4' } },
    });
  });

  test('keeps facts for seven years, events for 400 days and logs for 30, or longer; less than the law or Amazon asks is refused', () => {
    const read = (words: string) => parseConfig('c', `${CONFIG}    retention: ${words}\n`).connections[0]!.retention;
    expect(parseConfig('c', CONFIG).connections[0]!.retention).toEqual({ facts: '2555d', events: '400d', logs: '30d' });
    expect(read('{facts: 3653d, events: 100d}')).toEqual({ facts: '3653d', events: '100d', logs: '30d' });
    expect(noticeOf(`${CONFIG}    retention: {facts: 2554d}\n`).where[0]).toMatch(
      /retention\.facts \(line \d+\): "2554d" is not a number of days from 2555d on: .*seven years/,
    );
    for (const wrong of [
      '{events: 99d}',
      '{facts: 0d}',
      '{logs: 0d}',
      '{logs: -1d}',
      '{logs: 1.5d}',
      '{events: 9600h}',
      '{logs: for ever}',
    ]) {
      expect(noticeOf(`${CONFIG}    retention: ${wrong}\n`).where[0]).toMatch(
        /retention\.\w+ \(line \d+\): ".*" is not a number of days from \d+d on/,
      );
    }
    expect(noticeOf(`${CONFIG}    retention: {fact: 3000d}\n`).where[0]).toContain('did you mean facts?');
    for (const beyond of ['{facts: 99999999999d}', '{facts: 800000d}', '{events: 36526d}', '{logs: 99999999d}']) {
      expect(noticeOf(`${CONFIG}    retention: ${beyond}\n`).where).toEqual([
        expect.stringMatching(/retention\.\w+ \(line \d+\): ".*" is more than a hundred years, 36525d$/),
      ]);
    }
  });

  test('is read from its file, and one that is not there is named', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tieout-config-')), 'tieout.config.yaml');
    writeFileSync(file, CONFIG);
    expect(readConfig(file).connections).toHaveLength(1);
    expect(() => readConfig(`${file}.none`)).toThrow(TieoutError);
  });

  test('with several faults names all of them, each with path and line', () => {
    const text = CONFIG.replace(/ {6}reserve-held: .*\n/, '')
      .replace('ATVPDKIKX0DER', 'A1F83G8C2ARO7')
      .replace('region: na', 'region: uk')
      .replace('vendor:', 'vender:');
    const notice = noticeOf(text);
    expect(notice).toMatchObject({
      code: 'config',
      what: 'tieout.config.yaml is not valid.',
      notDone: 'Nothing was started.',
      do: ['mend the 5 places and run it again'],
    });
    expect([...notice.where].sort()).toEqual([
      `connections[0].accounts.reserve-held (line ${lineOf(text, 'accounts:')}): missing`,
      'connections[0].amazon.region (line 4): "uk" is not na or eu or fe',
      'connections[0].marketplaces[0].id (line 8): "A1F83G8C2ARO7" is not a marketplace id; did you mean A1F83G8C2ARO7P (amazon.co.uk)?',
      'connections[0].vender (line 14): is not a setting; did you mean vendor?',
      'connections[0].vendor (line 2): missing',
    ]);
  });

  test.each([
    [
      'an account number without quotes',
      CONFIG.replace(/clearing: "(\d+)"/, 'clearing: $1'),
      /clearing \(line \d+\): 1000 is a number; write "1000"$/,
    ],
    [
      'a setting that is none',
      CONFIG.replace('vendor:', 'postinMode: invoice\n    vendor:'),
      /\.postinMode \(line 14\): is not a setting; did you mean postingMode\?$/,
    ],
    [
      'a secret in the file',
      CONFIG.replace('      region: na', '      region: na\n      clientSecret: hush'),
      /amazon\.clientSecret \(line 5\): is not a setting: secrets come from the environment$/,
    ],
    [
      'a local time as cut-over',
      CONFIG.replace('2026-10-01T07:00:00Z', '2026-10-01'),
      /cutOver \(line 11\): "2026-10-01" is not an instant in UTC like 2026-10-01T07:00:00Z$/,
    ],
    [
      'a time limit of none',
      CONFIG.replace('SB1', 'SB1\n      timeout: 0s'),
      /timeout \(line 7\): "0s" is not between 1s and 15m$/,
    ],
    [
      'a time limit that is too long for a timer',
      CONFIG.replace('SB1', 'SB1\n      timeout: 99999999d'),
      /timeout \(line 7\): "99999999d" is not between 1s and 15m$/,
    ],
    [
      'looks without a pause',
      `${CONFIG}    schedules: {orders: 0m}\n`,
      /schedules\.orders \(line \d+\): "0m" is not between 1s and 1d$/,
    ],
    [
      'a lost answer that is not waited for',
      `${CONFIG}    lostAnswerWaits: [5s, 0s]\n`,
      /lostAnswerWaits\[1\] \(line \d+\): "0s" is not between 1ms and 1d$/,
    ],
    [
      'a duration that is none',
      CONFIG.replace('SB1', 'SB1\n      timeout: 60 seconds'),
      /timeout \(line 7\): "60 seconds" is not a duration like 3m or 4h$/,
    ],
    [
      'a posting mode that is none',
      CONFIG.replace('vendor:', 'postingMode: invoise\n    vendor:'),
      /"invoise" is not invoice or cash-sale or summary; did you mean invoice\?$/,
    ],
    [
      'no choice about the orders before the cut-over',
      CONFIG.replace(/ {4}shippedBefore.*\n/, ''),
      /shippedBeforeCutOver \(line 2\): missing: documents or opening-balance$/,
    ],
    ['no connections', 'connections: []\n', /^connections \(line 1\): needs at least 1$/],
    ['nothing at all', '', /^connections \(line 1\): missing$/],
    [
      'a marketplace of another region',
      CONFIG.replace('ATVPDKIKX0DER', 'A1PA6795UKMFR9'),
      /id \(line 8\): "A1PA6795UKMFR9" belongs to region eu, not na$/,
    ],
    [
      'merchant orders without their location',
      CONFIG.replace('vendor:', 'merchantFulfilled: ours\n    vendor:'),
      /merchantLocation \(line 2\): missing: merchantFulfilled is ours$/,
    ],
    [
      'a demo clock beside a real connection',
      `${CONFIG}demoClock: http://127.0.0.1:4010/clock\n`,
      /^demoClock \(line \d+\): is only for simulators, and shop-us is a real connection$/,
    ],
    [
      'an amount on a role with mechanics',
      CONFIG.replace('vendor:', 'amountMap: [{key: [a, b, c], role: clearing}]\n    vendor:'),
      /^connections\[0\]\.amountMap\[0\]\.role \(line 14\): clearing is no choice for an amount: .*product-sales/,
    ],
    [
      'a beginning that takes known amounts away',
      CONFIG.replace('vendor:', 'amountMap: [{key: [FBAFees, FBA Customer…, Base fee], role: storage}]\n    vendor:'),
      /^connections\[0\]\.amountMap\[0\]\.key \(line 14\): .*which is fulfilment-fees by the amount map/,
    ],
    [
      'a department in the head of a journal, which NetSuite does not have',
      CONFIG.replace('vendor:', 'fields: {journalEntry: {department: "4"}}\n    vendor:'),
      /^connections\[0\]\.fields\.journalEntry\.department \(line 14\): a journal's head has no department in NetSuite; its lines have: name it under dimensions\.department, like \{default: NAME\}$/,
    ],
    [
      'a dimension of a marketplace that it does not list',
      CONFIG.replace('vendor:', 'dimensions: {class: {byMarketplace: {A2EUQ1WTGCTBG2: Canada}}}\n    vendor:'),
      /^connections\[0\]\.dimensions\.class\.byMarketplace\.A2EUQ1WTGCTBG2 \(line 14\): is a marketplace that the connection does not list$/,
    ],
    [
      'a dimension of a role that is none',
      CONFIG.replace('vendor:', 'dimensions: {class: {byRole: {storrage: Warehouse}}}\n    vendor:'),
      /dimensions\.class\.byRole.*storrage/,
    ],
    [
      'a name twice',
      CONFIG + CONFIG.replace('connections:\n', ''),
      /^connections\[1\]\.name \(line \d+\): "shop-us" is the name of another connection$/,
    ],
  ])('with %s is refused at its place', (_, text, sentence) => {
    const { where } = noticeOf(text);
    expect(where).toHaveLength(1);
    expect(where[0]).toMatch(sentence);
  });

  test.each([
    ['', 'nobody is'],
    ['people:\n  - {name: maria, roles: {shop-us: [controller]}}\n', 'maria alone is'],
    [
      'people:\n  - {name: maria, roles: {shop-us: [controller]}}\n  - {name: tom, roles: {shop-us: [admin, operator]}}\n',
      'maria alone is',
    ],
  ])('in which fourEyes has nobody to sign is refused (%#)', (people, who) => {
    expect(noticeOf(`${CONFIG}    close: {fourEyes: true}\n${people}`).where).toEqual([
      expect.stringMatching(
        new RegExp(
          `^connections\\[0\\]\\.close\\.fourEyes \\(line \\d+\\): wants two people .* ${who} a controller of shop-us`,
        ),
      ),
    ]);
  });

  test('in which one decides and another one signs is read', () => {
    const people = ['maria', 'tom'].map((name) => `  - {name: ${name}, roles: {shop-us: [controller]}}\n`).join('');
    const { connections } = parseConfig(
      'tieout.config.yaml',
      `${CONFIG}    close: {fourEyes: true}\npeople:\n${people}`,
    );
    expect(connections[0]!.close!.fourEyes).toBe(true);
  });

  describe('of two connections of one NetSuite account', () => {
    const SECOND = CONFIG.replace('connections:\n', '')
      .replace('shop-us', 'shop-two')
      .replace('customer: Amazon US', 'customer: Amazon two')
      .replace(/"(1\d{3})"/g, '"5$1"');
    const numberOf = (role: string) => String(1000 + ACCOUNT_ROLES.indexOf(role as (typeof ACCOUNT_ROLES)[number]));
    const CLOSES = '    close: {}\n';
    const sharing = (role: string, with_ = role) =>
      CONFIG + SECOND.replace(`${role}: "5${numberOf(role)}"`, `${role}: "${numberOf(with_)}"`);

    test.each(['clearing', 'payouts-in-transit', 'reserve-held', 'set-off', 'accrued', 'suspense'])(
      'one that closes months shares no %s with the other, and is told both, the account and what to do',
      (role) => {
        const { where } = noticeOf(sharing(role) + CLOSES);
        expect(where).toEqual([
          expect.stringMatching(
            new RegExp(
              `^connections\\[1\\]\\.accounts\\.${role} \\(line \\d+\\): ${numberOf(role)} is ${role} of shop-us in USD too: where months are closed each connection has an account of its own`,
            ),
          ),
        ]);
      },
    );

    test("what is one's bank is not the other's clearing either", () => {
      expect(noticeOf(sharing('bank', 'clearing') + CLOSES).where[0]).toMatch(
        /accounts\.bank .* is clearing of shop-us/,
      );
      expect(noticeOf(sharing('clearing', 'bank') + CLOSES).where[0]).toMatch(
        /accounts\.clearing .* is bank of shop-us/,
      );
    });

    test.each(['receivable', 'selling-fees', 'variance', 'bank', 'sales-tax-payable'])('%s may be shared', (role) => {
      expect(parseConfig('c', sharing(role) + CLOSES).connections).toHaveLength(2);
    });

    test('customers may not', () => {
      const text = CONFIG + SECOND.replace('Amazon two', 'Amazon US') + CLOSES;
      expect(noticeOf(text).where).toEqual([
        expect.stringMatching(
          /^connections\[1\]\.marketplaces\[0\]\.customer \(line \d+\): "Amazon US" stands for buyers of shop-us too/,
        ),
      ]);
    });

    test('nothing is refused in two currencies, in two accounts of NetSuite, or where neither closes months', () => {
      const both = sharing('clearing');
      for (const text of [
        both,
        both.replace(/ATVPDKIKX0DER/, 'A2EUQ1WTGCTBG2') + CLOSES,
        CONFIG + SECOND.replace('1234567_SB1', '7654321_SB1') + CLOSES,
      ])
        expect(parseConfig('c', text).connections).toHaveLength(2);
    });
  });

  test.each(['cash-sale', 'summary'])(
    'with the posting mode %s, which is not built, is refused for whoever reads it',
    (mode) => {
      const text = CONFIG.replace('vendor:', `postingMode: ${mode}\n    vendor:`);
      expect(noticeOf(text)).toMatchObject({
        code: 'mode-not-built',
        where: [`connections[0].postingMode (line ${lineOf(text, 'postingMode')}): "${mode}" is not built yet`],
        do: ['set postingMode to invoice'],
      });
      // Beside other faults it is one of them.
      expect(noticeOf(text + CONFIG.replace('connections:\n', ''))).toMatchObject({
        code: 'config',
        where: [
          expect.stringContaining(`"${mode}" is not built yet`),
          expect.stringContaining('is the name of another connection'),
        ],
      });
    },
  );

  test('needs no account for a role whose case may never come', () => {
    const without = ['set-off', 'conversion', 'accrued', 'cogs-returns', 'input-tax', 'merchant-orders'].reduce(
      (text, role) => text.replace(new RegExp(` {6}${role}: .*\\n`), ''),
      CONFIG,
    );
    expect(parseConfig('c', without).connections[0]!.accounts['set-off']).toBeUndefined();
    expect(noticeOf(CONFIG.replace(/ {6}suspense: .*\n/, '')).where).toEqual([
      expect.stringMatching(/accounts\.suspense .*: missing$/),
    ]);
  });

  test('that is not YAML is refused with its line', () => {
    expect(noticeOf('connections:\n  - name: [\n').where[0]).toMatch(/^line \d: /);
    expect(noticeOf('a: 1\na: 2\n').where[0]).toBe('line 2: Map keys must be unique');
  });

  test('without a cut-over says what a cut-over is', () => {
    expect(noticeOf(CONFIG.replace(/ {4}cutOver.*\n/, ''))).toMatchObject({
      code: 'cut-over-missing',
      where: ['connections[0].cutOver (line 2): missing'],
    });
  });

  test("is simulated when neither side is the vendor's own", () => {
    const simulated = CONFIG.replace('region: na', 'region: na\n      endpoint: http://127.0.0.1:4010').replace(
      'SB1',
      'SB1\n      restBaseUrl: http://localhost:4020',
    );
    expect(isSimulated(parseConfig('c', `${simulated}demoClock: http://127.0.0.1:4010/clock\n`).connections[0]!)).toBe(
      true,
    );
    expect(isSimulated(parseConfig('c', CONFIG).connections[0]!)).toBe(false);
    expect(
      isSimulated(
        parseConfig('c', simulated.replace('http://localhost:4020', 'https://1234567-sb1.suitetalk.api.netsuite.com'))
          .connections[0]!,
      ),
    ).toBe(false);
  });
});

describe('what may come from a mistaken or a hostile hand', () => {
  const withAmazon = (words: string) => CONFIG.replace('      region: na', `      region: na\n      ${words}`);
  test.each([
    ['http://example.com', 'is sent to in clear; only this machine may be told by http:'],
    ['http://127.0.0.1.example.com/', 'is sent to in clear; only this machine may be told by http:'],
    ['file:///etc/passwd', 'is not an address like https://example.com'],
    ['javascript:alert(1)', 'is not an address like https://example.com'],
  ])('an endpoint %s is refused', (url, words) => {
    expect(noticeOf(withAmazon(`endpoint: "${url}"`)).where.join()).toContain(words);
  });
  test('one on this machine, or by https:, is taken', () => {
    for (const url of ['http://127.0.0.1:4010', 'http://localhost:4010', 'https://example.com'])
      expect(parseConfig('c', withAmazon(`endpoint: "${url}"`)).connections[0]!.amazon.endpoint).toBe(url);
  });
  test('a cut-over that lies ahead is refused for a real account', () => {
    const eve = Date.parse('2026-10-01T06:59:59Z');
    const { connections } = parseConfig('c', CONFIG);
    expect(() => refuseCutOversAhead('c', connections, eve)).toThrow(
      /cutOver of shop-us: 2026-10-01T07:00:00Z lies ahead/,
    );
    refuseCutOversAhead('c', connections, eve + 1000);
    // Of simulators the clock is another one.
    const amazons = withAmazon('endpoint: "http://127.0.0.1:4010"');
    const rest = 'account: 1234567_SB1\n      restBaseUrl: "http://127.0.0.1:4020"';
    const simulated = parseConfig('c', amazons.replace('account: 1234567_SB1', rest)).connections;
    refuseCutOversAhead('c', simulated, eve);
  });
  test('aliases of aliases are refused, not followed', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`,
    );
    expect(noticeOf(['a0: &a0 x', ...levels, CONFIG].join('\n')).where.join()).toMatch(
      /its aliases cannot be followed/,
    );
  });
  test('a secret that stands where none belongs is refused and not said again', () => {
    const secrets = ['amzn1.oa2-cs.v1.abc', 'Atzr|IwEB', 'xoxb-1-2', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b'];
    for (const secret of secrets) {
      const { what, where } = noticeOf(CONFIG.replace('region: na', `region: "${secret}"`));
      expect(where.join()).toContain('this is not na or eu or fe');
      expect([what, ...where].join()).not.toContain(secret);
    }
  });
  test('a timer of no time is refused', () => {
    expect(noticeOf(`${CONFIG}    lostAnswerWaits: [0s]\n`).where.join()).toContain('is not between 1ms and 1d');
    expect(
      noticeOf(CONFIG.replace('account: 1234567_SB1', 'account: 1234567_SB1\n      timeout: 0s')).where.join(),
    ).toContain('is not between 1s and 15m');
  });
});
