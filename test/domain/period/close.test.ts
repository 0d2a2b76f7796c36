/** A month as it stands: counted, said, carried, refused and dated. */
import { describe, expect, test } from '@jest/globals';
import {
  dueOf,
  firstDayOf,
  lastDayOf,
  nextPeriod,
  periodsBetween,
  previousPeriod,
  renderPeriod,
} from '../../../src/domain/period/calendar.ts';
import { ITEM_NAMES, worstOf, type CloseItem, type ItemState } from '../../../src/domain/period/close-item.ts';
import {
  closeItems,
  explainRefusedCarry,
  lookedAt,
  type Carried,
  type CloseFacts,
} from '../../../src/domain/period/close-items.ts';
import { countItems, evaluateClose, explainRefusedSignature, type Close } from '../../../src/domain/period/close.ts';
import { renderClose, renderOpenItems, renderSigned } from '../../../src/domain/period/render-close.ts';
import { monthSpan } from '../../../src/domain/period/report-months.ts';

const UNTIL = '2026-11-03T00:00:00Z';
const LATER = '2026-11-04T00:00:00Z';

/** A month in which nothing happened, and all of it was read. */
const NOTHING: CloseFacts = {
  orders: { bought: [], until: UNTIL, now: LATER },
  dispatches: { shipments: [], finances: new Set(), shipped: new Set(), toldUpTo: LATER, until: UNTIL },
  sales: { shipments: [], toldUpTo: LATER, until: UNTIL },
  refunds: { refunds: [], unpaid: [], lastDay: '2026-10-31', until: UNTIL, now: LATER, toldUpTo: LATER },
  payouts: { settlements: [], groups: [], groupsReadAt: LATER, until: UNTIL },
  deposits: { firstDay: '2026-10-01', movements: [], today: '2026-11-04' },
  balances: { accounts: [], confirmed: null },
  costs: [],
  chain: { lasts: [], open: [], broken: [], groupsReadAt: LATER, until: UNTIL },
  stock: null,
  tax: null,
  accruals: {
    period: '2026-10',
    isUsed: true,
    isPlanOnly: false,
    unsettled: [],
    decided: [],
    documents: [],
    until: UNTIL,
    now: LATER,
    toldUpTo: LATER,
  },
  exceptions: [],
  foreign: { lines: [], currencies: [] },
};
const exception = (number: number, cause: string) => ({ number, what: 'no item', act: 'npx tieout map-sku', cause });
const frame = { period: '2026-10', mode: 'invoice', closeTarget: 5, isOver: true, now: LATER } as const;
const closeOf = (changes: Partial<CloseFacts> = {}, carried: Carried[] = []): Close =>
  evaluateClose(frame, { ...NOTHING, ...changes }, carried, []);
const stateOf = (close: Close, name: string) => close.items.find((one) => one.name === name)?.state;

describe('a month', () => {
  test('has its 14 items, in one order, each with owner and day', () => {
    const { items } = closeOf();
    expect(items.map(({ name }) => name)).toEqual([...ITEM_NAMES]);
    expect(items).toHaveLength(14);
    expect(items.filter(({ owner }) => owner === 'operations').map(({ name }) => name)).toEqual([
      'orders',
      'dispatches',
      'stock',
    ]);
    expect(new Set(items.map(({ due }) => due))).toEqual(new Set(['2026-11-06']));
  });
  test('in which nothing happened ties: 12 of 14, stock and tax not used', () => {
    expect(countItems(closeOf())).toEqual({
      tie: 12,
      of: 14,
      carried: 0,
      waiting: 0,
      open: 0,
      notUsed: ['stock', 'tax'],
      decisions: 0,
    });
    expect(renderClose(closeOf())).toBe(
      'October 2026: 12 of 14 items tie, stock and tax not used. It can be signed, due 2026-11-06.',
    );
  });
  test('in which nothing was read does not', () => {
    const unread: Partial<CloseFacts> = {
      orders: { ...NOTHING.orders, bought: null },
      dispatches: { ...NOTHING.dispatches, toldUpTo: null },
      sales: { ...NOTHING.sales, toldUpTo: null },
      refunds: { ...NOTHING.refunds, toldUpTo: null },
      payouts: { ...NOTHING.payouts, groupsReadAt: null },
      chain: { ...NOTHING.chain, groupsReadAt: null },
      accruals: { ...NOTHING.accruals, toldUpTo: null },
    };
    expect(countItems(closeOf(unread))).toMatchObject({ tie: 5, waiting: 7, open: 0 });
    expect(renderClose(closeOf(unread))).toBe(
      'October 2026: 5 of 14 items tie, stock and tax not used. Cannot be signed: 7 wait for Amazon.',
    );
  });
  test('the worst state of its figures is that of an item', () => {
    const order: ItemState[] = ['open', 'waits', 'carried', 'ties', 'not-used'];
    order.forEach((state, at) => expect(worstOf(order.slice(at).reverse())).toBe(state));
    expect(worstOf([])).toBe('ties');
  });
});

