/** Balances, costs, documents of others, tax, stock, accruals and exceptions of a month, each in each of its states. */
import { describe, expect, test } from '@jest/globals';
import { explainRefusedAccrual, type AccrualAsked } from '../../../src/domain/period/explain-accrual.ts';
import { accrualsItem, type AccrualDocument, type AccrualsFacts } from '../../../src/domain/period/items/accruals.ts';
import { balancesItem, rollForward, type AccountFacts } from '../../../src/domain/period/items/balances.ts';
import { costsItem, type CostFacts } from '../../../src/domain/period/items/costs.ts';
import { exceptionsItem } from '../../../src/domain/period/items/exceptions.ts';
import { foreignItem, type ForeignLine } from '../../../src/domain/period/items/foreign.ts';
import { stockItem, type StockStanding } from '../../../src/domain/period/items/stock.ts';
import type { UnsettledOfMonth } from '../../../src/domain/period/unsettled.ts';
import { taxItem, type JurisdictionTax, type TaxItemFacts } from '../../../src/domain/period/items/tax.ts';
import type { VatDifference } from '../../../src/domain/tax/vat-amazon.ts';

describe('balances', () => {
  /** In transit in October: S1 put 20.02 there, and nothing else. */
  const account = (changes: Partial<AccountFacts> = {}): AccountFacts => ({
    account: 'payouts-in-transit',
    watch: 'strict',
    currency: 'USD',
    opening: 0n,
    closing: 2002n,
    openingOurs: 0n,
    movements: [{ kind: 'Journal', netsuite: 2002n, ours: 2002n }],
    residues: [{ subject: 'settlement S1', amount: 2002n, since: '2026-10-29' }],
    differing: [],
    ...changes,
  });
  const of = (...accounts: AccountFacts[]) => balancesItem({ accounts, confirmed: null });

  test('opening and movements are the closing, which is the residues', () => {
    expect(of(account())).toMatchObject([{ state: 'ties', figure: 2002n, difference: 0n, population: '1 account' }]);
    expect(rollForward(account())).toMatchObject({
      opening: 0n,
      movements: [{ kind: 'Journal', amount: 2002n }],
      closing: 2002n,
      residues: 2002n,
      difference: 0n,
    });
  });
  test('what NetSuite has more is open, and the document is named', () => {
    const [figure] = of(
      account({
        closing: 2502n,
        movements: [{ kind: 'Journal', netsuite: 2502n, ours: 2002n }],
        differing: [{ document: 'AMZ_us_JE_S1_1', planned: 2002n, held: 2502n }],
      }),
    );
    expect(figure).toMatchObject({ state: 'open', difference: 500n });
    expect(figure!.open).toEqual([
      {
        what: 'AMZ_us_JE_S1_1 has 25.02 USD on payouts-in-transit in NetSuite, planned 20.02 USD',
        amount: 500n,
        cause: 'document AMZ_us_JE_S1_1',
        act: 'npx tieout explain AMZ_us_JE_S1_1',
      },
    ]);
  });
  test('where no document is named the kind is', () => {
    expect(
      of(account({ closing: 2502n, movements: [{ kind: 'Journal', netsuite: 2502n, ours: 2002n }] })),
    ).toMatchObject([
      {
        state: 'open',
        difference: 500n,
        open: [{ what: 'payouts-in-transit: NetSuite has 5.00 USD more of Journal than was planned', amount: 500n }],
      },
    ]);
  });
  test('two edits that make up for each other are both named', () => {
    const [figure] = of(
      account({
        differing: [
          { document: 'AMZ_us_JE_S1_1', planned: 2002n, held: 2502n },
          { document: 'AMZ_us_JE_S2_1', planned: 0n, held: -500n },
        ],
      }),
    );
    expect(figure).toMatchObject({ state: 'open', difference: 1000n });
    expect(figure!.open.map(({ amount, cause }) => [cause, amount])).toEqual([
      ['document AMZ_us_JE_S1_1', 500n],
      ['document AMZ_us_JE_S2_1', -500n],
      // The sum over the kind is as planned.
    ]);
  });
  test('an invoice and its payment that were both enlarged leave no difference, and are open', () => {
    const receivable = account({
      account: 'receivable',
      closing: 0n,
      movements: [
        { kind: 'CustInvc', netsuite: 7099n, ours: 6599n },
        { kind: 'CustPymt', netsuite: -7099n, ours: -6599n },
      ],
      residues: [],
    });
    const [figure] = of(receivable);
    expect(figure).toMatchObject({ state: 'open', difference: 1000n });
    expect(figure!.open.map(({ amount }) => amount)).toEqual([500n, -500n]);
  });
  test('what documents of others put there is told, with none of ours to blame', () => {
    expect(
      of(
        account({
          closing: 2702n,
          movements: [
            { kind: 'Journal', netsuite: 2002n, ours: 2002n },
            { kind: null, netsuite: 700n, ours: 0n },
          ],
        }),
      ),
    ).toMatchObject([
      {
        state: 'open',
        difference: 700n,
        open: [{ what: 'payouts-in-transit: documents of others have 7.00 USD there' }],
      },
    ]);
  });
  test('residues that are not what documents left are open: an application of another amount than its payment', () => {
    expect(
      of(account({ residues: [{ subject: 'AMZ_us_INV_1_1', amount: 1502n, since: '2026-10-28' }] })),
    ).toMatchObject([{ state: 'open', difference: 500n }]);
  });
  test('a difference of the month before stands there, and not here', () => {
    const november = account({ opening: 2502n, openingOurs: 2002n, closing: 2502n, movements: [] });
    expect(of(november)).toMatchObject([{ state: 'ties', difference: 0n }]);
  });
  test('accounts of one currency do not make up for each other', () => {
    const [figure] = of(
      account({ closing: 2502n, movements: [{ kind: 'Journal', netsuite: 2502n, ours: 2002n }] }),
      account({ account: 'clearing', closing: 1502n, movements: [{ kind: 'Journal', netsuite: 1502n, ours: 2002n }] }),
    );
    expect(figure).toMatchObject({ state: 'open', difference: 1000n });
  });
  test('nor those of two currencies', () => {
    expect(of(account(), account({ currency: 'CAD', closing: 0n }))).toMatchObject([
      { currency: 'CAD', state: 'open', difference: -2002n },
      { currency: 'USD', state: 'ties' },
    ]);
  });
  describe('suspense', () => {
    const suspense = (changes: Partial<AccountFacts>) => account({ account: 'suspense', watch: 'zero', ...changes });
    test('ties at nothing', () => {
      expect(of(suspense({ closing: 0n, movements: [], residues: [] }))).toMatchObject([{ state: 'ties' }]);
    });
    test('what it keeps is open by just that', () => {
      expect(of(suspense({}))).toMatchObject([
        { state: 'open', difference: 2002n, open: [{ what: 'suspense keeps 20.02 USD' }] },
      ]);
    });
    test('what others put there is counted once', () => {
      const others = suspense({ closing: 700n, movements: [{ kind: null, netsuite: 700n, ours: 0n }], residues: [] });
      expect(of(others)).toMatchObject([{ state: 'open', difference: 700n }]);
    });
  });
  describe('before the first month', () => {
    const first = (changes: Partial<AccountFacts>, amount: bigint | null = null) =>
      balancesItem({
        accounts: [account({ opening: 300n, closing: 2302n, ...changes })],
        confirmed: amount === null ? [] : [{ account: 'payouts-in-transit', currency: 'USD', amount }],
      });
    test('what stood on a strict account wants a word', () => {
      expect(first({})).toMatchObject([
        {
          state: 'open',
          difference: 300n,
          open: [{ act: 'npx tieout close opening payouts-in-transit USD AMOUNT --why WHY' }],
        },
      ]);
      expect(first({}, 300n)).toMatchObject([{ state: 'ties' }]);
    });
    test('an account of two roles is one word of the command', () => {
      const two = { ...account({ opening: 300n, closing: 2302n }), account: 'clearing, set-off' };
      expect(balancesItem({ accounts: [two], confirmed: [] })[0]!.open[0]!.act).toBe(
        'npx tieout close opening "clearing, set-off" USD AMOUNT --why WHY',
      );
    });
    test('of another amount it is no word for it, nor in another currency', () => {
      expect(first({}, 200n)).toMatchObject([{ state: 'open', difference: 100n }]);
      const confirmed = [{ account: 'payouts-in-transit', currency: 'CAD', amount: 300n }];
      expect(balancesItem({ accounts: [account({ opening: 300n, closing: 2302n })], confirmed })).toMatchObject([
        { state: 'open' },
      ]);
    });
    test('a word for what was never there is open too', () => {
      expect(first({ opening: 0n, closing: 2002n }, 300n)).toMatchObject([{ state: 'open', difference: -300n }]);
    });
    test('what documents of ours put there, dated earlier, is explained', () => {
      const residues = [{ subject: 'settlement S1', amount: 2302n, since: '2026-09-28' }];
      expect(first({ openingOurs: 300n, residues })).toMatchObject([{ state: 'ties' }]);
    });
    test('a shown account is also that of others', () => {
      const bank = account({ account: 'bank', watch: 'shown', opening: 0n });
      expect(balancesItem({ accounts: [bank], confirmed: [] })).toMatchObject([{ state: 'ties', figure: 0n }]);
    });
  });
});

