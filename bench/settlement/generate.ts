/** A settlement report (flat file V2, 24 columns) of any length: the same bytes for the same number of rows. */
import { closeSync, openSync, writeSync } from 'node:fs';

const COLUMNS = [
  'settlement-id',
  'settlement-start-date',
  'settlement-end-date',
  'deposit-date',
  'total-amount',
  'currency',
  'transaction-type',
  'order-id',
  'merchant-order-id',
  'adjustment-id',
  'shipment-id',
  'marketplace-name',
  'amount-type',
  'amount-description',
  'amount',
  'fulfillment-id',
  'posted-date',
  'posted-date-time',
  'order-item-code',
  'merchant-order-item-id',
  'merchant-adjustment-item-id',
  'sku',
  'quantity-purchased',
  'promotion-id',
];
const ID = '26100000099';
const TOTAL = 1_234_567;
const START = Date.UTC(2026, 9, 15, 20);
const DAYS = 14;
/** Orders that a refund may still be for. */
const RECENT = 500;
/** Bytes that are written at once. */
const WRITE = 1 << 18;

interface Line {
  type: string;
  kind: string;
  what: string;
  cents: number;
  quantity?: number;
  promotion?: string;
}

interface Order {
  orderId: string;
  shipmentId: string;
  itemCode: string;
  sku: string;
  merchant: boolean;
  price: number;
  tax: number;
}

/**
 * Writes a report of `rows` rows (after header and summary) that adds up. Mixed as a busy seller in the United States
 * has it: orders of five to ten rows whose tax is withheld again, one order in eight without tax, a merchant-fulfilled
 * one in fifty, one in 2,000 whose tax does not come to zero, a refund for every twelfth, fees of the account, and the reserve
 * that was held before in the first row and the one that is held now in the last.
 */
export function write(file: string, rows: number): void {
  const out = openSync(file, 'w');
  let pending = `${COLUMNS.join('\t')}\n${summary()}\n`;
  let sum = 0;
  let written = 0;
  const put = (line: Line, at: number, order: Order | null, refund: string) => {
    if (written === rows - 1 && line.what !== 'Current Reserve Amount') return;
    pending += `${row(line, at, order, refund)}\n`;
    sum += line.cents;
    written += 1;
    if (pending.length < WRITE) return;
    writeSync(out, pending);
    pending = '';
  };
  put(account('Previous Reserve Amount Balance', 250_000), START, null, '');
  for (const { lines, order, refund } of events(seeded(20_261_015))) {
    const at = START + Math.floor((written / rows) * DAYS * 86_400) * 1000;
    for (const line of lines) put(line, at, order, refund);
    if (written >= rows - 1) break;
  }
  put(account('Current Reserve Amount', TOTAL - sum), START + DAYS * 86_400_000 - 1000, null, '');
  writeSync(out, pending);
  closeSync(out);
}

function summary(): string {
  const end = START + DAYS * 86_400_000;
  return [
    ID,
    zulu(START),
    zulu(end),
    zulu(end + 2 * 86_400_000),
    decimal(TOTAL),
    'USD',
    ...COLUMNS.slice(6).map(() => ''),
  ].join('\t');
}

function* events(random: (below: number) => number): Generator<{ lines: Line[]; order: Order | null; refund: string }> {
  const recent: Order[] = [];
  for (let count = 0; ; count += 1) {
    const order = newOrder(random);
    recent[count % RECENT] = order;
    yield { lines: sale(order, random, count), order, refund: '' };
    if (count % 12 === 11) {
      const back = recent[random(recent.length)]!;
      yield { lines: refunded(back), order: back, refund: `amzn1:crow:${digits(random, 12)}` };
    }
    if (count % 200 === 199) yield { lines: [ofAccount(random)], order: null, refund: '' };
  }
}