describe('counts and sentences', () => {
  const bought = (cause: string) => [{ orderId: '114-1', status: 'Shipped', standing: 'waits', cause }] as const;
  test('five items opened by one cause are one decision', () => {
    const close = closeOf({
      orders: { ...NOTHING.orders, bought: bought('sku X') },
      exceptions: [exception(4, 'sku X'), exception(5, 'order 114-9')],
    });
    expect(countItems(close)).toMatchObject({ tie: 10, open: 2, decisions: 2 });
    expect(renderClose(close)).toBe(
      'October 2026: 10 of 14 items tie, stock and tax not used. Cannot be signed: 2 open, from 2 decisions.',
    );
    expect(renderOpenItems(close)).toEqual([
      'orders: operations · order 114-1: it has no Sales Order yet: npx tieout status 114-1',
      'exceptions: finance · no item (exception 4) (and 1 more): npx tieout map-sku',
    ]);
  });
  test('what is carried or waits is no decision', () => {
    const open = { exceptions: [exception(4, 'sku X')], orders: { ...NOTHING.orders, bought: null } };
    const carried = { item: 'exceptions', currency: null, amount: 1n, by: 'maria', why: 'known' } as const;
    const close = closeOf(open, [carried]);
    expect(countItems(close)).toMatchObject({ tie: 10, carried: 1, waiting: 1, open: 0, decisions: 0 });
    expect(renderClose(close)).toBe(
      'October 2026: 10 of 14 items tie, 1 carried, stock and tax not used. Cannot be signed: 1 waits for Amazon.',
    );
    expect(renderOpenItems(close)).toEqual([`orders: waits for Amazon until ${UNTIL}`]);
  });
  test('an item that waits for several does so until the last of them', () => {
    const figure = closeOf({ orders: { ...NOTHING.orders, bought: null } }).items[0]!.figures[0]!;
    const waits: CloseItem = {
      ...closeOf().items[0]!,
      state: 'waits',
      figures: [{ ...figure, until: '2026-11-05T00:00:00Z' }, figure],
    };
    expect(renderOpenItems({ items: [waits] })).toEqual(['orders: waits for Amazon until 2026-11-05T00:00:00Z']);
  });
  test('before its end a month says how it stands so far', () => {
    const close = { ...closeOf({ exceptions: [exception(4, 'sku X')] }), isOver: false };
    expect(renderClose(close)).toBe(
      'October 2026: 11 of 14 items tie, stock and tax not used. So far: 1 open, from 1 decision.',
    );
    expect(renderClose({ ...closeOf(), isOver: false })).toMatch('The month is not over.');
  });
  test('a signed one says by whom, and how it stands now', () => {
    const signed = { signer: 'maria', at: '2026-11-05T09:00:00Z' };
    expect(renderSigned(signed, null)).toBe('signed by maria on 2026-11-05');
    expect(renderSigned(signed, { kind: 'as-signed' })).toBe('signed by maria on 2026-11-05');
    expect(renderSigned(signed, { kind: 'late-facts', said: '3 late facts, 14.20 USD, booked in November 2026' })).toBe(
      'signed by maria on 2026-11-05; 3 late facts, 14.20 USD, booked in November 2026',
    );
    expect(renderSigned(signed, { kind: 'changed', differences: ['a', 'b'] })).toBe(
      'signed by maria on 2026-11-05; no longer matches what was signed: a (and 1 more)',
    );
  });
});

