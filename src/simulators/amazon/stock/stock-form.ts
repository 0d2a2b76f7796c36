import { requestedInstant } from '../instants.ts';
import type { StockEvent, WorldStock } from './world-stock.ts';
import { DISPOSITIONS, INBOUND_STATUSES, RETURN_DISPOSITIONS } from './world-stock.ts';

/** Says what a value must be, where it is something else; null where it fits. */
type Check = (value: unknown) => string | null;
/** Fields by name, `name?` where it may be left out; nothing else may stand there. */
type Form = Readonly<Record<string, Check>>;

const is =
  (wanted: string, fits: (value: unknown) => boolean): Check =>
  (value) =>
    fits(value) ? null : `must be ${wanted}`;
const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && value.endsWith('Z') && requestedInstant(value) === value;
const oneOf = (values: readonly string[]): Check =>
  is(`one of ${values.join(', ')}`, (value) => values.includes(value as string));

const text = is('a text', (value) => typeof value === 'string' && value !== '');
const country = is('a country such as GB', (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value));
const day = is('a day such as 2026-10-15', (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value));
const instant = is('an instant such as 2026-10-15T07:25:00Z', isInstant);
const told = is('an instant such as 2026-10-15T07:25:00Z, or never', (value) => value === 'never' || isInstant(value));
const stand = is('a whole number, 0 or more', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
const units = is('a whole number above 0', (value) => Number.isSafeInteger(value) && (value as number) > 0);
const signed = is('a whole number other than 0', (value) => Number.isSafeInteger(value) && value !== 0);
const whole = is('a whole number', (value) => Number.isSafeInteger(value));
const amount = is('an amount such as "12.34"', (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
const disposition = oneOf(DISPOSITIONS);
const removalDisposition = oneOf(['Sellable', 'Unsellable']);

const TOLD: Form = { at: instant, 'id?': text, 'inDetail?': told, 'inSummary?': told };
const PLACE: Form = { 'fnsku?': text, 'country?': country, 'centre?': text };
const PLACED: Form = { ...TOLD, ...PLACE, sku: text, 'inRowsOf?': units, 'disposition?': disposition };

const EVENTS: Readonly<Record<StockEvent['type'], Form>> = {
  ship: { ...PLACED, units },
  receive: { ...PLACED, units: signed, shipment: text },
  transfer: { ...PLACED, units, to: text, 'toCountry?': country, arrives: instant },
  adjust: { ...PLACED, units: signed, reason: text, 'settles?': text },
  convert: { ...PLACED, units, reason: text, into: disposition },
  redefine: { ...PLACED, units, into: text },
  remove: { ...PLACED, units, removal: text, 'carrier?': text, 'tracking?': text },
  dispose: { ...PLACED, units, 'removal?': text },
  'cancel-removal': { at: instant, 'id?': text, units, removal: text, sku: text, 'disposition?': removalDisposition },
  row: { ...PLACED, units: signed, eventType: text, 'reason?': text, 'reference?': text },
  retitle: { at: instant, 'id?': text, sku: text, title: text },
  hold: { ...PLACED, units, as: oneOf(['researching', 'processing']), 'until?': instant },
  reconcile: { at: instant, 'id?': text, event: text, units },
  withdraw: { at: instant, 'id?': text, event: text },
  'inbound-status': { at: instant, 'id?': text, shipment: text, status: oneOf(INBOUND_STATUSES) },
  'inbound-units': { at: instant, 'id?': text, shipment: text, sku: text, units: stand },
};

const LINE: Form = {
  sku: text,
  fnsku: text,
  'asin?': text,
  'title?': text,
  country,
  centre: text,
  'disposition?': disposition,
  units: stand,
};

const INBOUND: Form = {
  shipment: text,
  'name?': text,
  country,
  centre: text,
  items: recordOf(units),
  history: listOf({ at: instant, status: oneOf(INBOUND_STATUSES) }),
};

const RETURN: Form = {
  ...TOLD,
  ...PLACE,
  sku: text,
  order: text,
  'units?': units,
  disposition: oneOf(RETURN_DISPOSITIONS),
  'reason?': text,
  'status?': text,
  'comments?': text,
  'came?': text,
  'ledgerAt?': instant,
  'inReport?': told,
};

const REMOVAL: Form = {
  removal: text,
  at: instant,
  kind: text,
  lines: listOf({ sku: text, disposition: removalDisposition, units, 'fee?': amount }),
  'currency?': text,
};

const REIMBURSEMENT: Form = {
  ...TOLD,
  ...PLACE,
  sku: text,
  reimbursement: text,
  reason: text,
  'case?': text,
  'order?': text,
  currency: text,
  perUnit: amount,
  'cash?': whole,
  'inventory?': whole,
  'reverses?': text,
  'settles?': text,
};

const anEvent: Check = (value) => {
  const type = isRecord(value) ? value['type'] : undefined;
  const form = typeof type === 'string' && Object.hasOwn(EVENTS, type) ? EVENTS[type as StockEvent['type']] : null;
  return form ? recordFault(value, { ...form, type: text }) : `type must be one of ${Object.keys(EVENTS).join(', ')}`;
};

const STOCK: Form = {
  'opened?': day,
  opening: listOf(LINE),
  'events?': eachOf(anEvent),
  'inbound?': listOf(INBOUND),
  'returns?': listOf(RETURN),
  'removals?': listOf(REMOVAL),
  'reimbursements?': listOf(REIMBURSEMENT),
  'serves?': recordOf(text),
};

/** Throws with a sentence that names the place (`events[3].reason must be a text`) when this is no stock of a world. */
export function readStock(value: unknown): WorldStock {
  const fault = recordFault(value, STOCK);
  if (fault !== null) throw new Error(`stock: ${fault}`);
  return value as WorldStock;
}

function recordFault(value: unknown, form: Form): string | null {
  if (!isRecord(value)) return 'must be an object';
  for (const [key, check] of Object.entries(form)) {
    const optional = key.endsWith('?');
    const name = optional ? key.slice(0, -1) : key;
    if (value[name] === undefined && optional) continue;
    const fault = value[name] === undefined ? 'is missing' : check(value[name]);
    if (fault !== null) return /^[[.]/.test(fault) ? `${name}${fault}` : `${name} ${fault}`;
  }
  const foreign = Object.keys(value).find((name) => form[name] === undefined && form[`${name}?`] === undefined);
  return foreign === undefined ? null : `${foreign} is not known here`;
}

function eachOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    for (const [index, item] of value.entries()) {
      const fault = check(item);
      if (fault !== null) return `[${index}].${fault}`;
    }
    return null;
  };
}

function listOf(form: Form): Check {
  return eachOf((value) => recordFault(value, form));
}

function recordOf(check: Check): Check {
  return (value) => {
    if (!isRecord(value)) return 'must be an object';
    const found = Object.entries(value).find(([, member]) => check(member) !== null);
    return found ? `.${found[0]} ${check(found[1])}` : null;
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
