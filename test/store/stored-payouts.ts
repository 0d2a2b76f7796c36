import type { Purpose } from '../../src/domain/documents/document-kinds.ts';
import type { JournalLine, StoredJournalPart } from '../../src/domain/journal/journal-plan.ts';
import type { Role } from '../../src/domain/mapping/roles.ts';
import type { StatementLine } from '../../src/domain/matching/match-bank-line.ts';
import type { OrderFact } from '../../src/domain/orders/order-facts.ts';
import type { SettlementRow } from '../../src/domain/settlement/settlement.ts';
import type { Store } from '../../src/store/database.ts';
import { registerWait, storeDecision } from '../../src/store/decisions/decisions.ts';
import { planDocument, type DocumentIntent } from '../../src/store/documents/documents.ts';
import { setTranIds, settlePosted } from '../../src/store/documents/posted.ts';
import { raise } from '../../src/store/exceptions/exceptions.ts';
import { saveOrders, setOrderState } from '../../src/store/orders/orders.ts';
import { assignPayment, markApplied, planApplicationsOf } from '../../src/store/payouts/applications.ts';
import { planMovement, setTraceId } from '../../src/store/payouts/planned-movements.ts';
import { planMovementDocuments, setMovementState } from '../../src/store/payouts/movements.ts';
import { keepStatementLines } from '../../src/store/bank/statements.ts';
import { recordSettlement, setSettlementState } from '../../src/store/payouts/settlements.ts';
import { assignRows, stageRows } from '../../src/store/payouts/settlement-rows.ts';
import { fulfilmentOf, invoiceOf, salesOrderOf } from '../store/documents/written-down.ts';

const C = 'demo-us';
export const SETTLED_ORDER = '112-3940177-8802201';
export const WAITING_ORDER = '112-3940177-8802202';

/**
 * A payout that is tied (20001234561: 34.99 of one order, fees −5.25, +1.20 and −3.35, so 27.59), and one that waits for an
 * amount type (20001234562: −38.70 of rows without an account and 100.00 of another). Two orders: settled, and waiting for a SKU.
 */
