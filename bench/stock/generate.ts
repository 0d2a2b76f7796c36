/** A ledger as a large seller's: so many SKUs, most rows are shipments, told day by day; and what NetSuite says of them. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { addDays, type Day } from '../../src/domain/money/instant.ts';
import type { LedgerBalance, NetSuiteMovement } from '../../src/domain/stock/stock-facts.ts';

export const SKUS = 50_000;
/** A million rows are a month; more rows are more months. */
export const ROWS_A_DAY = 33_334;
/** Units of each SKU when it begins. */
export const HELD = 10_000;
export const FROM: Day = '2026-01-01';

const HEADER = [
  'Date',
  'FNSKU',
  'ASIN',
  'MSKU',
  'Title',
  'Event Type',
  'Reference ID',
  'Quantity',
  'Fulfillment Center',
  'Disposition',
  'Reason',
  'Country',
  'Reconciled Quantity',
  'Unreconciled Quantity',
  'Date and Time',
  'Store',
];

interface Event {
  sku: number;
  type: string;
  reason: string;
  units: number;
}

/** What happens on a day, by its number: nine rows of ten are shipments, the rest lost and found again, and between centres. */
export function* eventsOf(day: number, rows: number): Generator<Event> {
  for (let index = 0; index < rows; index += 1) {
    const sku = (day * 7919 + index * 31) % SKUS;
    const kind = index % 20;
    if (kind === 0) yield { sku, type: 'Adjustments', reason: 'M', units: -1 };
    else if (kind === 1) yield { sku, type: 'WhseTransfers', reason: '', units: index % 40 === 1 ? 1 : -1 };
    else yield { sku, type: 'Shipments', reason: '', units: -1 };
  }
}

/** By number: there are many rows of each. */
const DAYS = new Map<number, Day>();
export function dayOf(number: number): Day {
  const known = DAYS.get(number) ?? addDays(FROM, number);
  DAYS.set(number, known);
  return known;
}
export const skuOf = (number: number): string => `SKU-${String(number).padStart(5, '0')}`;
export const fnskuOf = (number: number): string => `X00${String(number).padStart(7, '0')}`;

/** Days that so many rows fill. */
export function* daysOf(rows: number): Generator<{ number: number; rows: number }> {
  for (let number = 0, left = rows; left > 0; number += 1, left -= ROWS_A_DAY)
    yield { number, rows: Math.min(left, ROWS_A_DAY) };
}

export function write(file: string, rows: number): void {
  const out = openSync(file, 'w');
  writeSync(out, `${quoted(HEADER)}\n`);
  for (const { number, rows: own } of daysOf(rows)) {
    const [year, month, day] = dayOf(number).split('-') as [string, string, string];
    const date = `${month}/${day}/${year}`;
    let text = '';
    for (const { sku, type, reason, units } of eventsOf(number, own))
      text += `${quoted([
        date,
        fnskuOf(sku),
        `B0${String(sku).padStart(8, '0')}`,
        skuOf(sku),
        `Stoneware mug number ${sku}, 350 ml, dishwasher safe`,
        type,
        '',
        String(units),
        'PDX9',
        'SELLABLE',
        reason,
        'US',
        '0',
        '0',
        `${year}-${month}-${day}T00:00:00-0800`,
        '',
      ])}\n`;
    writeSync(out, text);
  }
  closeSync(out);
}

const quoted = (cells: readonly string[]): string => `"${cells.join('"\t"')}"`;

/** What Amazon holds of each SKU, day by day. */
export class Held {
  /** Units at the end of the last day that has a balance, and the number of that day: -1 is the one before the first. */
  readonly #units = new Int32Array(SKUS).fill(HELD);
  readonly #days = new Int32Array(SKUS).fill(-1);

  /** The last balance of every SKU, then those of the day: as the store hands them in, by SKU. */
  *balancesOf(number: number, rows: number): Generator<LedgerBalance> {
    for (let sku = 0; sku < SKUS; sku += 1) yield this.#balanceOf(sku, 0);
    const moved = new Int32Array(SKUS);
    for (const { sku, type, units } of eventsOf(number, rows)) if (type !== 'WhseTransfers') moved[sku]! += units;
    for (let sku = 0; sku < SKUS; sku += 1) {
      const units = moved[sku]!;
      if (units === 0) continue;
      this.#units[sku]! += units;
      this.#days[sku] = number;
      yield this.#balanceOf(sku, units);
    }
  }

  #balanceOf(sku: number, moved: number): LedgerBalance {
    const ending = this.#units[sku]!;
    return {
      day: dayOf(this.#days[sku]!),
      fnsku: fnskuOf(sku),
      sku: skuOf(sku),
      asin: '',
      disposition: 'SELLABLE',
      country: 'US',
      starting: ending - moved,
      inTransit: 0,
      ending,
      events: moved,
    };
  }
}

/** An item fulfilment a shipment, of its day; by item, as the store hands them in. */
export function fulfilmentsOf(number: number, rows: number): NetSuiteMovement[] {
  let line = 0;
  const day = dayOf(number);
  const movements: NetSuiteMovement[] = [];
  for (const { sku, type, units } of eventsOf(number, rows)) {
    if (type !== 'Shipments') continue;
    line += 1;
    movements.push({
      netsuiteId: String(number * 100_000 + line),
      line: 1,
      type: 'ItemShip',
      tranId: '',
      externalId: `AMZ_demo_IF_${number}-${line}_1`,
      memo: '',
      day,
      item: skuOf(sku),
      location: 'FBA US',
      units,
    });
  }
  return movements.sort((a, b) => (a.item < b.item ? -1 : 1));
}
