/**
 * Settlements as facts: what happened, before any report says so. Every amount carries the meaning that accounting gives
 * its kind, typed by hand here, so that the amount map and the journal are checked against something they did not make.
 */
import fc from 'fast-check';
import type { Role } from '../../src/domain/mapping/roles.ts';
import { ACCOUNT_KINDS, CLAIM_TYPES, kind, UNKNOWN_KINDS, type AmountKind } from './amount-kinds.ts';

export interface FactRow extends AmountKind {
  /** Signed minor units. */
  minor: bigint;
  /** Epoch seconds. */
  at: number;
  orderId: string | null;
  shipmentId: string | null;
  adjustmentId: string | null;
  adjustmentItemId: string | null;
  itemCode: string | null;
  sku: string | null;
  /** On Principal rows only. */
  quantity: number | null;
  promotionId: string | null;
  marketplace: string | null;
  fulfilment: 'AFN' | 'MFN' | null;
}

/** An invoice or credit memo that our books hold for rows of the settlement, made of a shipment or of a refund; `total` is never negative. */
export interface DocumentFact {
  kind: 'invoice' | 'credit-memo';
  of: 'sale' | 'refund';
  orderId: string;
  shipmentId: string | null;
  at: number;
  total: bigint;
}

export interface SettlementFacts {
  id: string;
  currency: string;
  zone: string;
  start: number;
  end: number;
  rows: FactRow[];
  documents: DocumentFact[];
}

/** What a settlement has of balances that the settlement before and the one after know too; all zero or more. */
interface Balances {
  reserveIn: number;
  reserveOut: number;
  carriedIn: number;
  charged: boolean;
  microDeposits: number;
  returned: number[];
}

const PERIOD = 14 * 86_400;
const FIRST_START = Date.UTC(2026, 0, 5, 8) / 1000;
const PLACES = [
  { currency: 'USD', marketplace: 'Amazon.com', zone: 'America/Los_Angeles' },
  { currency: 'CAD', marketplace: 'Amazon.ca', zone: 'America/Los_Angeles' },
  { currency: 'EUR', marketplace: 'Amazon.de', zone: 'Europe/Berlin' },
  { currency: 'JPY', marketplace: 'Amazon.co.jp', zone: 'Asia/Tokyo' },
] as const;
const SKUS = ['CST-PAN-26', 'RED-MUG', 'BLU "XL" MUG', 'Straße-01', 'a b-c_d', '0012'];
const PROMOTIONS = ['PLM-8842, autumn 10%', 'US Core Free Shipping 2015/04/08', 'Été'];

const upTo = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: 0 });

const item = fc.record({
  sku: fc.nat(SKUS.length - 1),
  quantity: fc.integer({ min: 1, max: 4 }),
  principal: fc.integer({ min: 0, max: 250_000 }),
  shipping: upTo(900),
  giftWrap: upTo(500),
  discount: upTo(5_000),
  shippingDiscount: upTo(900),
  points: upTo(300),
  tax: upTo(20_000),
  taxDiscount: upTo(500),
  taxEnd: fc.constantFrom('withheld', 'withheld', 'withheld', 'short', 'own'),
  commission: upTo(20_000),
  fulfilment: upTo(3_000),
});
const sale = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 3 }),
  at: fc.nat(PERIOD),
  shipments: fc.integer({ min: 1, max: 2 }),
  namesShipment: fc.boolean(),
  by: fc.constantFrom('AFN', 'AFN', 'AFN', 'AFN', 'MFN', 'multi-channel'),
});
const refund = fc.record({
  of: fc.option(fc.nat(7)),
  at: fc.nat(PERIOD - 100),
  sku: fc.nat(SKUS.length - 1),
  quantity: fc.integer({ min: 1, max: 3 }),
  principal: upTo(250_000),
  shipping: upTo(900),
  discount: upTo(5_000),
  goodwill: upTo(700),
  restocking: upTo(700),
  tax: upTo(20_000),
  taxGivenBack: fc.boolean(),
  commission: upTo(20_000),
  refundCommission: upTo(500),
});
const claim = fc.record({
  type: fc.constantFrom(...CLAIM_TYPES),
  at: fc.nat(PERIOD),
  principal: fc.integer({ min: 1, max: 90_000 }),
  discount: upTo(900),
  commission: upTo(9_000),
  hasMemo: fc.boolean(),
});
const account = fc.record({
  kind: fc.nat(ACCOUNT_KINDS.length - 1),
  at: fc.nat(PERIOD),
  minor: fc.integer({ min: -90_000, max: 90_000 }).filter((minor) => minor !== 0),
});
const unknown = fc.record({
  kind: fc.nat(UNKNOWN_KINDS.length - 1),
  at: fc.nat(PERIOD),
  minor: fc.integer({ min: -9_000, max: 9_000 }),
});

