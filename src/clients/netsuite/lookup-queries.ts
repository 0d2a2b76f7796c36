/**
 * The SuiteQL behind the look-ups, in one place: these are the only shapes that the look-ups send.
 *
 * Dates go through TO_CHAR, because NetSuite prints a bare date in the format that the integration user prefers.
 * `status` is the single letter; `foreigntotal` is in the transaction's own currency (`total` is not).
 */

/** `?, ?, ?` */
const marks = (count: number) => Array.from({ length: count }, () => '?').join(', ');

export const transactionsByExternalId = (count: number) =>
  "SELECT id, externalid, type, tranid, TO_CHAR(trandate, 'YYYY-MM-DD') AS trandate, status, posting, foreigntotal, memo, BUILTIN.DF(currency) AS currency " +
  `FROM transaction WHERE externalid IN (${marks(count)})`;

/** The names are bound twice: once as itemid, once as UPC. */
export const itemsByName = (count: number) =>
  `SELECT id, itemid, itemtype, isinactive, upccode FROM item WHERE itemid IN (${marks(count)}) OR upccode IN (${marks(count)})`;

export const salesOrderLines = (count: number) =>
  'SELECT tl.transaction, tl.id AS orderline, tl.item, tl.location, ABS(tl.quantity) AS quantity, ' +
  "NVL(tl.quantityshiprecv, 0) AS shipped, NVL(tl.quantitybilled, 0) AS billed, NVL(tl.isclosed, 'F') AS closed, tl.memo " +
  `FROM transactionline tl WHERE tl.transaction IN (${marks(count)}) AND tl.mainline = 'F' AND NVL(tl.taxline, 'F') = 'F' ORDER BY tl.transaction, tl.id`;

/** Lines that NetSuite makes of the members of a kit: they have the kit's line, and none in the record's own list. */
export const kitMemberLines = (count: number) =>
  `SELECT transaction, id FROM transactionline WHERE transaction IN (${marks(count)}) AND kitmemberof IS NOT NULL ORDER BY transaction, id`;

/** Every base period that documents can be dated in: neither quarter nor year nor adjustment. */
export const BASE_PERIODS =
  "SELECT id, periodname, TO_CHAR(startdate, 'YYYY-MM-DD') AS startdate, TO_CHAR(enddate, 'YYYY-MM-DD') AS enddate, closed, alllocked, arlocked " +
  "FROM accountingperiod WHERE isquarter = 'F' AND isyear = 'F' AND isadjust = 'F' AND isposting = 'T' ORDER BY startdate";

export const accountsByNumber = (count: number) =>
  `SELECT id, acctnumber, accountsearchdisplayname AS name, accttype, isinactive FROM account WHERE acctnumber IN (${marks(count)})`;

export const entitiesByName = (kind: 'customer' | 'vendor', count: number) =>
  `SELECT id, entityid, isinactive FROM ${kind} WHERE entityid IN (${marks(count)})`;

/** `classification` is NetSuite's table of classes. */
export const rowsByName = (table: 'location' | 'department' | 'classification', count: number) =>
  `SELECT id, name, isinactive FROM ${table} WHERE name IN (${marks(count)})`;

/** `symbol` holds the ISO code. */
export const currenciesByCode = (count: number) => `SELECT id, symbol FROM currency WHERE symbol IN (${marks(count)})`;

export const subsidiariesByName = (count: number) => `SELECT id, name FROM subsidiary WHERE name IN (${marks(count)})`;

/** A handful of rows that every role of an integration may see: asked only to hear NetSuite's clock. */
export const CHEAPEST = 'SELECT id FROM currency';