describe('carrying', () => {
  const carry = (amount: bigint, causes?: string[]): Carried => ({
    item: 'exceptions',
    currency: null,
    amount,
    by: 'maria',
    why: 'known',
    ...(causes === undefined ? {} : { causes }),
  });
  const one = { exceptions: [exception(4, 'sku X')] };
  test('holds as long as the difference is what it was', () => {
    expect(stateOf(closeOf(one, [carry(1n)]), 'exceptions')).toBe('carried');
    expect(stateOf(closeOf(one, [carry(2n)]), 'exceptions')).toBe('open');
    expect(
      stateOf(closeOf({ exceptions: [...one.exceptions, exception(5, 'sku Y')] }, [carry(1n)]), 'exceptions'),
    ).toBe('open');
    expect(stateOf(closeOf({}, [carry(1n)]), 'exceptions')).toBe('ties');
  });
  test('of what the controller looked at: another cause of the same amount opens it again', () => {
    expect(stateOf(closeOf(one, [carry(1n, ['sku X'])]), 'exceptions')).toBe('carried');
    expect(stateOf(closeOf({ exceptions: [exception(9, 'sku Y')] }, [carry(1n, ['sku X'])]), 'exceptions')).toBe(
      'open',
    );
  });
  // 1.00 of storage stands on inbound: nothing in all, and 2.00 that somebody must look at.
  const cost = (account: string, netsuite: bigint) =>
    ({ account, currency: 'USD', netsuite, planned: 500n, lastMonth: null }) as const;
  const swapped = { costs: [cost('storage', 400n), cost('inbound', 600n)] };
  const costsOf = (changes: Partial<CloseFacts>, carried: Carried[] = []) =>
    closeOf(changes, carried).items.find(({ name }) => name === 'costs')!.figures[0]!;
  const carriedCosts = (): Carried => ({
    ...carry(200n),
    item: 'costs',
    currency: 'USD',
    ...lookedAt(costsOf(swapped)),
  });
  test.each<[string, Partial<CloseFacts>, string]>([
    ['as it was', swapped, 'carried'],
    ['whatever the accounts come to', { costs: [cost('inbound', 600n), cost('storage', 400n)] }, 'carried'],
    [
      'not once it grows, though it nets to nothing',
      { costs: [cost('storage', -300n), cost('inbound', 1300n)] },
      'open',
    ],
    ['not the other way round', { costs: [cost('storage', 600n), cost('inbound', 400n)] }, 'open'],
    ['not on another account', { costs: [cost('storage', 400n), cost('postage', 600n)] }, 'open'],
    ['not of one account alone', { costs: [cost('storage', 300n)] }, 'open'],
  ])('stands for each difference by itself: %s', (_, changes, state) => {
    expect(costsOf(changes, [carriedCosts()]).state).toBe(state);
  });
  test('of one exception it is not carried as another of the same thing', () => {
    const looked = closeOf(one).items.find(({ name }) => name === 'exceptions')!.figures[0]!;
    const said = { ...carry(1n), ...lookedAt(looked) };
    expect(stateOf(closeOf(one, [said]), 'exceptions')).toBe('carried');
    expect(stateOf(closeOf({ exceptions: [exception(5, 'sku X')] }, [said]), 'exceptions')).toBe('open');
    const grown = { exceptions: [{ ...exception(4, 'sku X'), what: 'has 8.00 USD, and had 1.00 USD' }] };
    expect(stateOf(closeOf(grown, [said]), 'exceptions')).toBe('open');
  });
  test('by its causes alone where it was carried before findings were kept', () => {
    const old = { ...carry(1n, ['sku X']), findings: null };
    expect(stateOf(closeOf(one, [old]), 'exceptions')).toBe('carried');
  });
  test('the last word counts, of the same item and currency', () => {
    expect(stateOf(closeOf(one, [carry(2n), carry(1n)]), 'exceptions')).toBe('carried');
    expect(stateOf(closeOf(one, [carry(1n), carry(2n)]), 'exceptions')).toBe('open');
    expect(stateOf(closeOf(one, [{ ...carry(1n), currency: 'USD' }]), 'exceptions')).toBe('open');
    expect(stateOf(closeOf(one, [{ ...carry(1n), item: 'orders' }]), 'exceptions')).toBe('open');
  });
  test('what waits is not carried, nor what an approval ends', () => {
    const waits = { orders: { ...NOTHING.orders, bought: null } };
    expect(stateOf(closeOf(waits, [{ ...carry(0n), item: 'orders' }]), 'orders')).toBe('waits');
    const unsettled = [
      {
        currency: 'USD',
        roles: [{ role: 'storage', amount: 300n }],
        whose: [],
        transactions: 1,
        unknown: [],
        unclear: 0,
      } as const,
    ];
    const carried: Carried = { ...carry(300n), item: 'accruals', currency: 'USD' };
    expect(stateOf(closeOf({ accruals: { ...NOTHING.accruals, unsettled } }, [carried]), 'accruals')).toBe('open');
  });
  test('is refused with a sentence', () => {
    const figureOf = (changes: Partial<CloseFacts>, item: string, carried: Carried[] = []) =>
      closeItems({ ...NOTHING, ...changes }, carried, '2026-11-06').find(({ name }) => name === item)!.figures[0];
    expect(explainRefusedCarry('exceptions', figureOf(one, 'exceptions'), 1n, '1')).toBeNull();
    expect(explainRefusedCarry('exceptions', figureOf(one, 'exceptions', [carry(1n)]), 1n, '1')).toBeNull();
    expect(explainRefusedCarry('exceptions', figureOf(one, 'exceptions'), 2n, '1')).toBe(
      'exceptions differs by 1; what is carried is just that.',
    );
    expect(explainRefusedCarry('exceptions', figureOf({}, 'exceptions'), 0n, '0')).toBe(
      'exceptions is not open: it ties.',
    );
    const waits = figureOf({ orders: { ...NOTHING.orders, bought: null } }, 'orders');
    expect(explainRefusedCarry('orders', waits, 0n, '0')).toBe('orders is not open: it waits.');
    expect(explainRefusedCarry('stock', figureOf({}, 'stock'), 0n, '0')).toBe('stock is not used.');
    expect(explainRefusedCarry('sales', undefined, 0n, '')).toBe('sales has no figure in that currency.');
    expect(explainRefusedCarry('accruals', undefined, 0n, '')).toBe(
      'accruals is not carried: approve it, or set it to none.',
    );
  });
});