const balances: fc.Arbitrary<Balances> = fc.record({
  reserveIn: upTo(200_000),
  reserveOut: upTo(200_000),
  carriedIn: upTo(60_000),
  charged: fc.boolean(),
  microDeposits: fc.constantFrom(0, 0, 0, 1, 2),
  returned: fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 1 }),
});

const contents = (most: { sales: number; account: number; unknown: number }) =>
  fc.record({
    sales: fc.array(sale, { maxLength: most.sales }),
    refunds: fc.array(refund, { maxLength: 3 }),
    claims: fc.array(claim, { maxLength: 2 }),
    account: fc.array(account, { maxLength: most.account }),
    unknown: fc.array(unknown, { maxLength: most.unknown }),
  });
type Drawn<A> = A extends fc.Arbitrary<infer Value> ? Value : never;
type Contents = Drawn<ReturnType<typeof contents>>;
type Place = (typeof PLACES)[number];

interface FactsOptions {
  sales?: number;
  account?: number;
  unknown?: number;
}

/** Whole settlements, a row at least; without unknown keys unless asked for. */
export function settlementFacts(options: FactsOptions = {}): fc.Arbitrary<SettlementFacts> {
  const place = fc.constantFrom(...PLACES);
  return fc
    .record({ place, weeks: fc.nat(100), contents: contents(mostOf(options)), balances })
    .map((drawn) =>
      compose('20001234561', drawn.place, FIRST_START + drawn.weeks * 7 * 86_400, 0, drawn.contents, drawn.balances),
    )
    .filter((facts) => facts.rows.length > 0);
}

/** Settlements that follow on each other: each releases the reserve of the one before and takes in what that left due. */
export function settlementChain(options: FactsOptions = {}): fc.Arbitrary<SettlementFacts[]> {
  const link = fc.record({ contents: contents(mostOf(options)), balances, failsBefore: fc.boolean() });
  return fc
    .record({ place: fc.constantFrom(...PLACES), links: fc.array(link, { minLength: 2, maxLength: 4 }) })
    .map(({ place, links }) => {
      const chain: SettlementFacts[] = [];
      links.forEach((drawn, index) => {
        const before = chain.at(-1);
        const own = { ...drawn.balances };
        if (before !== undefined) {
          const total = totalOf(before);
          own.reserveIn = links[index - 1]!.balances.reserveOut;
          own.carriedIn = total < 0n ? Number(-total) : 0;
          own.returned = total > 0n && drawn.failsBefore ? [Number(total)] : [];
        }
        chain.push(
          compose(`2000123456${index + 1}`, place, FIRST_START + index * PERIOD, index + 1, drawn.contents, own),
        );
      });
      return chain;
    });
}

/** What the rows come to: the total that the report will state. */
export function totalOf({ rows }: Pick<SettlementFacts, 'rows'>): bigint {
  let total = 0n;
  for (const row of rows) total += row.minor;
  return total;
}

function mostOf({ sales = 6, account: accounts = 6, unknown: unknowns = 0 }: FactsOptions) {
  return { sales, account: accounts, unknown: unknowns };
}