describe('costs', () => {
  const cost = (changes: Partial<CostFacts> = {}): CostFacts => ({
    account: 'storage',
    currency: 'USD',
    netsuite: 300n,
    planned: 300n,
    lastMonth: null,
    ...changes,
  });
  test('tie where NetSuite has what was planned; the month before stands beside it', () => {
    expect(costsItem([cost({ lastMonth: 250n })])).toMatchObject([
      { state: 'ties', figure: 300n, named: [{ what: 'storage: 3.00 USD, the month before 2.50 USD' }] },
    ]);
  });
  test('a cost that a person moved to another account is open on both', () => {
    const [figure] = costsItem([cost({ netsuite: 200n }), cost({ account: 'inbound', netsuite: 100n, planned: 0n })]);
    expect(figure).toMatchObject({ state: 'open', difference: 200n });
    expect(figure!.open.map(({ amount }) => amount)).toEqual([-100n, 100n]);
  });
  test('income is below zero', () => {
    expect(costsItem([cost({ account: 'reimbursements', netsuite: -1500n, planned: -1500n })])).toMatchObject([
      { state: 'ties', figure: -1500n },
    ]);
  });
  test('a figure a currency, none where nothing was', () => {
    expect(costsItem([cost(), cost({ currency: 'CAD', planned: 0n })])).toMatchObject([
      { currency: 'CAD', state: 'open' },
      { currency: 'USD', state: 'ties' },
    ]);
    expect(costsItem([])).toEqual([]);
  });
});

