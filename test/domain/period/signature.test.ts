/** What a signature is over, and how what was signed stands later. */
import { describe, expect, test } from '@jest/globals';
import type { CloseItem, ItemFigure } from '../../../src/domain/period/close-item.ts';
import type { Close, LateFact } from '../../../src/domain/period/close.ts';
import {
  signedFigures,
  signedText,
  standingOf,
  statementOf,
  type SignedClose,
} from '../../../src/domain/period/signature.ts';

const figure = (amount: bigint, changes: Partial<ItemFigure> = {}): ItemFigure => ({
  currency: 'USD',
  state: 'ties',
  figure: amount,
  difference: 0n,
  population: '',
  open: [],
  named: [],
  until: null,
  ...changes,
});
const item = (name: CloseItem['name'], ...figures: ItemFigure[]): CloseItem => ({
  name,
  owner: 'finance',
  due: '2026-11-06',
  state: figures[0]!.state,
  figures,
});

/** October of the worked example, in part. */
const CLOSE: Close = {
  period: '2026-10',
  mode: 'invoice',
  due: '2026-11-06',
  isOver: true,
  evaluatedAt: '2026-11-04T00:00:00Z',
  items: [
    item('dispatches', figure(2n, { currency: null })),
    item('sales', figure(6599n), figure(1000n, { currency: 'CAD' })),
    item('refunds', figure(0n)),
    item('accruals', figure(0n)),
  ],
  rollForwards: [
    {
      account: 'payouts-in-transit',
      currency: 'USD',
      watch: 'strict',
      opening: 0n,
      movements: [
        { kind: 'Journal', amount: 2002n },
        { kind: 'Deposit', amount: 0n },
      ],
      closing: 2002n,
      residues: 2002n,
      difference: 0n,
    },
    {
      account: 'reserve-held',
      currency: 'USD',
      watch: 'strict',
      opening: 0n,
      movements: [{ kind: 'Journal', amount: 2000n }],
      closing: 2000n,
      residues: 2000n,
      difference: 0n,
    },
  ],
  residues: [
    { account: 'payouts-in-transit', currency: 'USD', subject: 'settlement S1', amount: 2002n, since: '2026-10-29' },
    { account: 'reserve-held', currency: 'USD', subject: 'reserve-held', amount: 2000n, since: '2026-10-29' },
  ],
  late: [],
};
const SIGNED = signedFigures(CLOSE);
const withItems = (...items: CloseItem[]): Close => ({
  ...CLOSE,
  items: CLOSE.items.map((one) => items.find(({ name }) => name === one.name) ?? one),
});
const sales = (amount: bigint, changes: Partial<ItemFigure> = {}) =>
  item('sales', figure(amount, changes), figure(1000n, { currency: 'CAD' }));

describe('what is signed', () => {
  const text = (close: Close, changes: Partial<SignedClose> = {}) =>
    signedText({
      ...signedFigures(close),
      connection: 'us',
      period: '2026-10',
      mode: 'invoice',
      settingsHash: 'a',
      mapVersion: 1,
      financesMapVersion: 1,
      softwareVersion: '1',
      sourceHashes: ['b'],
      signer: 'maria',
      role: 'controller',
      statement: statementOf(close),
      comment: 'reviewed',
      at: '2026-11-05T09:00:00Z',
      previous: null,
      ...changes,
    });

  test('is amounts as texts, by key, without ages and instants', () => {
    expect(SIGNED.items[0]).toEqual({ name: 'accruals', currency: 'USD', state: 'ties', figure: '0.00', carried: '' });
    expect(SIGNED.items.map(({ name, currency, figure: said }) => [name, currency, said])).toEqual([
      ['accruals', 'USD', '0.00'],
      ['dispatches', null, '2'],
      ['refunds', 'USD', '0.00'],
      ['sales', 'CAD', '10.00'],
      ['sales', 'USD', '65.99'],
    ]);
    expect(SIGNED.accruals).toEqual([{ currency: 'USD', figure: '0.00' }]);
    expect(text(CLOSE)).not.toMatch(/2026-11-04T/);
  });
  test('is the same text for the same figures in any order', () => {
    const turned: Close = {
      ...CLOSE,
      evaluatedAt: '2026-11-05T00:00:00Z',
      items: [...CLOSE.items].reverse().map((one) => ({ ...one, figures: [...one.figures].reverse() })),
      rollForwards: [...CLOSE.rollForwards]
        .reverse()
        .map((one) => ({ ...one, movements: [...one.movements].reverse() })),
      residues: [...CLOSE.residues].reverse(),
    };
    expect(text(turned)).toBe(text(CLOSE));
  });
  test('two residues of one subject too', () => {
    const two = [1n, 2n].map((amount) => ({ ...CLOSE.residues[0]!, amount }));
    expect(text({ ...CLOSE, residues: [...two].reverse() })).toBe(text({ ...CLOSE, residues: two }));
  });
  test('is another text for another cent, comment or signature before it', () => {
    expect(text(withItems(sales(6600n)))).not.toBe(text(CLOSE));
    expect(text(CLOSE, { comment: '' })).not.toBe(text(CLOSE));
    expect(text(CLOSE, { previous: 'c' })).not.toBe(text(CLOSE));
  });
  test('names what is carried with its amount', () => {
    const carried = signedFigures(withItems(sales(6299n, { state: 'carried', difference: -300n })));
    expect(carried.items.at(-1)).toMatchObject({ state: 'carried', figure: '62.99', carried: '-3.00' });
  });
  test('says what a signer says', () => {
    expect(statementOf(CLOSE)).toBe('I have reviewed the close of October 2026 and sign it as shown.');
  });
});