export async function storePayouts({ db, pool, close }: Store): Promise<void> {
  const store: Store = { db, pool, close };
  await saveOrders(db, C, [{ fact: order(SETTLED_ORDER, 'BLU-MUG', 3499n), initial: 'seen' }]);
  await setOrderState(db, C, SETTLED_ORDER, 'billed');
  const key = <P extends Purpose>(purpose: P, businessKey: string) =>
    ({ connection: C, purpose, businessKey, part: 1 }) as const;
  const sold = { orderId: SETTLED_ORDER, date: '2026-10-03', total: 3499n };
  const sent = { ...sold, date: '2026-10-04' };
  const invoice = await post(store, invoiceOf(key('INV', `${SETTLED_ORDER}-S1`), sent), '70', 'INV4490');
  await post(store, salesOrderOf(key('SO', SETTLED_ORDER), sold), '61', null);
  await post(store, fulfilmentOf(key('IF', `${SETTLED_ORDER}-S1`), { ...sent, total: 0n }), '65', null);

  await recordSettlement(
    db,
    C,
    header('20001234561', '2026-10-01T07:00:00Z', '2026-10-15T06:59:59Z', 2759n),
    'a'.repeat(64),
    '2026-10-15T10:00:00Z',
  );
  await stage(store, '20001234561', [
    row(3, 'Order', 'ItemPrice', 'Principal', 3499n),
    row(4, 'Order', 'ItemFees', 'Commission', -525n),
    row(5, 'Refund', 'ItemFees', 'Commission', 120n),
    row(6, 'Order', 'ItemFees', 'FBAPerUnitFulfillmentFee', -335n),
  ]);
  const placed = (line: number, role: Role, booked: Role, document: string | null) => ({
    line,
    ordinal: 0,
    role,
    booked,
    part: 1,
    document,
  });
  await assignRows(db, C, '20001234561', [
    placed(3, 'product-sales', 'clearing', invoice),
    placed(4, 'selling-fees', 'selling-fees', null),
    placed(5, 'selling-fees', 'selling-fees', null),
    placed(6, 'fulfilment-fees', 'fulfilment-fees', null),
  ]);
  const plan: StoredJournalPart = {
    part: 1,
    of: 1,
    mapVersion: 1,
    date: '2026-10-14',
    lines: [
      line('payouts-in-transit', 2759n, 0n, true),
      line('clearing', 0n, 3499n),
      line('selling-fees', 405n, 0n),
      line('fulfilment-fees', 335n, 0n),
    ],
  };
  await post(
    store,
    {
      key: { connection: C, purpose: 'JE', businessKey: '20001234561', part: 1 },
      recordType: 'journalEntry',
      date: '2026-10-14',
      currency: 'USD',
      total: 3499n,
      orderId: null,
      settlementId: '20001234561',
      plan,
    },
    '80',
    'JE10002',
  );
  await planApplicationsOf(db, C, '20001234561', [{ document: invoice, kind: 'PAY', amount: 3499n }]);
  await assignPayment(db, C, '20001234561', [invoice], 'AMZ_demo-us_PAY_20001234561_1');
  await post(
    store,
    {
      key: { connection: C, purpose: 'PAY', businessKey: '20001234561', part: 1 },
      recordType: 'customerPayment',
      date: '2026-10-14',
      currency: 'USD',
      total: 3499n,
      orderId: null,
      settlementId: '20001234561',
      plan: {
        part: 1,
        kind: 'PAY',
        marketplace: 'ATVPDKIKX0DER',
        applications: [{ document: invoice, netsuiteId: '70', amount: 3499n }],
      },
    },
    '81',
    'PYMT10001',
  );
  await markApplied(db, C, 'AMZ_demo-us_PAY_20001234561_1');
  const movement = 'AMZ_demo-us_DEP_20001234561_1';
  await planMovement(db, C, {
    externalId: movement,
    settlementId: '20001234561',
    kind: 'payout',
    amount: 2759n,
    currency: 'USD',
    postedOn: '2026-10-14',
  });
  await setTraceId(db, C, movement, '021000020006017');
  const bankLine = {
    key: 'bank:1',
    account: 'bank' as const,
    date: '2026-10-16',
    amount: 2759n,
    currency: 'USD',
    description: 'AMAZON.COM MKTPL 021000020006017',
    transactionId: null,
  };
  await storeLines(db, C, [bankLine]);
  await planMovementDocuments(db, C, '20001234561', [
    {
      externalId: movement,
      movement,
      kind: 'line',
      debit: 'bank',
      credit: 'payouts-in-transit',
      amount: 2759n,
      currency: 'USD',
      cleared: 2759n,
      date: '2026-10-16',
      bankLine: 'bank:1',
      foundBy: 'trace id',
      posted: true,
    },
  ]);
  await setMovementState(db, C, movement, 'posted');
  await setSettlementState(db, C, '20001234561', 'tied', {
    mapVersion: 1,
    rowCount: 4,
    tiedAt: '2026-10-16T12:00:00Z',
  });
}

/** Lines of a statement, under keys of the test's own. */
export async function storeLines(db: Store['db'], connection: string, lines: StatementLine[]): Promise<void> {
  const days = lines.map(({ date }) => date).sort();
  await keepStatementLines(
    db,
    connection,
    { account: lines[0]!.account, tail: null },
    { from: days[0]!, to: days.at(-1)! },
    () => ({ fresh: lines, claimed: [] }),
  );
}

/** The second payout and the second order: both wait for a person. */
export async function storeWaiting(store: Store): Promise<void> {
  const { db } = store;
  await saveOrders(db, C, [{ fact: order(WAITING_ORDER, 'BLU-MUG-2', 2399n), initial: 'seen' }]);
  await setOrderState(db, C, WAITING_ORDER, 'waits', 'BLU-MUG-2');
  await registerWait(db, C, 'sku', 'BLU-MUG-2', `order:${C}:${WAITING_ORDER}`, '2026-10-12T09:00:00Z');
  await raise(
    db,
    C,
    {
      code: 'sku-unknown',
      key: 'BLU-MUG-2',
      subject: { kind: 'sku', id: 'BLU-MUG-2' },
      remedy: { kind: 'map-sku', sku: 'BLU-MUG-2' },
      evidence: { what: 'NetSuite has no item for SKU BLU-MUG-2 · 1 order', atStake: 2399n, currency: 'USD' },
    },
    '2026-10-12T09:00:00Z',
  );
  await recordSettlement(
    db,
    C,
    header('20001234562', '2026-10-15T07:00:00Z', '2026-10-29T06:59:59Z', 6130n),
    'b'.repeat(64),
    '2026-10-29T10:00:00Z',
  );
  const dock = (number: number) =>
    row(number, 'other-transaction', 'other-transaction', 'FBA Inbound Dock Fee', -1290n);
  await stage(store, '20001234562', [
    dock(9),
    dock(12),
    row(13, 'other-transaction', 'FBA Inventory Reimbursement', 'REVERSAL_REIMBURSEMENT', 10000n),
    dock(1420),
  ]);
  await registerWait(
    db,
    C,
    'amount',
    'othertransaction\tothertransaction\tfbainbounddockfee',
    `payout:${C}:20001234562`,
    '2026-10-29T10:00:00Z',
  );
  await raise(
    db,
    C,
    {
      code: 'unknown-amount',
      key: 'othertransaction\tothertransaction\tfbainbounddockfee',
      evidence: { what: 'no account for "FBA Inbound Dock Fee"', atStake: 6130n, currency: 'USD' },
      subject: { kind: 'amount', id: '["other-transaction","other-transaction","FBA Inbound Dock Fee"]' },
      remedy: {
        kind: 'map-amount',
        key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'],
        role: 'inbound',
        beginning: null,
      },
    },
    '2026-10-28T10:00:00Z',
  );
  await setSettlementState(db, C, '20001234562', 'waits-amount', { rowCount: 4 });
}