describe('documents of others', () => {
  const line = (changes: Partial<ForeignLine> = {}): ForeignLine => ({
    document: '117',
    name: 'Journal #117',
    type: 'Journal',
    day: '2026-10-12',
    role: 'clearing',
    account: '1210',
    currency: 'USD',
    amount: 500n,
    ...changes,
  });
  test('none ties, in each currency', () => {
    expect(foreignItem([], ['USD', 'CAD'])).toMatchObject([
      { currency: 'CAD', state: 'ties', figure: 0n },
      { currency: 'USD', state: 'ties', population: '0 documents of others' },
    ]);
  });
  test('one on a strict account is open', () => {
    expect(foreignItem([line()], ['USD'])).toMatchObject([
      {
        state: 'open',
        difference: 500n,
        open: [
          {
            what: 'Journal #117 of 2026-10-12 stands on clearing and is not ours: delete it, or move it to another account',
          },
        ],
      },
    ]);
  });
  test('one for our customer is open wherever it stands', () => {
    const invoice = [
      line({ type: 'CustInvc', role: null, account: '1200' }),
      line({ type: 'CustInvc', role: null, account: '4000', amount: -500n }),
    ];
    expect(foreignItem(invoice, ['USD'])).toMatchObject([{ state: 'open', difference: 1000n }]);
  });
  test('one that moves between two strict accounts comes to nothing in all, and is open', () => {
    const [figure] = foreignItem(
      [line(), line({ account: '1220', role: 'payouts-in-transit', amount: -500n })],
      ['USD'],
    );
    expect(figure).toMatchObject({ state: 'open', difference: 1000n });
  });
  test('two that make up for each other are both open', () => {
    expect(foreignItem([line(), line({ document: '118', amount: -500n })], ['USD'])[0]!.open).toHaveLength(2);
  });
  test('one that comes to nothing on each account is named', () => {
    expect(foreignItem([line(), line({ amount: -500n })], ['USD'])).toMatchObject([
      { state: 'ties', open: [], named: [{ cause: 'document 117' }] },
    ]);
  });
  test.each(['FxReval', 'PEJrnl'])("NetSuite's own %s is named", (type) => {
    expect(foreignItem([line({ type })], ['USD'])).toMatchObject([{ state: 'ties', named: [{}] }]);
  });
  test("NetSuite's own in the company's currency makes no figure of its own, which a signature would lack", () => {
    const revalued = [line({ type: 'FxReval', name: 'Currency Revaluation #7', currency: 'USD', amount: 125n })];
    const said = {
      what: "Currency Revaluation #7 of 2026-10-12 stands on clearing and is NetSuite's own: it counts as none",
    };
    expect(foreignItem(revalued, ['CAD'])).toMatchObject([
      { currency: 'CAD', state: 'ties', figure: 0n, difference: 0n, named: [{ ...said, amount: null }] },
    ]);
    // Somebody's journal in that currency is still a figure of its own, and is open.
    expect(foreignItem([...revalued, line({ document: '118' })], ['CAD'])).toMatchObject([
      { currency: 'CAD', state: 'ties' },
      { currency: 'USD', state: 'open', difference: 500n, named: [said] },
    ]);
  });
});