describe('signing is refused', () => {
  const refusal = (close: Close, before: string | null = null, posting: 'plan' | 'live' = 'live') =>
    explainRefusedSignature(close, { before, posting });
  test('not where nothing is open', () => {
    expect(refusal(closeOf())).toBeNull();
    const carried = { item: 'exceptions', currency: null, amount: 1n, by: 'maria', why: 'known' } as const;
    expect(refusal(closeOf({ exceptions: [exception(4, 'x')] }, [carried]))).toBeNull();
  });
  test('before the month is over', () => expect(refusal({ ...closeOf(), isOver: false })).toBe('2026-10 is not over.'));
  test('out of order', () =>
    expect(refusal(closeOf(), '2026-09')).toBe('2026-09 is not signed: months are signed in their order.'));
  test('under posting: plan', () =>
    expect(refusal(closeOf(), null, 'plan')).toBe(
      'Nothing is posted under posting: plan, so there is nothing to sign.',
    ));
  test('while an item is open or waits', () => {
    const orders = { ...NOTHING.orders, bought: null };
    expect(refusal(closeOf({ orders }))).toBe('orders waits.');
    expect(refusal(closeOf({ orders, exceptions: [exception(4, 'x'), exception(5, 'x')] }))).toBe(
      'orders waits, exceptions is open (1 cause).',
    );
  });
  test('over what Amazon has not told', () => {
    expect(refusal(closeOf({ sales: { ...NOTHING.sales, toldUpTo: '2026-10-31T12:00:00Z' } }))).toBe('sales waits.');
  });
});

describe('the calendar', () => {
  test('months follow each other over the year', () => {
    expect([firstDayOf('2026-02'), lastDayOf('2026-02'), lastDayOf('2028-02')]).toEqual([
      '2026-02-01',
      '2026-02-28',
      '2028-02-29',
    ]);
    expect([nextPeriod('2026-12'), previousPeriod('2027-01')]).toEqual(['2027-01', '2026-12']);
    expect(periodsBetween('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(periodsBetween('2026-11', '2026-11')).toEqual(['2026-11']);
    expect(periodsBetween('2026-12', '2026-11')).toEqual([]);
    expect(renderPeriod('2026-10')).toBe('October 2026');
  });
  test('due is five working days after: October ends on a Saturday, September on a Wednesday', () => {
    expect(dueOf('2026-10', 5)).toBe('2026-11-06');
    expect(dueOf('2026-09', 5)).toBe('2026-10-07');
    expect(dueOf('2026-10', 1)).toBe('2026-11-02');
  });
  test.each([
    // Clocks go back in London on 25 October, in New York and Los Angeles on 1 November at two in the morning.
    ['2026-10', 'Europe/London', '2026-09-30T23:00:00Z', '2026-11-01T00:00:00Z'],
    ['2026-10', 'America/New_York', '2026-10-01T04:00:00Z', '2026-11-01T04:00:00Z'],
    ['2026-11', 'America/New_York', '2026-11-01T04:00:00Z', '2026-12-01T05:00:00Z'],
    ['2026-11', 'America/Los_Angeles', '2026-11-01T07:00:00Z', '2026-12-01T08:00:00Z'],
    ['2026-03', 'Europe/Berlin', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
    ['2026-10', 'Asia/Tokyo', '2026-09-30T15:00:00Z', '2026-10-31T15:00:00Z'],
  ])('%s in %s is from %s until %s', (period, zone, start, end) => {
    expect(monthSpan(period, '2026-01-01T00:00:00Z', zone)).toMatchObject({ start, end });
  });
});