function compose(
  id: string,
  place: Place,
  start: number,
  block: number,
  drawn: Contents,
  own: Balances,
): SettlementFacts {
  const facts: SettlementFacts = {
    id,
    currency: place.currency,
    zone: place.zone,
    start,
    end: start + PERIOD,
    rows: [],
    documents: [],
  };
  const account = (what: AmountKind, minor: number, at: number) => facts.rows.push(factRow(what, minor, at, {}));
  if (own.reserveIn > 0) account(kind('reserve in'), own.reserveIn, start);
  if (own.carriedIn > 0) account(kind('carried in'), -own.carriedIn, start);
  if (own.carriedIn > 0 && own.charged) account(kind('charge'), own.carriedIn, start + 4_800);
  for (const amount of own.returned) account(kind('returned'), amount, start + 90_000);
  for (let index = 0; index < own.microDeposits; index += 1)
    account(kind('micro deposit'), -1 - index, start + 5_000 + index);
  drawn.sales.forEach((one, index) => addSale(facts, place, one, block * 100 + index));
  drawn.refunds.forEach((one, index) => addRefund(facts, place, one, block * 100 + index, drawn.sales.length));
  drawn.claims.forEach((one, index) => addClaim(facts, place, one, block * 100 + index));
  for (const one of drawn.account) account(ACCOUNT_KINDS[one.kind]!, one.minor, start + one.at);
  for (const one of drawn.unknown) account(UNKNOWN_KINDS[one.kind]!, one.minor, start + one.at);
  if (own.reserveOut > 0) account(kind('reserve out'), -own.reserveOut, facts.end);
  return facts;
}

function factRow(what: AmountKind, minor: number, at: number, fields: Partial<FactRow>): FactRow {
  return {
    ...what,
    minor: BigInt(minor),
    at,
    orderId: null,
    shipmentId: null,
    adjustmentId: null,
    adjustmentItemId: null,
    itemCode: null,
    sku: null,
    quantity: null,
    promotionId: null,
    marketplace: null,
    fulfilment: null,
    ...fields,
  };
}

const orderIdOf = (number: number) => `113-${String(1_000_000 + number)}-${String(2_000_000 + number * 7)}`;

function addSale(facts: SettlementFacts, place: Place, drawn: Contents['sales'][number], number: number): void {
  const free = drawn.by === 'multi-channel';
  const orderId = free ? `S01-${2_000_000 + number}-${3_000_000 + number}` : orderIdOf(number);
  drawn.items.forEach((one, index) => {
    const shipment = index % drawn.shipments;
    const shared: Partial<FactRow> = {
      orderId,
      itemCode: `612000${number}${index}`,
      sku: SKUS[one.sku]!,
      marketplace: free ? 'Non-Amazon US' : place.marketplace,
      shipmentId: drawn.namesShipment && drawn.by !== 'MFN' ? `Dk${number}x${shipment}` : null,
      fulfilment: drawn.by === 'MFN' ? 'MFN' : 'AFN',
    };
    const at = facts.start + drawn.at + shipment;
    const put = (name: string, minor: number, more: Partial<FactRow> = {}) => {
      if (minor !== 0 || name === 'Order principal')
        facts.rows.push(factRow(kind(name), minor, at, { ...shared, ...more }));
    };
    put('Order principal', free ? 0 : one.principal, { quantity: one.quantity });
    if (free) return put('multi-channel fee', -500 - one.fulfilment);
    put('Order shipping', one.shipping);
    put('Order gift wrap', one.giftWrap);
    put('Order promotion', -one.discount, { promotionId: PROMOTIONS[index % PROMOTIONS.length]! });
    put('Order shipping promotion', -one.shippingDiscount, { promotionId: PROMOTIONS[1]! });
    put('Order points', -one.points);
    put('Order tax', one.tax);
    put('Order tax discount', -one.taxDiscount);
    if (one.taxEnd !== 'own') put('Order tax withheld', one.taxDiscount - one.tax + (one.taxEnd === 'short' ? 1 : 0));
    put('Order commission', -one.commission);
    put('Order fulfilment fee', -one.fulfilment);
  });
  if (drawn.by !== 'AFN') return;
  for (let shipment = 0; shipment < drawn.shipments; shipment += 1) {
    const at = facts.start + drawn.at + shipment;
    const own = facts.rows.filter((row) => row.orderId === orderId && row.at === at && isSaleRole(row.role));
    if (own.length > 0)
      facts.documents.push({
        ...sized(totalOf({ rows: own })),
        of: 'sale',
        orderId,
        shipmentId: own[0]!.shipmentId,
        at: at - 240,
      });
  }
}

