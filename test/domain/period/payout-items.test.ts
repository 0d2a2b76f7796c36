/** Payouts, deposits and the chain of a month, each in each of its states. */
import { describe, expect, test } from '@jest/globals';
import { chainItem, type ChainFacts } from '../../../src/domain/period/items/chain.ts';
import { depositsItem, type TransferredMovement } from '../../../src/domain/period/items/deposits.ts';
import { payoutsItem, type ClosedGroup, type EndedSettlement } from '../../../src/domain/period/items/payouts.ts';

const UNTIL = '2026-11-03T00:00:00Z';

describe('payouts', () => {
  const settlement = (changes: Partial<EndedSettlement> = {}): EndedSettlement => ({
    settlementId: 'S1',
    currency: 'USD',
    total: 2002n,
    endedAt: '2026-10-29T10:00:00Z',
    reasons: [],
    ...changes,
  });
  const group = (changes: Partial<ClosedGroup> = {}): ClosedGroup => ({
    groupId: 'G1',
    currency: 'USD',
    total: 2002n,
    endedAt: '2026-10-29T10:00:00Z',
    ...changes,
  });
  const of = (settlements: EndedSettlement[], groups: ClosedGroup[]) => payoutsItem({ settlements, groups });

  test('tie where every check passes and every group has its report', () => {
    expect(of([settlement()], [group()])).toMatchObject([
      {
        currency: 'USD',
        state: 'ties',
        figure: 2002n,
        difference: 0n,
        population: '1 of 1 event group that Amazon closed',
      },
    ]);
  });
  test('the ends of a group and its report may lie a second apart', () => {
    expect(of([settlement()], [group({ endedAt: '2026-10-29T10:00:01Z' })])).toMatchObject([{ state: 'ties' }]);
  });
  test('a check that fails is open, also of a payout of nothing', () => {
    expect(of([settlement({ reasons: ['rows = total: 1.00 apart'] })], [group()])).toMatchObject([
      { state: 'open', difference: 2002n, open: [{ what: 'payout S1: rows = total: 1.00 apart' }] },
    ]);
    expect(of([settlement({ total: 0n, reasons: ['x'] })], [group({ total: 0n })])).toMatchObject([
      { state: 'open', difference: 0n },
    ]);
  });
  test('a group without a report is a payout that nobody has seen', () => {
    expect(of([], [group()])).toMatchObject([
      { state: 'open', figure: 0n, difference: 2002n, population: '0 of 1 event group that Amazon closed' },
    ]);
  });
  test('a group that came to nothing has no report; one of which no total is told may have', () => {
    expect(of([], [group({ total: 0n })])).toMatchObject([{ state: 'ties' }]);
    expect(of([], [group({ total: null })])).toMatchObject([{ state: 'open', difference: 0n }]);
  });
  test('two groups that ended at one moment want two reports', () => {
    expect(of([settlement()], [group({ groupId: 'G2', total: 500n }), group()])).toMatchObject([
      { state: 'open', difference: 500n, open: [{ cause: 'group G2' }] },
    ]);
  });
  test('a report of another total than its group is open', () => {
    expect(of([settlement()], [group({ total: 2502n })])).toMatchObject([
      {
        state: 'open',
        difference: -500n,
        open: [{ what: "Amazon's event group G1 comes to 25.02 USD, settlement S1 to 20.02 USD" }],
      },
    ]);
  });
  test('a failing payout is not made up for by a negative one', () => {
    const figure = of(
      [
        settlement({ reasons: ['x'] }),
        settlement({ settlementId: 'S2', total: -2002n, endedAt: '2026-10-30T10:00:00Z', reasons: ['x'] }),
      ],
      [],
    );
    expect(figure).toMatchObject([{ state: 'open', difference: 4004n }]);
  });
  test('a report in one currency is none of a group in another', () => {
    expect(of([settlement()], [group({ currency: 'CAD' })])).toMatchObject([
      { currency: 'CAD', state: 'open' },
      { currency: 'USD', state: 'ties' },
    ]);
  });
  test.each([null, '2026-10-30T00:00:00Z'])('over groups that were read at %s nothing ties', (groupsReadAt) => {
    expect(payoutsItem({ settlements: [], groups: [], groupsReadAt, until: UNTIL })).toMatchObject([
      { currency: null, state: 'waits', until: UNTIL },
    ]);
    expect(payoutsItem({ settlements: [settlement()], groups: [group()], groupsReadAt, until: UNTIL })).toMatchObject([
      { currency: 'USD', state: 'waits' },
    ]);
    const failing = [settlement({ reasons: ['x'] })];
    expect(payoutsItem({ settlements: failing, groups: [group()], groupsReadAt, until: UNTIL })).toMatchObject([
      { state: 'open' },
    ]);
  });
  test('nothing ended and everything was read: nothing is open', () => {
    expect(payoutsItem({ settlements: [], groups: [], groupsReadAt: UNTIL, until: UNTIL })).toEqual([]);
  });
});