describe('a change after signing is named', () => {
  const differences = (close: Close) => {
    const standing = standingOf(SIGNED, [], close);
    return standing.kind === 'changed' ? standing.differences : [standing.kind];
  };
  const [inTransit, reserve] = CLOSE.rollForwards;
  const rolled = (changes: Partial<(typeof CLOSE.rollForwards)[number]>) => ({
    ...CLOSE,
    rollForwards: [{ ...inTransit!, ...changes }, reserve!],
  });

  test('none: as signed, whatever the clock, the population and the findings say', () => {
    const now = withItems(
      sales(6599n, { population: 'other words', named: [{ what: 'x', amount: 1n, cause: '', act: null }] }),
    );
    expect(differences({ ...now, evaluatedAt: '2027-01-01T00:00:00Z', isOver: false, due: '2026-11-09' })).toEqual([
      'as-signed',
    ]);
  });
  test.each<[string, Close, string[]]>([
    ['a figure', withItems(sales(6600n)), ['sales USD: signed 65.99 ties, now 66.00 ties']],
    ['a state', withItems(sales(6599n, { state: 'open' })), ['sales USD: signed 65.99 ties, now 65.99 open']],
    [
      'a count',
      withItems(item('dispatches', figure(1n, { currency: null }))),
      ['dispatches: signed 2 ties, now 1 ties'],
    ],
    ['the accrual', withItems(item('accruals', figure(2597n))), ['accruals USD: signed 0.00 ties, now 25.97 ties']],
    ['a figure that is gone', withItems(item('sales', figure(6599n))), ['sales CAD: signed 10.00 ties, now nothing']],
    ['an opening', rolled({ opening: 100n }), ['payouts-in-transit USD, opening: signed 0.00, now 1.00']],
    ['a closing', rolled({ closing: 2003n }), ['payouts-in-transit USD, closing: signed 20.02, now 20.03']],
    [
      'movements that leave the closing',
      rolled({
        movements: [
          { kind: 'Journal', amount: 2102n },
          { kind: 'others', amount: -100n },
        ],
      }),
      [
        'payouts-in-transit USD, Journal: signed 20.02, now 21.02',
        'payouts-in-transit USD, Deposit: signed 0.00, now nothing',
        'payouts-in-transit USD, others: signed nothing, now -1.00',
      ],
    ],
    [
      'residues of the same sum',
      { ...CLOSE, residues: [{ ...CLOSE.residues[0]!, subject: 'settlement S2' }, CLOSE.residues[1]!] },
      [
        'payouts-in-transit USD, settlement S1: signed 20.02 since 2026-10-29, now nothing',
        'payouts-in-transit USD, settlement S2: signed nothing, now 20.02 since 2026-10-29',
      ],
    ],
    [
      'the day of a residue',
      { ...CLOSE, residues: [{ ...CLOSE.residues[0]!, since: '2026-10-30' }, CLOSE.residues[1]!] },
      ['payouts-in-transit USD, settlement S1: signed 20.02 since 2026-10-29, now 20.02 since 2026-10-30'],
    ],
  ])('%s', (_, close, expected) => {
    const said = differences(close);
    expect([...said].sort()).toEqual([...expected].sort());
  });
  test('what was carried, with another amount', () => {
    const then = signedFigures(withItems(sales(6299n, { state: 'carried', difference: -300n })));
    const now = withItems(sales(6299n, { state: 'carried', difference: -200n }));
    expect(standingOf(then, [], now)).toEqual({
      kind: 'changed',
      differences: ['sales USD: signed 62.99 carried with -3.00, now 62.99 carried with -2.00'],
    });
  });
});