function addRefund(
  facts: SettlementFacts,
  place: Place,
  drawn: Contents['refunds'][number],
  number: number,
  sales: number,
): void {
  const of = drawn.of !== null && drawn.of < sales ? Math.floor(number / 100) * 100 + drawn.of : 700_000 + number;
  // No two refunds of an order fall on one second: they would be one refund.
  const at = facts.start + Math.floor(drawn.at / 100) * 100 + (number % 100);
  const before = facts.rows.length;
  const put = (name: string, minor: number, more: Partial<FactRow> = {}) => {
    if (minor === 0) return;
    facts.rows.push(
      factRow(kind(name), minor, at, {
        orderId: orderIdOf(of),
        adjustmentId: `adj${number}`,
        adjustmentItemId: `item${number}`,
        itemCode: `61300${number}`,
        sku: SKUS[drawn.sku]!,
        marketplace: place.marketplace,
        fulfilment: 'AFN',
        ...more,
      }),
    );
  };
  put('Refund principal', -drawn.principal, { quantity: drawn.quantity });
  put('Refund shipping', -drawn.shipping);
  put('Refund promotion', drawn.discount, { promotionId: PROMOTIONS[0]! });
  put('Refund goodwill', -drawn.goodwill);
  put('Refund restocking', drawn.restocking);
  put('Refund tax', -drawn.tax);
  if (drawn.taxGivenBack) put('Refund tax withheld', drawn.tax);
  put('Refund commission', drawn.commission);
  put('Refund refund commission', -drawn.refundCommission);
  const own = facts.rows.slice(before).filter((row) => isSaleRole(row.role));
  if (own.length > 0)
    facts.documents.push({
      ...sized(totalOf({ rows: own })),
      of: 'refund',
      orderId: orderIdOf(of),
      shipmentId: null,
      at,
    });
}

function addClaim(facts: SettlementFacts, place: Place, drawn: Contents['claims'][number], number: number): void {
  const orderId = orderIdOf(800_000 + number);
  const shared = {
    orderId,
    itemCode: `61400${number}`,
    sku: SKUS[1]!,
    marketplace: place.marketplace,
    fulfilment: 'AFN' as const,
  };
  const at = facts.start + drawn.at;
  facts.rows.push(factRow(kind(`${drawn.type} principal`), -drawn.principal, at, { ...shared, quantity: 1 }));
  if (drawn.discount > 0) facts.rows.push(factRow(kind(`${drawn.type} promotion`), drawn.discount, at, shared));
  if (drawn.commission > 0) facts.rows.push(factRow(kind(`${drawn.type} commission`), drawn.commission, at, shared));
  if (drawn.hasMemo)
    facts.documents.push({
      ...sized(BigInt(drawn.discount - drawn.principal)),
      of: 'refund',
      orderId,
      shipmentId: null,
      at,
    });
}

/** What is below zero is the buyer's: a credit memo, whatever it is made of. */
function sized(minor: bigint): Pick<DocumentFact, 'kind' | 'total'> {
  return minor < 0n ? { kind: 'credit-memo', total: -minor } : { kind: 'invoice', total: minor };
}

/** Roles whose Order and Refund rows a document owns. */
export function isSaleRole(role: Role | null): boolean {
  return ['product-sales', 'shipping-income', 'gift-wrap', 'promotions', 'points', 'refunds'].includes(role ?? '');
}