describe('deposits', () => {
  const movement = (changes: Partial<TransferredMovement> = {}): TransferredMovement => ({
    externalId: 'AMZ_us_DEP_S1_1',
    settlementId: 'S1',
    kind: 'payout',
    currency: 'USD',
    amount: 2002n,
    day: '2026-10-29',
    isSeen: true,
    transferStatus: 'Successful',
    ...changes,
  });
  const of = (movements: TransferredMovement[], today = '2026-11-20') =>
    depositsItem({ firstDay: '2026-10-01', movements, today });
  const unseen = (changes: Partial<TransferredMovement> = {}) => movement({ isSeen: false, ...changes });

  test('tie once seen', () => {
    expect(of([movement()])).toMatchObject([{ state: 'ties', figure: 2002n, population: '1 of 1 transfer seen' }]);
  });
  // Amazon says *Unknown* of transfers for good (amazon.md): that is no word for one that is under way.
  test.each([
    ['Unknown', '2026-11-05', 'ties'],
    ['Unknown', '2026-11-06', 'open'],
    ['Unknown', '2027-02-01', 'open'],
    ['PROCESSED', '2026-11-06', 'open'],
    ['processing', '2026-11-06', 'ties'],
  ])('of a transfer that Amazon calls %s, without a line on %s, it %s', (transferStatus, today, state) => {
    expect(of([unseen({ transferStatus })], today)).toMatchObject([{ state }]);
  });
  test("the figure is the month's own, and what an earlier month misses is open here too", () => {
    const earlier = movement({ settlementId: 'S0', day: '2026-09-30', amount: 8700n });
    expect(of([earlier, movement()])).toMatchObject([
      { state: 'ties', figure: 2002n, population: '1 of 1 transfer seen' },
    ]);
    expect(of([{ ...earlier, isSeen: false }, movement()])).toMatchObject([
      { state: 'open', figure: 2002n, difference: 8700n, population: '1 of 1 transfer seen' },
    ]);
    expect(of([earlier])).toMatchObject([{ state: 'ties', figure: 0n, population: '0 of 0 transfers seen' }]);
  });
  test('under way it ties and is named', () => {
    for (const transferStatus of ['Processing', 'Initiated'])
      expect(of([unseen({ transferStatus })])).toMatchObject([
        { state: 'ties', named: [{ what: 'payout of settlement S1, dated 2026-10-29: Amazon reports it under way' }] },
      ]);
  });
  test('its line may come for five working days: Thursday the 29th, up to Thursday the 5th', () => {
    expect(of([unseen()], '2026-11-05')).toMatchObject([{ state: 'ties', population: '0 of 1 transfer seen' }]);
    expect(of([unseen()], '2026-11-06')).toMatchObject([{ state: 'open', difference: 2002n }]);
  });
  test('a charge and a micro deposit are never under way', () => {
    expect(of([unseen({ kind: 'charge', transferStatus: 'Processing' })])).toMatchObject([{ state: 'open' }]);
    expect(of([unseen({ kind: 'micro', transferStatus: null })])).toMatchObject([{ state: 'open' }]);
  });
  test('one that failed does not come by itself', () => {
    expect(of([unseen({ transferStatus: 'Failed' })], '2026-10-30')).toMatchObject([
      { state: 'open', open: [{ what: 'payout of settlement S1, dated 2026-10-29: Amazon says that it failed' }] },
    ]);
  });
  test('two that come to nothing are both open', () => {
    expect(of([unseen(), unseen({ kind: 'charge', amount: -2002n })])).toMatchObject([
      { state: 'open', difference: 4004n },
    ]);
  });
  test('what is deposited after the month changes no signed figure', () => {
    expect(of([unseen()], '2026-11-02')[0]!.figure).toBe(of([movement()])[0]!.figure);
  });
  test('a figure a currency; none where nothing was transferred', () => {
    expect(of([movement(), unseen({ currency: 'CAD' })])).toMatchObject([
      { currency: 'CAD', state: 'open' },
      { currency: 'USD', state: 'ties' },
    ]);
    expect(of([])).toEqual([]);
  });
});