describe('tax', () => {
  const tax = (changes: Partial<JurisdictionTax> = {}): JurisdictionTax => ({
    jurisdiction: 'GB',
    currency: 'GBP',
    documents: 2000n,
    booked: 2000n,
    differing: [],
    ...changes,
  });
  const document = (name: string, booked: bigint) => ({ document: name, documents: 500n, booked });
  const apart: VatDifference = {
    orderId: '114-1',
    event: 'sale',
    sku: 'BLU-MUG',
    currency: 'GBP',
    kind: 'differs',
    what: ['tax'],
    day: '2026-10-12',
    ours: { collector: 'seller', jurisdiction: 'GB', rate: 2000n, net: 10000n, tax: 2000n },
    amazon: { collector: 'seller', jurisdiction: 'GB', rate: 2000n, net: 10000n, tax: 1900n },
  };
  const of = (jurisdictions: JurisdictionTax[], amazon: TaxItemFacts['amazon'] = []) =>
    taxItem({ period: '2026-10', jurisdictions, amazon });

  test('not used without registrations', () => expect(taxItem(null)).toMatchObject([{ state: 'not-used' }]));
  test("ties by account and by Amazon's report", () => {
    expect(of([tax()])).toMatchObject([{ state: 'ties', figure: 2000n }]);
  });
  test('documents that did not move it are open and named, also where they make up for each other', () => {
    const differing = [document('AMZ_uk_INV_1_1', 600n), document('AMZ_uk_INV_2_1', 400n)];
    expect(of([tax({ differing })])).toMatchObject([
      {
        state: 'open',
        difference: 200n,
        open: [
          { what: 'tax of GB: AMZ_uk_INV_1_1 has 5.00 GBP, and moved its account by 6.00 GBP', amount: -100n },
          { amount: 100n },
        ],
      },
    ]);
  });
  test('an account apart is open though no document is, and not by one that is apart the other way', () => {
    expect(of([tax({ booked: 1900n }), tax({ jurisdiction: 'JE', booked: 2100n })])).toMatchObject([
      { state: 'open', difference: 200n, open: [{ amount: 100n }, { amount: -100n }] },
    ]);
  });
  test("without Amazon's report, or beside one that differs, it is open", () => {
    expect(of([tax()], null)).toMatchObject([{ state: 'open', open: [{ act: 'npx tieout vat 2026-10 --avtr FILE' }] }]);
    expect(of([tax()], [apart])).toMatchObject([
      {
        state: 'open',
        open: [
          {
            what: "Amazon's VAT report differs: sale of BLU-MUG in order 114-1 is seller GB 20 %: 20.00 on 100.00 GBP by documents, seller GB 20 %: 19.00 on 100.00 GBP by Amazon",
          },
        ],
      },
    ]);
  });
  test("a month without tax of ours is held against Amazon's report too", () => {
    expect(of([], null)).toMatchObject([{ currency: null, state: 'open' }]);
    expect(of([], [apart])).toMatchObject([{ state: 'open' }]);
    expect(of([])).toMatchObject([{ currency: null, state: 'ties', figure: 0n }]);
  });
  test('a figure a currency', () => {
    expect(
      of([tax(), tax({ jurisdiction: 'DE', currency: 'EUR', differing: [document('AMZ_de_INV_1_1', 400n)] })]),
    ).toMatchObject([
      { currency: 'EUR', state: 'open' },
      { currency: 'GBP', state: 'ties' },
    ]);
  });
});