describe('documents moved into a later month', () => {
  const late = (document: string, amount: bigint, changes: Partial<LateFact> = {}): LateFact => ({
    document: `AMZ_us_${document}_1`,
    day: '2026-10-30',
    bookedOn: '2026-11-05',
    currency: 'USD',
    amount,
    ...changes,
  });
  const INV = late('INV_114-3-D3', 1420n);
  const IF = late('IF_114-3-D3', 0n);
  const lately = (facts: LateFact[], ...items: CloseItem[]): Close => ({ ...withItems(...items), late: facts });
  const three = item('dispatches', figure(3n, { currency: null }));
  const standing = (close: Close, lateThen: LateFact[] = []) => standingOf(SIGNED, lateThen, close);

  test('are late facts where they are all of the difference', () => {
    expect(standing(lately([INV, IF], sales(8019n), three))).toEqual({
      kind: 'late-facts',
      said: '2 late facts, 14.20 USD, booked in November 2026',
    });
  });
  test('by a cent more they are not, nor by less', () => {
    expect(standing(lately([INV, IF], sales(8020n), three))).toEqual({
      kind: 'changed',
      differences: ['sales USD: signed 65.99 ties, now 80.20 ties'],
    });
    expect(standing(lately([INV], sales(7000n))).kind).toBe('changed');
  });
  test('in another currency they explain nothing', () => {
    expect(standing(lately([{ ...INV, currency: 'CAD' }], sales(8019n))).kind).toBe('changed');
  });
  test('of another kind neither: a memo is no sale', () => {
    expect(standing(lately([late('CM_114-3-20261030T100000', 1420n)], sales(8019n))).kind).toBe('changed');
    expect(standing(lately([late('JE_S1', 1420n)], sales(8019n))).kind).toBe('changed');
  });
  test('where the item does not tie they excuse nothing', () => {
    expect(standing(lately([INV], sales(8019n, { state: 'open' }))).kind).toBe('changed');
  });
  test('beside a change of another item they do not excuse that', () => {
    expect(standing(lately([INV], sales(8019n), item('accruals', figure(1n))))).toEqual({
      kind: 'changed',
      differences: ['accruals USD: signed 0.00 ties, now 0.01 ties'],
    });
    const roll = { ...CLOSE.rollForwards[0]!, closing: 3422n };
    expect(standing({ ...lately([INV], sales(8019n)), rollForwards: [roll, CLOSE.rollForwards[1]!] }).kind).toBe(
      'changed',
    );
  });
  test('a refund raises refunds, and a figure that was not there at the signature stood at nothing', () => {
    const memo = late('CM_114-3-20261030T100000', 700n);
    expect(standing(lately([memo], item('refunds', figure(700n)))).kind).toBe('late-facts');
    const cad = { ...memo, currency: 'CAD' };
    const refunds = item('refunds', figure(0n), figure(700n, { currency: 'CAD' }));
    expect(standing(lately([cad], refunds)).kind).toBe('late-facts');
  });
  test('a sale below zero is its invoice less what was cut', () => {
    const cut = late('CM_114-3-D3', 500n);
    expect(standing(lately([late('INV_114-3-D3', 0n), cut], sales(6099n))).kind).toBe('late-facts');
    expect(standing(lately([late('INV_114-3-D3', 0n), cut], item('refunds', figure(500n)))).kind).toBe('changed');
  });
  test('a late fact that was there at the signature is none', () => {
    expect(standing(lately([INV]), [INV])).toEqual({ kind: 'as-signed' });
    expect(standing(lately([INV], sales(8019n)), [INV]).kind).toBe('changed');
    expect(standing(lately([INV, late('INV_114-4-D4', 100n)], sales(6699n)), [INV])).toEqual({
      kind: 'late-facts',
      said: '1 late fact, 1.00 USD, booked in November 2026',
    });
  });
  test('what was carried for want of an invoice ends by it', () => {
    const then = signedFigures(withItems(sales(5179n, { state: 'carried', difference: -1420n })));
    expect(standingOf(then, [], lately([INV], sales(6599n))).kind).toBe('late-facts');
  });
  test('of several currencies and months are told apart', () => {
    const cad = late('JE_S9', 500n, { currency: 'CAD', bookedOn: '2026-12-01' });
    expect(standing(lately([late('JE_S8', 300n), cad]))).toEqual({
      kind: 'late-facts',
      said: '2 late facts, 5.00 CAD and 3.00 USD, booked in November 2026 and December 2026',
    });
  });
});