function newOrder(random: (below: number) => number): Order {
  const price = 599 + random(9000);
  return {
    orderId: `${111 + random(4)}-${digits(random, 7)}-${digits(random, 7)}`,
    shipmentId: `D${digits(random, 8)}`,
    itemCode: digits(random, 14),
    sku: `SKU-${1000 + random(800)}-${'ABCD'[random(4)]!}`,
    merchant: random(50) === 0,
    price,
    tax: random(8) === 0 ? 0 : Math.round(price * 0.07),
  };
}

function sale({ price, tax, merchant }: Order, random: (below: number) => number, count: number): Line[] {
  const line = (kind: string, what: string, cents: number, more: Partial<Line> = {}): Line => ({
    type: 'Order',
    kind,
    what,
    cents,
    ...more,
  });
  const penny = count % 2000 === 1999 ? 1 : 0;
  const shipping = random(3) === 0 ? 599 : 0;
  return [
    line('ItemPrice', 'Principal', price, { quantity: 1 + random(3) }),
    ...(tax === 0
      ? []
      : [line('ItemPrice', 'Tax', tax), line('ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal', penny - tax)]),
    ...(shipping === 0
      ? []
      : [
          line('ItemPrice', 'Shipping', shipping),
          line('Promotion', 'Shipping', -shipping, { promotion: `Free Shipping ${digits(random, 6)}` }),
          line('ItemFees', 'ShippingChargeback', -shipping),
        ]),
    line('ItemFees', 'Commission', -Math.round(price * 0.15)),
    ...(merchant ? [] : [line('ItemFees', 'FBAPerUnitFulfillmentFee', -386)]),
    ...(random(4) === 0 ? [line('ItemPrice', 'GiftWrap', 399), line('ItemFees', 'GiftwrapChargeback', -399)] : []),
  ];
}

function refunded({ price, tax }: Order): Line[] {
  const line = (kind: string, what: string, cents: number): Line => ({ type: 'Refund', kind, what, cents });
  const commission = Math.round(price * 0.15);
  return [
    line('ItemPrice', 'Principal', -price),
    ...(tax === 0
      ? []
      : [line('ItemPrice', 'Tax', -tax), line('ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal', tax)]),
    line('ItemFees', 'Commission', commission),
    line('ItemFees', 'RefundCommission', -Math.min(500, Math.round(commission * 0.2))),
  ];
}

function ofAccount(random: (below: number) => number): Line {
  const cents = 100 + random(20_000);
  return [
    account('Storage Fee', -cents),
    account('Subscription Fee', -3999),
    account('FBAInboundTransportationFee', -cents),
    { type: 'ServiceFee', kind: 'Cost of Advertising', what: 'TransactionTotalAmount', cents: -cents },
    { type: 'other-transaction', kind: 'FBA Inventory Reimbursement', what: 'WAREHOUSE_LOST', cents },
  ][random(5)]!;
}

function account(what: string, cents: number): Line {
  return { type: 'other-transaction', kind: 'other-transaction', what, cents };
}

function row(
  { type, kind, what, cents, quantity, promotion }: Line,
  at: number,
  order: Order | null,
  refund: string,
): string {
  const when = zulu(at);
  return [
    ID,
    '',
    '',
    '',
    '',
    '',
    type,
    order?.orderId ?? '',
    order?.orderId ?? '',
    refund,
    refund === '' ? (order?.shipmentId ?? '') : '',
    order ? 'Amazon.com' : '',
    kind,
    what,
    decimal(cents),
    order ? (order.merchant ? 'MFN' : 'AFN') : '',
    when.slice(0, 10),
    when,
    order?.itemCode ?? '',
    '',
    refund === '' ? '' : (order?.itemCode ?? ''),
    order?.sku ?? '',
    quantity ?? '',
    promotion ?? '',
  ].join('\t');
}

function zulu(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function decimal(cents: number): string {
  const text = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

function digits(random: (below: number) => number, count: number): string {
  let text = String(1 + random(9));
  while (text.length < count) text += String(random(10));
  return text;
}

/** Whole numbers below a bound, the same for the same seed (a 32-bit xorshift generator). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