/** A person decided that Commission is a selling fee, as the map says too. */
export async function storeCommissionDecision({ db }: Store): Promise<void> {
  await storeDecision(
    db,
    C,
    {
      kind: 'amount',
      key: 'order\titemfees\tcommission',
      spelled: '["Order","ItemFees","Commission"]',
      choice: 'selling-fees',
      by: 'ana@example.com',
      why: 'policy 4.2',
    },
    '2026-10-02T10:00:00Z',
  );
}

async function post(store: Store, intent: DocumentIntent, netsuiteId: string, tranId: string | null): Promise<string> {
  const { externalId } = await planDocument(store.db, intent);
  await settlePosted(store.db, externalId, netsuiteId, '2026-10-15T11:00:00Z');
  if (tranId !== null) await setTranIds(store.db, new Map([[externalId, tranId]]));
  return externalId;
}

function order(orderId: string, sku: string, principal: bigint): OrderFact {
  return {
    orderId,
    purchasedAt: '2026-10-03T15:00:00Z',
    updatedAt: '2026-10-03T15:00:00Z',
    status: 'UNSHIPPED',
    fulfilledBy: 'AMAZON',
    channel: 'AMAZON',
    marketplaceId: 'ATVPDKIKX0DER',
    marketplaceName: 'Amazon.com',
    currency: 'USD',
    replaces: null,
    amazonCollectsTax: true,
    items: [{ orderItemId: '61200000000001', sku, asin: null, quantity: 1, amounts: { principal } }],
  };
}

function header(settlementId: string, start: string, end: string, total: bigint) {
  return { settlementId, start, end, depositDate: end, total, currency: 'USD', variant: 'V2' as const, columns: 24 };
}

function row(
  number: number,
  transactionType: string,
  amountType: string,
  amountDescription: string,
  amount: bigint,
): SettlementRow {
  const ofAnOrder = transactionType === 'Order' || transactionType === 'Refund';
  return {
    line: number,
    ordinal: 0,
    transactionType,
    amountType,
    amountDescription,
    amount,
    orderId: ofAnOrder ? SETTLED_ORDER : null,
    merchantOrderId: null,
    adjustmentId: null,
    shipmentId: ofAnOrder ? 'S1' : null,
    marketplaceName: 'Amazon.com',
    fulfillmentId: 'AFN',
    postedAt: '2026-10-07T16:00:00Z',
    orderItemCode: null,
    merchantAdjustmentItemId: null,
    sku: ofAnOrder ? 'BLU-MUG' : null,
    quantity: null,
    promotionId: null,
  };
}

function line(role: Role, debit: bigint, credit: bigint, payout = false): JournalLine {
  return {
    role,
    account:
      { 'payouts-in-transit': '1190', clearing: '1180', 'selling-fees': '6110', 'fulfilment-fees': '6120' }[
        role as 'clearing'
      ] ?? null,
    debit,
    credit,
    memo: '',
    payout,
  };
}

async function stage(store: Store, settlementId: string, rows: readonly SettlementRow[]): Promise<void> {
  await stageRows(store, C, settlementId, async (put, drained) => {
    for (const one of rows) put(one);
    await drained();
  });
}