describe('stock', () => {
  const standing = (changes: Partial<StockStanding> = {}): StockStanding => ({
    pool: 'us',
    item: 'BLU-MUG',
    place: 'sellable',
    amazon: 40,
    netsuite: 42,
    opening: 0,
    foreign: 0,
    gap: 0,
    ...changes,
  });
  const of = (standings: StockStanding[], whole: string | null = '2026-10-31') =>
    stockItem({ lastDay: '2026-10-31', whole, standings });
  test('not used without the flow', () => expect(stockItem(null)).toMatchObject([{ state: 'not-used' }]));
  test('waits for the ledger of the last day', () => {
    for (const whole of [null, '2026-10-30'])
      expect(of([standing()], whole)).toMatchObject([{ state: 'waits', until: '2026-11-01T00:00:00Z' }]);
  });
  test('ties where what differs ends by itself; the figure is units', () => {
    expect(of([standing(), standing({ item: 'RED-MUG', netsuite: 8 })])).toMatchObject([
      { currency: null, state: 'ties', figure: 50n },
    ]);
  });
  test('terms that a person must end are open, also where they make up for each other', () => {
    expect(of([standing({ opening: 1, gap: -1 }), standing({ item: 'RED-MUG', foreign: -2 })])).toMatchObject([
      { state: 'open', difference: 4n, open: [{}, {}, { cause: 'item RED-MUG', act: 'npx tieout stock RED-MUG' }] },
    ]);
  });
  test('one that a later month has ended names the command that carries it, with all units of the month', () => {
    expect(of([standing({ foreign: 3, endedSince: true }), standing({ item: 'RED-MUG', gap: -2 })])).toMatchObject([
      {
        difference: 5n,
        open: [
          {
            what: 'BLU-MUG at us sellable: foreign 3, ended since by what is dated after 2026-10-31',
            act: 'npx tieout close carry 2026-10 stock 5 --why "…"',
          },
          { act: 'npx tieout stock RED-MUG' },
        ],
      },
    ]);
  });
});

