import { describe, expect, test } from '@jest/globals';
import { addsOnTop, differenceOf, type DocumentFacts } from '../../../src/domain/documents/compare-document.ts';

/** Every field is set, so that each can be altered. */
const PLANNED: DocumentFacts = {
  head: { entity: '31', currency: '1', exchangeRate: '1.25', subsidiary: '2', account: '118' },
  lines: [
    {
      item: '7',
      account: '400',
      quantity: 2,
      amount: -4000n,
      memo: '9001:principal',
      entity: '31',
      location: '6',
      department: '3',
      class: '4',
    },
    {
      item: '8',
      account: '405',
      quantity: 1,
      amount: -599n,
      memo: '9001:shipping',
      entity: '31',
      location: '6',
      department: '3',
      class: '4',
    },
  ],
  applied: new Map([
    ['71', 1000n],
    ['72', 250n],
  ]),
};
const [goods, shipping] = PLANNED.lines as [object, object];
const withFirst = (change: object): DocumentFacts => ({ ...PLANNED, lines: [{ ...goods, ...change }, shipping] });
const withHead = (change: object): DocumentFacts => ({ ...PLANNED, head: { ...PLANNED.head, ...change } });
const LINE_1 = 'line 1 (account 400, item 7, quantity 2, amount -40.00, "9001:principal") with ';

describe('a document under our key', () => {
  test.each([
    ['as planned', PLANNED],
    ['with its lines in another order', { ...PLANNED, lines: [shipping, goods] }],
    [
      'with a line that moves nothing',
      { ...PLANNED, lines: [goods, { item: '9', quantity: 0, amount: 0n }, shipping] },
    ],
    ['with blanks at the end of a memo', withFirst({ memo: '9001:principal ' })],
    ['without the quantity that NetSuite does not keep of a discount', withFirst({ quantity: undefined })],
    ['whose applications NetSuite has left out', { ...PLANNED, applied: null }],
  ])('%s is ours', (_, held) => {
    expect(differenceOf(PLANNED, held, 'USD')).toBeNull();
  });

  test.each<[string, DocumentFacts, string]>([
    ['entity', withHead({ entity: '32' }), 'entity 32 for 31'],
    ['currency', withHead({ currency: '2' }), 'currency 2 for 1'],
    ['exchange rate', withHead({ exchangeRate: '1.2' }), 'exchange rate 1.2 for 1.25'],
    ['subsidiary', withHead({ subsidiary: '1' }), 'subsidiary 1 for 2'],
    ['account', withHead({ account: undefined }), 'account none for 118'],
    ['account of a line', withFirst({ account: '401' }), `${LINE_1}account 401 for 400`],
    ['item of a line', withFirst({ item: '9' }), `${LINE_1}item 9 for 7`],
    ['quantity of a line', withFirst({ quantity: 1 }), `${LINE_1}quantity 1 for 2`],
    ['amount of a line', withFirst({ amount: -3999n }), `${LINE_1}amount -39.99 for -40.00`],
    ['side of a line', withFirst({ amount: 4000n }), `${LINE_1}amount 40.00 for -40.00`],
    ['memo of a line', withFirst({ memo: '9002:principal' }), `${LINE_1}memo "9002:principal" for "9001:principal"`],
    ['entity of a line', withFirst({ entity: '32' }), `${LINE_1}entity 32 for 31`],
    ['location of a line', withFirst({ location: '5' }), `${LINE_1}location 5 for 6`],
    ['department of a line', withFirst({ department: undefined }), `${LINE_1}department none for 3`],
    ['class of a line', withFirst({ class: '5' }), `${LINE_1}class 5 for 4`],
    [
      'line that is gone',
      { ...PLANNED, lines: [goods] },
      'no line 2 (account 405, item 8, quantity 1, amount -5.99, "9001:shipping")',
    ],
    [
      'line that is there twice',
      { ...PLANNED, lines: [goods, shipping, shipping] },
      'a line that was not planned, account 405, item 8, quantity 1, amount -5.99, "9001:shipping"',
    ],
    [
      'amount that is applied',
      {
        ...PLANNED,
        applied: new Map([
          ['71', 999n],
          ['72', 250n],
        ]),
      },
      '9.99 for 10.00 applied to transaction 71',
    ],
    [
      'document that is settled too',
      { ...PLANNED, applied: new Map([...PLANNED.applied!, ['73', 1n]]) },
      '0.01 for 0.00 applied to transaction 73',
    ],
    [
      'document that is not settled',
      { ...PLANNED, applied: new Map([['71', 1000n]]) },
      '0.00 for 2.50 applied to transaction 72',
    ],
  ])('altered in the %s is named', (_, held, words) => {
    expect(differenceOf(PLANNED, held, 'USD')).toBe(words);
  });

  test('two accounts of equal amounts that were swapped are named with the first', () => {
    const lines = [
      { account: '1', amount: 1000n, memo: 'a' },
      { account: '2', amount: 1000n, memo: 'b' },
      { account: '3', amount: -2000n, memo: 'c' },
    ];
    const swapped = [{ account: '2', amount: 1000n, memo: 'a' }, { account: '1', amount: 1000n, memo: 'b' }, lines[2]!];
    const of = (all: DocumentFacts['lines']): DocumentFacts => ({ head: {}, lines: all, applied: null });
    expect(differenceOf(of(lines), of(swapped), 'USD')).toBe(
      'line 1 (account 1, amount 10.00, "a") with account 2 for 1',
    );
  });

  test("what was not said is NetSuite's to choose", () => {
    expect(
      differenceOf(
        { head: {}, lines: [{ account: '1', amount: 1n }], applied: null },
        {
          head: { entity: '5' },
          lines: [{ account: '1', amount: 1n, department: '9', memo: 'x' }],
          applied: new Map([['71', 1n]]),
        },
        'JPY',
      ),
    ).toBeNull();
  });
});

test.each<[string, bigint, bigint, bigint[], boolean]>([
  ['20 % on top of lines that come to what was sent', 12000n, 14400n, [-10000n, -2000n], true],
  ['the same of a credit memo', 3000n, -3600n, [2500n, 500n], true],
  ['a line more than was sent', 12000n, 14400n, [-10000n, -2000n, -2400n], false],
  ['less than was sent', 12000n, 11000n, [-10000n, -2000n], false],
])('%s', (_, planned, held, lines, isOnTop) => {
  expect(addsOnTop({ planned, held, lines })).toBe(isOnTop);
});