describe('the chain', () => {
  const last = { settlementId: 'S1', currency: 'USD', endedAt: '2026-10-29T10:00:00Z' };
  const group = { groupId: 'G2', currency: 'USD', startedAt: '2026-10-29T10:00:00Z' };
  const of = (changes: Partial<ChainFacts>) => chainItem({ lasts: [last], open: [group], broken: [], ...changes });

  test("ties where Amazon's open group begins at the last settlement's end", () => {
    expect(of({})).toMatchObject([{ state: 'ties', population: '1 chain, 1 open event group' }]);
  });
  test('a group that begins later leaves a gap', () => {
    expect(of({ open: [{ ...group, startedAt: '2026-10-30T10:00:00Z' }] })).toMatchObject([
      { state: 'open', open: [{ cause: 'group G2', act: 'npx tieout settlement import FILE' }] },
    ]);
  });
  test('two groups do not begin at one end', () => {
    expect(of({ open: [group, { ...group, groupId: 'G3' }] })).toMatchObject([
      { state: 'open', open: [{ cause: 'group G3' }] },
    ]);
  });
  test('two chains in one currency, each with its group', () => {
    const other = { settlementId: 'S9', currency: 'USD', endedAt: '2026-10-20T00:00:00Z' };
    const open = [group, { groupId: 'G9', currency: 'USD', startedAt: '2026-10-20T00:00:00Z' }];
    expect(of({ lasts: [last, other], open })).toMatchObject([
      { state: 'ties', population: '2 chains, 2 open event groups' },
    ]);
  });
  test('a broken one is open by its exception', () => {
    const broken = [{ number: 7, settlementId: 'S1', currency: 'USD', what: 'a report is missing' }];
    expect(of({ broken })).toMatchObject([
      {
        state: 'open',
        open: [{ what: 'a report is missing (exception 7)', act: 'npx tieout open-chain S1 --why WHY' }],
      },
    ]);
  });
  test('a group in another currency follows no settlement of this one', () => {
    expect(of({ open: [{ ...group, currency: 'CAD', startedAt: '2026-10-30T10:00:00Z' }] })).toMatchObject([
      { currency: 'USD', state: 'ties' },
    ]);
  });
  test('over groups that were never read it waits', () => {
    expect(of({ open: [], groupsReadAt: null, until: UNTIL })).toMatchObject([{ state: 'waits' }]);
    expect(of({ lasts: [], open: [], groupsReadAt: null, until: UNTIL })).toMatchObject([
      { state: 'waits', currency: null },
    ]);
    expect(of({ groupsReadAt: UNTIL, until: UNTIL })).toMatchObject([{ state: 'ties' }]);
  });
});
