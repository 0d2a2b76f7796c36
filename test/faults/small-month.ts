/**
 * A small month that passes through every step that posts: sales, a Multi-Channel order, a cancelled one, whole-unit and
 * stand-alone refunds, one that is taken back and one that Finances never tells, a sale below zero, an order of which a part is
 * cancelled, one sent to Britain, where its tax is owed until it is moved to Germany, an SKU, an amount, a difference, the
 * lines of a payout and a gap before another that wait for a person, a charge on the card, a micro deposit, reserves, and an
 * accrual of what its one journal brings for the month before. Typed by hand, and so is what it must come to.
 */
import { account, refund, report, sale } from '../end-to-end/report.ts';
import { accountsByRole, COST_OF_GOODS_ACCOUNT } from '../../src/local/demo-month/chart-of-accounts.ts';
import type { WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import type { AlertLine, AlertMessage } from '../../src/domain/alerts/alert-message.ts';
import { startHttpReceiver, type Posted } from '../clients/alerts/receivers.ts';
import { openExceptionOf } from '../../src/store/exceptions/exceptions.ts';
import { lastAudit, verifyAudit } from '../../src/store/audit/audit-chain.ts';
import { waitersFor } from '../../src/store/decisions/decisions.ts';
import { openWorld, type WorldUnderTest, type WorldUnderTestOptions } from '../end-to-end/world-under-test.ts';
import { withOtherPrice } from '../../src/local/demo-month/disagreements.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld, WorldOrder } from '../../src/simulators/amazon/world.ts';
import type { NetSuiteSeed } from '../../src/simulators/netsuite/seed.ts';
import { purposesPosted } from './steps.ts';

const SETTLEMENT = '27200000001';
/** 25.00 less 3.75 and 3.25: 18.00. */
const PLAIN = [
  ['ItemPrice', 'Principal', '25.00'],
  ['ItemFees', 'Commission', '-3.75'],
  ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
] as const;

/** Sent to Britain, where the seller owes its tax; its goods left Germany. */
const ABROAD = '114-1000011-0000011';

/** Orders of which the unit comes back: damaged, with nobody telling at first whose it is; and as it was. */
const DAMAGED = '114-1000007-0000007';
const RETURNED = '114-1000008-0000008';
const GIVEN_BACK = [
  ['ItemPrice', 'Principal', '-25.00'],
  ['ItemFees', 'Commission', '3.75'],
  ['ItemFees', 'RefundCommission', '-0.75'],
] as const;

const REPORT = report(
  {
    id: SETTLEMENT,
    start: '2026-10-25T07:00:00Z',
    end: '2026-11-08T08:00:00Z',
    deposit: '2026-11-10T08:00:00Z',
    total: '72.38',
  },
  [
    account('Payable to Amazon', '-12.00', '2026-10-25T07:00:00Z'),
    account('Previous Reserve Amount Balance', '20.00', '2026-10-25T07:00:00Z'),
    account('Successful charge', '12.00', '2026-10-26T10:00:00Z'),
    account('Micro Deposit', '-0.01', '2026-10-26T11:00:00Z'),
    // 29.19
    ...sale(
      {
        order: '114-1000001-0000001',
        shipment: 'Da1',
        at: '2026-10-28T16:00:00Z',
        item: '9001',
        sku: 'SKU-A',
        quantity: 2,
      },
      [
        ['ItemPrice', 'Principal', '40.00'],
        ['ItemPrice', 'Shipping', '5.99'],
        ['Promotion', 'Principal', '-4.00'],
        ['ItemFees', 'Commission', '-6.30'],
        ['ItemFees', 'FBAPerUnitFulfillmentFee', '-6.50'],
      ],
    ),
    // Its invoice will be 26.00: Amazon's orders and shipments say so.
    ...sale(
      {
        order: '114-1000002-0000002',
        shipment: 'Da2',
        at: '2026-10-29T16:00:00Z',
        item: '9002',
        sku: 'SKU-B',
        quantity: 1,
      },
      PLAIN,
    ),
    ...sale(
      {
        order: 'S01-1000003-0000003',
        shipment: 'Da3',
        at: '2026-10-29T17:00:00Z',
        item: '9003',
        sku: 'SKU-B',
        quantity: 1,
        marketplace: 'Non-Amazon US',
      },
      [
        ['ItemPrice', 'Principal', '0.00'],
        ['ShipmentFees', 'FBA transportation fee', '-5.00'],
      ],
    ),
    // −2.00: the invoice can carry 10.00 of the promotion, a credit memo has the rest.
    ...sale(
      {
        order: '114-1000006-0000006',
        shipment: 'Da6',
        at: '2026-10-30T16:00:00Z',
        item: '9006',
        sku: 'SKU-A',
        quantity: 1,
      },
      [
        ['ItemPrice', 'Principal', '10.00'],
        ['Promotion', 'Principal', '-12.00'],
      ],
    ),
    ...sale(
      { order: RETURNED, shipment: 'Da8', at: '2026-10-31T16:00:00Z', item: '9008', sku: 'SKU-B', quantity: 1 },
      PLAIN,
    ),
    // Two were ordered, and one of them was cancelled.
    ...sale(
      {
        order: DAMAGED,
        shipment: 'Da7',
        at: '2026-10-30T17:00:00Z',
        item: '9007',
        sku: 'SKU-B',
        quantity: 1,
      },
      PLAIN,
    ),
    ...sale(
      {
        order: '114-1000004-0000004',
        shipment: 'Da4',
        at: '2026-11-02T16:00:00Z',
        item: '9004',
        sku: 'SKU-NEW',
        quantity: 1,
      },
      PLAIN,
    ),
    // 30.00, and no fee on it.
    ...sale({ order: ABROAD, shipment: 'Da11', at: '2026-11-03T16:00:00Z', item: '9011', sku: 'SKU-B', quantity: 1 }, [
      ['ItemPrice', 'Principal', '25.00'],
      ['ItemPrice', 'Tax', '5.00'],
    ]),
    // One of the two units comes back: −17.60.
    ...refund({ order: '114-1000001-0000001', at: '2026-11-04T16:00:00Z', item: '9001', sku: 'SKU-A', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-20.00'],
      ['ItemFees', 'Commission', '3.00'],
      ['ItemFees', 'RefundCommission', '-0.60'],
    ]),
    // And is taken back from the buyer again: 17.60.
    ...refund({ order: '114-1000001-0000001', at: '2026-11-06T16:00:00Z', item: '9001', sku: 'SKU-A', quantity: 1 }, [
      ['ItemPrice', 'Principal', '20.00'],
      ['ItemFees', 'Commission', '-3.00'],
      ['ItemFees', 'RefundCommission', '0.60'],
    ]),
    // Two orders come back whole, each −22.00: what was sent of the one that was cancelled in part, and another.
    ...refund({ order: DAMAGED, at: '2026-11-05T16:00:00Z', item: '9007', sku: 'SKU-B', quantity: 1 }, GIVEN_BACK),
    ...refund({ order: RETURNED, at: '2026-11-05T16:10:00Z', item: '9008', sku: 'SKU-B', quantity: 1 }, GIVEN_BACK),
    // Its sale is in no file: −8.80.
    ...refund({ order: '114-0900000-0000009', at: '2026-11-04T17:00:00Z', item: '8009', sku: 'SKU-A', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-10.00'],
      ['ItemFees', 'Commission', '1.50'],
      ['ItemFees', 'RefundCommission', '-0.30'],
    ]),
    // Finances never tells this one, −6.00; and this.
    ...refund({ order: '114-0900000-0000010', at: '2026-11-04T18:00:00Z', item: '8010', sku: 'SKU-A', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-6.00'],
    ]),
    account('WAREHOUSE_LOST', '6.00', '2026-11-05T07:00:00Z', 'FBA Inventory Reimbursement'),
    account('Storage Fee', '-3.00', '2026-11-05T08:00:00Z'),
    account('Mystery Fee', '-1.00', '2026-11-05T09:00:00Z'),
    account('Current Reserve Amount', '-15.00', '2026-11-08T07:59:59Z'),
  ],
);

/** A week after that the next report begins, and brings in a reserve that nobody knows of. */
const AFTER_A_GAP = '27200000002';
const LATER = report(
  {
    id: AFTER_A_GAP,
    start: '2026-11-15T08:00:00Z',
    end: '2026-11-22T08:00:00Z',
    deposit: '2026-11-24T08:00:00Z',
    total: '5.00',
  },
  [account('Previous Reserve Amount Balance', '5.00', '2026-11-15T08:00:00Z')],
);

export function smallMonth(): AmazonWorld {
  const told = worldFromSettlements([REPORT, LATER]);
  const abroad = ({ buyer, ...order }: WorldOrder): WorldOrder => ({
    ...order,
    buyer: order.orderId === ABROAD ? { ...buyer, address: { ...buyer.address, countryCode: 'GB' } } : buyer,
  });
  const partly = (order: WorldOrder): WorldOrder =>
    order.orderId !== DAMAGED
      ? order
      : {
          ...order,
          history: [
            { at: '2026-10-28T16:00:00Z', status: 'UNSHIPPED' },
            { at: '2026-10-30T17:00:00Z', status: 'PARTIALLY_SHIPPED' },
          ],
          items: order.items.map((item) => ({
            ...item,
            quantity: 2,
            principal: '50.00',
            cancelled: { at: '2026-11-02T16:00:00Z', units: 1 },
          })),
        };
  const like = told.orders.find((order) => order.orderId === '114-1000002-0000002')!;
  const cancelled = {
    ...like,
    orderId: '114-1000005-0000005',
    items: like.items.map((item) => ({ ...item, orderItemId: '9005' })),
    history: [
      { at: '2026-10-27T12:00:00Z', status: 'UNSHIPPED' as const },
      { at: '2026-11-06T12:00:00Z', status: 'CANCELLED' as const },
    ],
  };
  const cost: Record<string, string> = { 'SKU-A': '8.00', 'SKU-B': '10.00', 'SKU-NEW': '8.00' };
  const upc = told.catalogue.find((product) => product.sku === 'SKU-A')!.upc;
  // The bank shows the payout in two lines without Amazon's trace id, and 0.08 of it not at all.
  const bankLines = told.bankLines.flatMap((line) =>
    line.description !== 'AMAZON MKTPL PAYMENTS' || line.amount === '5.00'
      ? [line]
      : [
          { ...line, amount: '20.00', transactionId: 'part 1' },
          { ...line, amount: '52.30', transactionId: 'part 2' },
        ],
  );
  return withOtherPrice(
    {
      ...told,
      stock: stockOf(told.catalogue.map(({ sku }) => sku)),
      orders: [...told.orders.map(partly).map(abroad), cancelled],
      bankLines,
      refunds: told.refunds.filter(({ orderId }) => orderId !== UNTOLD.orderId),
      catalogue: told.catalogue.map((product) => ({
        ...product,
        unitCost: cost[product.sku]!,
        ...(product.sku === 'SKU-NEW' ? { inNetSuite: false, upc } : {}),
      })),
    },
    like.orderId,
    '26.00',
  );
}

/** What NetSuite must hold afterwards, whatever happened in between. */
export const EXPECTED = {
  transactions: {
    // Seven invoices of shipments, one of the refund that was taken back. Credit memos of five refunds and of the sale below zero.
    SalesOrd: 9,
    ItemShip: 8,
    CustInvc: 8,
    RtnAuth: 3,
    CustCred: 6,
    // Two openings, one journal, whose October is accrued and taken back, one of the later report, one for the difference and one for the rest of the payout; a second payment for what the difference leaves of the invoice,
    // and a second customer refund for what was booked late.
    // And the tax of one of Amazon's invoices, and the tax that is moved.
    Journal: 10,
    CustPymt: 2,
    CustRfnd: 2,
    Deposit: 4,
    CardChrg: 1,
    // What the seed laid in; the opening, the unit that came back damaged, the one that is lost. The shipment sets off and
    // arrives. One return is received.
    InvAdjst: 1 + 3,
    InvTrnfr: 2,
    ItemRcpt: 1,
  },
  balances: {
    clearing: '0.00',
    receivable: '0.00',
    'payouts-in-transit': '0.00',
    'balance-due-to-amazon': '0.00',
    'amazon-charges': '0.00',
    bank: '77.31',
    card: '-12.00',
    'reserve-held': '15.00',
    // 13.00 of the account, and two units of SKU-B that NetSuite did not know of.
    'opening-balance': '-33.00',
    // 176.00 sold, 70.00 of it given back; 10.00 given back for a sale of former days, 20.00 taken back. 26.00 invoiced, 25.00 settled:
    // 1.00 is a variance, and so are 0.08 that the bank never showed. 6.00 more were given back that only the settlement tells.
    'product-sales': '-106.00',
    variance: '1.08',
    refunds: '-4.00',
    reimbursements: '-6.00',
    'shipping-income': '-5.99',
    promotions: '16.00',
    'selling-fees': '14.10',
    'fulfilment-fees': '24.50',
    // 4.00, of which 0.50 are tax that an invoice of Amazon's reclaims.
    storage: '3.50',
    accrued: '0.00',
    'input-tax': '0.50',
    // 5.00 of tax were owed in Britain, and are owed in Germany.
    'sales-tax-payable:GB': '0.00',
    'sales-tax-payable:DE': '-5.00',
    // Goods for 82.00 went out; two of SKU-B at 10.00 came back.
    cogs: '62.00',
    'inventory-loss': '8.00',
  },
  // What Amazon holds: 200 of SKU-A, SKU-NEW among them, less 4 sold and 1 lost, 10 more received; 100 of SKU-B, less 5 sold,
  // and 2 came back, one of them damaged. Of 20 in the warehouse 10 were sent.
  stock: [
    'SKU-A FBA US 205',
    'SKU-A To Amazon 0',
    'SKU-A Warehouse 10',
    'SKU-B FBA US 96',
    'SKU-B FBA US unsellable 1',
  ],
} as const;

/** What a person makes of the invoice that Amazon settled for 1.00 less. */
export const DIFFERENCE = {
  kind: 'settleDifference',
  document: 'AMZ_demo-us_INV_114-1000002-0000002-Da2_1',
  choice: 'variance',
  why: 'price override, case 1234',
} as const;

/** Which lines of the statement he says the payout is: 72.30 of 72.38. */
export const DEPOSIT = {
  kind: 'matchDeposit',
  settlementId: SETTLEMENT,
  movement: 'payout',
  why: 'the bank took 0.08 for the transfer',
  lines: [
    { date: '2026-11-10', amount: '20.00', description: 'AMAZON MKTPL PAYMENTS' },
    { date: '2026-11-10', amount: '52.30', description: 'AMAZON MKTPL PAYMENTS' },
  ],
} as const;

/** The refund that Amazon's finances never tell. */
export const UNTOLD = {
  kind: 'bookRefund',
  orderId: '114-0900000-0000010',
  settlementId: SETTLEMENT,
  why: 'Seller Central shows the refund',
} as const;

/** Nobody has the report in between. */
export const OPENING = {
  kind: 'openChain',
  settlementId: AFTER_A_GAP,
  why: 'the account was with another seller that week',
} as const;

/** Everything is in the books when somebody has it read once more. */
export const AGAIN = { kind: 'readAgain', what: 'refunds', from: '2026-10-25T07:00:00Z', why: 'to be sure' } as const;

/** Who sent a signal to a workflow by hand. */
const BY_HAND = 'somebody at the UI';

/** Amazon had two units of SKU-B more than NetSuite when the flow of stock began. */
export const OPENING_STOCK = { kind: 'approveOpening', pool: 'us', why: 'counted on 31 October' } as const;

/** Amazon's British branch has written an invoice. */
export const FEE_INVOICE = {
  kind: 'bookFeeInvoice',
  number: 'GB/2026 1',
  date: '2026-11-05',
  jurisdiction: 'GB',
  role: 'storage',
  net: '2.50',
  tax: '0.50',
  treatment: 'charged',
  marketplace: 'ATVPDKIKX0DER',
  why: 'November',
} as const;

/** Amazon's VAT report says from where the goods left. */
export const MOVE = {
  kind: 'moveTax',
  orderId: ABROAD,
  from: 'GB',
  to: 'DE',
  net: '25.00',
  tax: '5.00',
  why: 'left from Germany',
} as const;

export const LATER_DECISIONS = [
  DIFFERENCE,
  UNTOLD,
  { ...DEPOSIT, lines: [...DEPOSIT.lines] },
  OPENING,
  AGAIN,
  OPENING_STOCK,
  FEE_INVOICE,
  MOVE,
];

export interface MonthResult {
  purposes: string[];
  transactions: Record<string, number>;
  balances: Record<string, string>;
  stock: string[];
  duplicates: unknown[];
  openExceptions: string[];
  tied: boolean[];
  /** How often each act of a person stands in the record, and whether its chain is whole. */
  acts: Record<string, number>;
}

/** The seller of this month owes no tax at home: no document's tax is another's, none can be moved there, and no prices hold any. */
async function refuseTax(world: WorldUnderTest): Promise<void> {
  const moved = { orderId: ABROAD, from: 'GB', to: 'US', net: '25.00', tax: '5.00' } as const;
  const why = 'to be sure';
  for (const [decision, sentence] of [
    [{ kind: 'correctTax', document: DIFFERENCE.document, why }, 'differs from no rows'],
    [{ kind: 'confirmPrices', marketplace: 'amazon.com', why }, 'whose prices hold tax'],
    [{ kind: 'moveTax', ...moved, why }, 'owes no tax in US'],
    [{ kind: 'placeSale', orderId: ABROAD, country: 'US', why }, 'waits to know where it went'],
  ] as const) {
    const refused = await world.decide(decision).then(
      () => null,
      (error: unknown) => error,
    );
    if (!(refused instanceof Error) || !refused.message.includes(sentence))
      throw new Error(`${decision.kind} was not refused`, { cause: refused });
  }
}

/** The first month is signed, all its balances having stood at nothing before, and opened again; its VAT report is somebody's to look at. */
async function closeOctober(world: WorldUnderTest): Promise<void> {
  await world.look();
  const period = '2026-10';
  await world.decide({
    kind: 'approveOpeningBalance',
    account: 'receivable',
    currency: 'USD',
    amount: '0.00',
    why: 'as the old books closed',
  });
  await world.decide({
    kind: 'mapFinances',
    transactionType: 'ServiceFee',
    path: 'AmazonFees/MysteryFee/…',
    role: 'storage',
    why: 'as its row',
  });
  await world.decide({ kind: 'carryItem', period, item: 'tax', amount: '0', why: 'held against by hand' });
  await world.decide({ kind: 'signOff', period, why: 'reviewed' });
  await world.decide({ kind: 'reopen', period, why: 'to look once more' });
}

/** Four days after it October is accrued, before its journal comes: fees of 6.30, 3 × 3.75, and 6.50, 3 × 3.25, 5.00. */
const ACCRUED = '38.80 USD';

async function accrueOctober(world: WorldUnderTest): Promise<void> {
  // An order is taken in before a part of it is cancelled, and no stock is on its way yet, which the opening would hold.
  await clockTo(world, '2026-10-31T06:00:00Z');
  await clockTo(world, '2026-11-04T12:00:00Z');
  const asked = { kind: 'approveAccrual', period: '2026-10', currency: 'USD', why: 'as worked out' } as const;
  const { detail } = await world.decide(asked);
  if (!detail.startsWith(ACCRUED)) throw new Error(`October is accrued otherwise: ${detail}`);
}

/** The clock stops at each fact on its way. */
async function clockTo({ amazonUrl, look }: WorldUnderTest, to: string): Promise<void> {
  for (let now = ''; now < to;) {
    const page = await fetch(`${amazonUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    ({ now } = (await page.json()) as { now: string });
  }
  await look();
}

/** By its command, and by hand as from the Temporal UI: the order waits for an item all the same. */
async function tryAgainBothWays({ store, connection, client, decide, until }: WorldUnderTest): Promise<void> {
  const [waiting] = await waitersFor(store.db, connection, 'sku', 'SKU-NEW');
  await decide({ kind: 'tryAgain', of: 'order', id: waiting!.split(':')[2]!, why: 'to be sure' });
  await client.workflow.getHandle(waiting!).signal('tryAgain', { by: BY_HAND });
  await until(
    () => lastAudit(store.db, connection, null),
    (acts) => acts.some(({ by }) => by === BY_HAND),
  );
}

/** A word about the item that is missing, before somebody maps it: it changes nothing. */
async function writeNote({ store, connection, decide }: WorldUnderTest): Promise<void> {
  const found = await openExceptionOf(store.db, connection, 'sku-unknown', 'SKU-NEW');
  await decide({ kind: 'noteException', exception: found!.id, why: 'asked purchasing' });
}

/** Whatever ran twice or was killed on the way: each decision stands in the record once, and the record stands. */
async function actsOf({ store, connection }: WorldUnderTest): Promise<Record<string, number>> {
  const acts = await lastAudit(store.db, connection, null);
  const count = (action: string, by?: string) =>
    acts.filter((act) => act.action === action && (by === undefined || act.by === by)).length;
  return {
    tryAgain: count('try-again'),
    byHand: count('signal', BY_HAND),
    mapSku: count('map-sku'),
    mapAmount: count('map-amount'),
    openChain: count('open-chain'),
    settleDifference: count('settle-difference'),
    bookRefund: count('book-refund'),
    matchDeposit: count('match-deposit'),
    readAgain: count('read-again'),
    noteException: count('note-exception'),
    approveOpening: count('approve-opening'),
    bookFeeInvoice: count('book-fee-invoice'),
    moveTax: count('move-tax'),
    approveAccrual: count('approve-accrual'),
    mapFinances: count('map-finances'),
    carryItem: count('carry-item'),
    signOff: count('sign-off'),
    reopen: count('reopen'),
    approveOpeningBalance: count('approve-opening-balance'),
    broken: (await verifyAudit(store.db)).broken === null ? 0 : 1,
  };
}

/** Runs the month to its end, with the decisions that a person takes (before each, and at the end, whatever else he must `mend`), and asks NetSuite what it holds. */
export async function liveThrough(
  world: WorldUnderTest,
  mend: () => Promise<void> = async () => {},
): Promise<MonthResult> {
  const { connection, policy } = world;
  await world.run('connectionCheck', `connection-check:${connection}`, { connection, policy });
  await accrueOctober(world);
  await world.runToTheEnd();
  // Nothing of this month is past its retention.
  await world.run('housekeeping', `housekeeping:${connection}`, { connection, policy });
  await mend();
  await tryAgainBothWays(world);
  await writeNote(world);
  await world.decide({ kind: 'sku', key: 'SKU-NEW', choice: 'SKU-A' });
  await world.look();
  // The orders first: what comes after the payment would be applied by another one.
  await mend();
  await world.decide({
    kind: 'amount',
    key: ['other-transaction', 'other-transaction', 'Mystery Fee'],
    choice: 'storage',
  });
  await world.look();
  await mend();
  for (const decision of LATER_DECISIONS) {
    await world.decide(decision);
    await world.look();
  }
  await mend();
  await world.look();
  // By hand once more, as what Amazon no longer keeps: it is known, and nothing changes.
  const { sha256 } = await world.store.db.selectFrom('settlements').select('sha256').executeTakeFirstOrThrow();
  await world.run('settlementImport', `settlement-import:${connection}`, { connection, sha256, policy });
  await refuseTax(world);
  await closeOctober(world);
  await world.run('taxTie', `tax-tie:${connection}:2026-11`, { connection, month: '2026-11', policy });
  await world.run('balancesOn', `balances:${connection}:2026-10-31`, { connection, day: '2026-10-31', policy });
  const tieOut = await world.tieOut();
  const state = await world.netsuitePage<{ transactions: Record<string, number> }>('GET', '/admin/state');
  const stock = await world.suiteql(
    `SELECT i.itemid item, l.name location, s.quantityonhand quantity FROM inventoryitemlocations s JOIN item i ON i.id = s.item JOIN location l ON l.id = s.location
     ORDER BY i.itemid, l.name`,
  );
  return {
    purposes: await purposesPosted(world),
    transactions: state.transactions,
    balances: tieOut.balances,
    stock: stock.map((row) => `${row['item']} ${row['location']} ${row['quantity']}`),
    duplicates: tieOut.duplicates,
    openExceptions: tieOut.openExceptions.map(({ code, what }) => `${code}: ${what}`),
    tied: tieOut.payouts.map(({ tied }) => tied),
    acts: await actsOf(world),
  };
}

/** Everybody hears of its exceptions over a webhook. */
const HOOK = 'TIEOUT_ALERTS_HOOK_SECRET';

export interface SmallMonth extends WorldUnderTest {
  /** What the webhook was told more often than it happened: `opened 3`. */
  toldTwice(): Promise<string[]>;
}

export async function openSmallMonth(
  options: Omit<WorldUnderTestOptions, 'world' | 'paceDays'> = {},
): Promise<SmallMonth> {
  const hook = await startHttpReceiver();
  const owners = ['finance', 'operations', 'engineering'];
  const world = await openWorld({
    alerts: {
      settings: { channels: [{ name: 'hook', owners, via: 'webhook', url: hook.url }] },
      env: { [HOOK]: 'a secret of thirty-two characters' },
    },
    // Amazon makes 15 reports at once and one more a minute; stock asks for eight a look, and each step may run twice.
    rateTimes: 60,
    ...options,
    settings: { ...MONTH_SETTINGS, ...options.settings },
    seed: (seed) => withPlaces(options.seed?.(seed) ?? seed),
    world: smallMonth(),
    paceDays: 7,
  });
  return {
    ...world,
    toldTwice: () => toldTwice(world, hook.posted),
    async close() {
      await world.close();
      await hook.close();
    },
  };
}

/** One message may come again under its key; what it tells may not come under another. */
async function toldTwice({ store }: WorldUnderTest, posted: readonly Posted[]): Promise<string[]> {
  const byKey = new Map(
    posted.map(({ headers, body }) => [headers['idempotency-key'], JSON.parse(body) as AlertMessage]),
  );
  const lines = [...byKey.values()].flatMap(({ kind, exceptions }) => (kind === 'exceptions' ? exceptions : []));
  const rows = await store.db.selectFrom('exceptions').select(['id', 'opened']).execute();
  return rows.flatMap(({ id, opened }) => {
    const told = (...events: AlertLine['event'][]) =>
      lines.filter(({ number, event }) => number === id && events.includes(event)).length;
    return [
      ...(told('opened', 'passed') > opened ? [`opened ${id}`] : []),
      ...(told('ended', 'passed') > opened ? [`ended ${id}`] : []),
    ];
  });
}

/** Locations that the pool names and that nothing else needs; of SKU-B two units less than Amazon has. */
function withPlaces(seed: NetSuiteSeed): NetSuiteSeed {
  const known = new Set(seed.locations.map(({ name }) => name));
  const { unsellable, inTransit, removal, source } = MONTH_SETTINGS.stock.pools[0]!;
  const missing = [unsellable, inTransit, removal, source].filter((name) => !known.has(name));
  return {
    ...seed,
    accounts: [
      ...seed.accounts,
      { number: '1290', name: 'Input VAT', type: 'OthCurrAsset' },
      { number: '2211', name: 'Sales tax GB', type: 'OthCurrLiab' },
      { number: '2212', name: 'Sales tax DE', type: 'OthCurrLiab' },
    ],
    items: [
      ...seed.items,
      { itemId: 'AMZ-VAT-GB', displayName: 'VAT GB', incomeAccount: '2211', type: 'NonInvtPart' },
      { itemId: 'AMZ-VAT-DE', displayName: 'VAT DE', incomeAccount: '2212', type: 'NonInvtPart' },
    ],
    locations: [...seed.locations, ...missing.map((name) => ({ name }))],
    openingStock: seed.openingStock.map((line) =>
      line.itemId === 'SKU-B' ? { ...line, quantity: line.quantity - 2 } : line,
    ),
  };
}

/** The month's stock is read and answered as well, and an invoice of Amazon's is entered. */
const MONTH_SETTINGS = {
  accounts: {
    ...accountsByRole(['USD']),
    'cogs-returns': COST_OF_GOODS_ACCOUNT,
    'input-tax': '1290',
    'sales-tax-payable:GB': '2211',
    'sales-tax-payable:DE': '2212',
  },
  tax: {
    registrations: ['GB', 'DE'],
    items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
    rates: { GB: { standard: 20 }, DE: { standard: 19 } },
    feeInvoices: 'ours',
  },
  close: {},
  stock: {
    from: '2026-11-01',
    pools: [
      {
        name: 'us',
        countries: ['US'],
        marketplace: 'ATVPDKIKX0DER',
        sellable: 'FBA US',
        unsellable: 'FBA US unsellable',
        inTransit: 'To Amazon',
        removal: 'From Amazon',
        source: 'Warehouse',
      },
    ],
  },
};

/**
 * What lies at Amazon, one shipment on its way there, a unit that is lost. One return comes damaged, and which order it is of is
 * told long after: it is an adjustment, and its authorisation is closed. Another is received.
 */
function stockOf(skus: readonly string[]): WorldStock {
  const place = { country: 'US', centre: 'PDX9' };
  const [sku] = skus as [string];
  return {
    opened: '2026-09-30',
    opening: skus.map((each) => ({ sku: each, fnsku: `X-${each}`, ...place, units: 100 })),
    inbound: [
      {
        shipment: 'FBA15SMALL',
        ...place,
        items: { [sku]: 10 },
        history: [
          { at: '2026-11-01T16:00:00Z', status: 'SHIPPED' },
          { at: '2026-11-12T16:00:00Z', status: 'CLOSED' },
        ],
      },
    ],
    events: [
      { at: '2026-11-03T18:00:00Z', type: 'receive', sku, units: 10, shipment: 'FBA15SMALL' },
      { at: '2026-11-05T18:00:00Z', type: 'adjust', sku, units: -1, reason: 'M' },
    ],
    returns: [
      {
        at: '2026-11-07T18:00:00Z',
        order: DAMAGED,
        sku: 'SKU-B',
        disposition: 'CUSTOMER_DAMAGED',
        inReport: '2026-11-20T18:00:00Z',
      },
      { at: '2026-11-14T18:00:00Z', order: RETURNED, sku: 'SKU-B', disposition: 'SELLABLE' },
    ],
  };
}