describe('accruals', () => {
  const UNTIL = '2026-11-03T00:00:00Z';
  /** The worked example had S1 ended on 5 November. */
  const unsettled = (changes: Partial<UnsettledOfMonth> = {}): UnsettledOfMonth => ({
    currency: 'USD',
    roles: [
      { role: 'fulfilment-fees', amount: 1307n },
      { role: 'selling-fees', amount: 990n },
      { role: 'storage', amount: 300n },
    ],
    transactions: 3,
    whose: [],
    unknown: [],
    unclear: 0,
    ...changes,
  });
  const facts = (changes: Partial<AccrualsFacts> = {}): AccrualsFacts => ({
    period: '2026-10',
    isUsed: true,
    isPlanOnly: false,
    unsettled: [unsettled()],
    decided: [],
    documents: [],
    until: UNTIL,
    now: '2026-11-04T00:00:00Z',
    toldUpTo: UNTIL,
    ...changes,
  });
  const of = (all: UnsettledOfMonth[], changes: Partial<AccrualsFacts> = {}) =>
    accrualsItem(facts({ unsettled: all, ...changes }));
  const approved = (amount: bigint) => ({ currency: 'USD', choice: 'post' as const, amount });
  const none = { currency: 'USD', choice: 'none' as const, amount: 2597n };
  const accrual = (isPosted: boolean, changes: Partial<AccrualDocument> = {}): AccrualDocument => ({
    externalId: 'AMZ_us_ACR_2026-10-USD_1',
    currency: 'USD',
    total: 2597n,
    isPosted,
    isReversal: false,
    ...changes,
  });

  test('not used by the setting', () =>
    expect(of([unsettled()], { isUsed: false })).toMatchObject([{ state: 'not-used' }]));
  test('25.97 that nobody has decided is open, and waits before', () => {
    expect(of([unsettled()])).toMatchObject([{ state: 'open', figure: 2597n, difference: 2597n }]);
    expect(of([unsettled()], { now: '2026-11-02T00:00:00Z' })).toMatchObject([{ state: 'waits', until: UNTIL }]);
  });
  test('approved and not posted it is open; posted it ties', () => {
    const decided = [approved(2597n)];
    expect(of([unsettled()], { decided, documents: [accrual(false)] })).toMatchObject([
      { state: 'open', difference: 2597n, open: [{ what: expect.stringContaining('is not posted: 25.97 USD') }] },
    ]);
    expect(of([unsettled()], { decided, documents: [accrual(true)] })).toMatchObject([
      { state: 'ties', figure: 2597n, difference: 0n, named: [] },
    ]);
  });
  test('a reversal that waits keeps the next month open, also where nothing of that one is unsettled', () => {
    const waiting = accrual(false, { externalId: 'AMZ_us_ACR_2026-10-USD_2', isReversal: true });
    expect(of([], { documents: [waiting] })).toMatchObject([
      { currency: 'USD', state: 'open', figure: 0n, difference: -2597n },
    ]);
    expect(of([], { documents: [{ ...waiting, isPosted: true }] })).toMatchObject([{ state: 'ties', figure: 0n }]);
    // The setting was taken away in between.
    expect(of([], { documents: [waiting], isUsed: false })).toMatchObject([{ state: 'open' }]);
  });
  test('what comes after approval is shown, and what was approved stands', () => {
    const decided = [approved(2000n)];
    expect(of([unsettled()], { decided, documents: [accrual(true)] })).toMatchObject([
      { state: 'ties', figure: 2000n, named: [{ what: '5.97 USD since approval' }] },
    ]);
    expect(of([], { decided, documents: [accrual(true)] })).toMatchObject([
      { state: 'ties', figure: 2000n, named: [{ what: '−20.00 USD since approval' }] },
    ]);
  });
  test('set to none nothing is accrued, whatever is told later', () => {
    expect(of([unsettled()], { decided: [none] })).toMatchObject([
      { state: 'ties', figure: 0n, named: [{ what: '25.97 USD is set to none' }] },
    ]);
  });
  test('a computed nothing ties by itself; roles that make up for each other are no nothing', () => {
    expect(of([unsettled({ roles: [] })])).toMatchObject([{ state: 'ties', figure: 0n }]);
    const roles = [
      { role: 'storage', amount: 300n },
      { role: 'reimbursements', amount: -300n },
    ] as const;
    expect(of([unsettled({ roles })])).toMatchObject([{ state: 'open', difference: 0n }]);
  });
  test('a part that no rule names holds it, posted or not, also where its amounts come to nothing', () => {
    const unknown = [{ type: 'ServiceFee', path: 'NewFee', amount: 0n }];
    expect(of([unsettled({ roles: [], unknown })])).toMatchObject([{ state: 'open' }]);
    expect(of([unsettled({ unknown })], { decided: [none] })).toMatchObject([
      { state: 'open', open: [{ cause: 'finances ServiceFee NewFee' }] },
    ]);
  });
  test('a figure a currency', () => {
    const figures = of([unsettled(), unsettled({ currency: 'CAD', roles: [] })]);
    expect(figures.map(({ currency, state }) => [currency, state])).toEqual([
      ['CAD', 'ties'],
      ['USD', 'open'],
    ]);
  });
  test('nothing unsettled of what was not read waits', () => {
    expect(of([], { toldUpTo: null })).toMatchObject([{ state: 'waits', until: UNTIL }]);
    expect(of([unsettled({ roles: [] })], { toldUpTo: '2026-10-31T00:00:00Z' })).toMatchObject([{ state: 'waits' }]);
    expect(of([], { toldUpTo: UNTIL })).toEqual([]);
  });
  test('what Finances has not told holds it', () => {
    expect(of([unsettled({ unclear: 1 })])).toMatchObject([{ state: 'open', open: [{ cause: 'unclear' }, {}] }]);
  });
  test('is approved once the month is over and all of it is told and known, and once', () => {
    const asked: AccrualAsked = {
      currency: 'USD',
      isNone: false,
      isOver: true,
      earlier: null,
      later: null,
      shut: null,
    };
    const refusal = (changes: Partial<AccrualsFacts>, ask: Partial<AccrualAsked> = {}) =>
      explainRefusedAccrual(facts(changes), { ...asked, ...ask });
    expect(refusal({})).toBeNull();
    expect(refusal({}, { isNone: true })).toBeNull();
    const shut = 'October 2026 is closed in NetSuite';
    expect(refusal({}, { shut })).toBe(`${shut}: open the period in NetSuite first, or set it to none (--none).`);
    expect(refusal({}, { shut, isNone: true })).toBeNull();
    expect(refusal({}, { isOver: false })).toBe('2026-10 is not over.');
    expect(refusal({ isUsed: false })).toContain('accrues nothing');
    expect(refusal({ now: '2026-11-02T23:59:59Z' })).toContain('Amazon tells transactions of it until');
    expect(refusal({ toldUpTo: '2026-11-02T23:59:59Z' })).toContain('has been read up to 2026-11-02T23:59:59Z');
    expect(refusal({ toldUpTo: null })).toContain('not yet');
    const unknown = [{ type: 'ServiceFee', path: 'NewFee', amount: 100n }];
    expect(refusal({ unsettled: [unsettled({ unknown })] })).toContain('NewFee: 1.00 USD has no role');
    expect(refusal({ unsettled: [unsettled({ unclear: 2 })] })).toContain('2 transactions');
    expect(refusal({ decided: [approved(2597n)] })).toContain('is approved, and stands');
    expect(refusal({ decided: [none] }, { isNone: true })).toBe('it is set to none already.');
    // What was set to none may be approved after all.
    expect(refusal({ decided: [none] })).toBeNull();
    // In order: what is taken back in a month must be in that one's accrual, if it is unsettled still.
    expect(refusal({}, { earlier: '2026-09' })).toContain('2026-09 is not decided yet');
    expect(refusal({}, { later: '2026-11' })).toContain('2026-11 is accrued already');
    expect(refusal({}, { later: '2026-11', isNone: true })).toBeNull();
    expect(refusal({}, { currency: 'CAD' })).toBe('nothing of it is unsettled in CAD.');
    expect(refusal({ unsettled: [unsettled({ roles: [] })] })).toBe('nothing of it is unsettled in USD.');
  });
});

describe('exceptions', () => {
  const open = (number: number, cause: string) => ({ number, what: 'no item', act: 'npx tieout map-sku', cause });
  test('tie at none', () => expect(exceptionsItem([])).toMatchObject([{ state: 'ties', figure: 0n }]));
  test('each is open by its cause', () => {
    expect(exceptionsItem([open(4, 'sku X'), open(5, 'order 114-1')])).toMatchObject([
      { state: 'open', figure: 2n, difference: 2n, open: [{ what: 'no item (exception 4)', cause: 'sku X' }, {}] },
    ]);
  });
});
