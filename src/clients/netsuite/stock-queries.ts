/** The SuiteQL behind the reading of stock, in one place. Dates and instants go through TO_CHAR, as in `lookup-queries.ts`. */

/** `?, ?, ?` */
const marks = (count: number) => Array.from({ length: count }, () => '?').join(', ');

/**
 * `lastmodifieddate` is an instant in a zone of NetSuite's own (netsuite.md §2.13): what is read of it is only ever compared
 * with itself.
 */
const INSTANT = "'YYYY-MM-DD HH24:MI:SS'";

export const LAST_CHANGE = `SELECT TO_CHAR(MAX(lastmodifieddate), ${INSTANT}) AS changed FROM transaction`;

/**
 * What moves stock: lines with `isinventoryaffecting` of transactions with `posting`; without the first the sum comes to zero.
 * `quantity` is signed, in base units, and `createdfrom` stands on the line (netsuite.md §2.12). Of a kit the members' lines move stock, and its own line does not;
 * units of a transfer order under way are at no location (NSHELP section_N2308766), so that only what leaves the source and
 * what comes in has a line here. Bound: locations, then `since`, then items, then documents, then document, document and line to go on after.
 */
export const movementLines = (wish: { locations: number; since: boolean; items: number; documents: number }) =>
  "SELECT t.id AS id, tl.id AS line, t.type AS type, t.tranid AS tranid, t.externalid AS externalid, t.memo AS memo, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, " +
  `TO_CHAR(t.lastmodifieddate, ${INSTANT}) AS changed, i.itemid AS item, tl.location AS location, tl.quantity AS quantity, tl.createdfrom AS createdfrom ` +
  'FROM transaction t JOIN transactionline tl ON tl.transaction = t.id JOIN item i ON i.id = tl.item ' +
  `WHERE t.posting = 'T' AND NVL(t.voided, 'F') = 'F' AND tl.isinventoryaffecting = 'T' AND NVL(tl.quantity, 0) <> 0 AND tl.location IN (${marks(wish.locations)})` +
  (wish.since ? ` AND t.lastmodifieddate >= TO_DATE(?, ${INSTANT})` : '') +
  (wish.items > 0 ? ` AND i.itemid IN (${marks(wish.items)})` : '') +
  (wish.documents > 0 ? ` AND t.id IN (${marks(wish.documents)})` : '') +
  ' AND (t.id > ? OR (t.id = ? AND tl.id > ?)) ORDER BY t.id, tl.id';

/** Items that have stock of their own: a kit's is worked out from its members, and the rest have none. */
const STOCKED = "itemtype IN ('InvtPart', 'Assembly')";

/**
 * `aggregateitemlocation` covers inventory items and assemblies, numbered ones too; `inventoryitemlocations` only plain
 * inventory items (netsuite.md §2.12). Average cost is one per location (NSHELP section_4345703444). Bound: locations, items,
 * then item, item and location to go on after.
 */
export const stockAtLocations = (count: { locations: number; items: number }) =>
  'SELECT s.item AS id, i.itemid AS item, s.location AS location, s.quantityonhand AS onhand, s.quantitycommitted AS committed, s.quantityavailable AS available, s.averagecostmli AS cost ' +
  `FROM aggregateitemlocation s JOIN item i ON i.id = s.item WHERE i.${STOCKED} AND s.location IN (${marks(count.locations)})` +
  (count.items > 0 ? ` AND i.itemid IN (${marks(count.items)})` : '') +
  ' AND (s.item > ? OR (s.item = ? AND s.location > ?)) ORDER BY s.item, s.location';

/** Columns of items that an account has only with the feature that they belong to; a query that names one without it is refused. */
export const ITEM_FEATURES = ['islotitem', 'isserialitem', 'usebins', 'stockunit'] as const;
export type ItemFeature = (typeof ITEM_FEATURES)[number];

/** Refused where the column is not there; no item has this id. */
export const featureProbe = (column: ItemFeature) => `SELECT ${column} FROM item WHERE id = 0`;

/** A unit of measure with `baseunit` is the one that the others of its type are counted in. */
export const itemsNamed = (count: number, features: ReadonlySet<ItemFeature>) =>
  `SELECT i.id AS id, i.itemid AS itemid, i.itemtype AS itemtype, i.isinactive AS isinactive, i.lastpurchaseprice AS price${[...features].map((column) => `, i.${column} AS ${column}`).join('')}` +
  (features.has('stockunit') ? ', u.baseunit AS baseunit' : '') +
  ` FROM item i${features.has('stockunit') ? ' LEFT JOIN unitstypeuom u ON u.internalid = i.stockunit' : ''} WHERE i.itemid IN (${marks(count)}) ORDER BY i.id`;

/** `KitItemMember (parentitem, item, quantity)` (netsuite.md §2.12): of the members those that are kept in stock. */
export const kitMembers = (count: number) =>
  'SELECT k.parentitem AS kit, m.itemid AS item, k.quantity AS quantity FROM kititemmember k JOIN item m ON m.id = k.item ' +
  `WHERE m.${STOCKED} AND k.parentitem IN (${marks(count)}) ORDER BY k.parentitem, m.id`;

export const locationsWithBins = (count: number) =>
  `SELECT id FROM location WHERE usebins = 'T' AND id IN (${marks(count)})`;

/** `quantityshiprecv` is what an authorisation has received. A status is its letter. */
export const openAuthorisationLines = (count: number) =>
  "SELECT t.id AS id, t.externalid AS externalid, t.otherrefnum AS otherrefnum, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, t.status AS status, i.itemid AS item, " +
  'ABS(tl.quantity) - NVL(tl.quantityshiprecv, 0) AS open FROM transaction t JOIN transactionline tl ON tl.transaction = t.id JOIN item i ON i.id = tl.item ' +
  `WHERE t.type = 'RtnAuth' AND t.entity IN (${marks(count)}) AND tl.mainline = 'F' AND NVL(tl.taxline, 'F') = 'F' AND NVL(tl.isclosed, 'F') = 'F' ` +
  `AND i.${STOCKED} AND ABS(tl.quantity) > NVL(tl.quantityshiprecv, 0) ORDER BY t.id, tl.id`;

/** Each text is bound twice, as a pattern of LIKE. */
export const transferOrdersNaming = (count: number) =>
  `SELECT id, otherrefnum, memo FROM transaction WHERE type = 'TrnfrOrd' AND (${Array.from({ length: count }, () => 'otherrefnum LIKE ? OR memo LIKE ?').join(' OR ')}) ORDER BY id`;

/** A transfer order has three lines for an item: as entered, what leaves, what comes in (`docs/simulator-differences.md`). */
export const transferOrderLines = (count: number) =>
  "SELECT tl.transaction AS id, tl.id AS line, tl.transactionlinetype AS kind, tl.transferorderitemlineid AS entered, i.itemid AS item, ABS(tl.quantity) AS quantity, NVL(tl.quantityshiprecv, 0) AS moved, NVL(tl.isclosed, 'F') AS closed " +
  `FROM transactionline tl JOIN item i ON i.id = tl.item WHERE tl.transaction IN (${marks(count)}) AND tl.mainline = 'F' ORDER BY tl.transaction, tl.id`;

/** `createdfrom` stands on the line (netsuite.md §2.12). */
export const fulfilledLines = (count: number) =>
  "SELECT tl.createdfrom AS id, t.id AS fulfilment, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, i.itemid AS item, ABS(tl.quantity) AS quantity " +
  'FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN item i ON i.id = tl.item ' +
  `WHERE tl.createdfrom IN (${marks(count)}) AND t.type = 'ItemShip' AND t.posting = 'T' AND tl.isinventoryaffecting = 'T' ORDER BY t.id, tl.id`;

export const SUBSIDIARY_CURRENCY =
  'SELECT c.symbol AS symbol FROM subsidiary s JOIN currency c ON c.id = s.currency WHERE s.name = ?';
/** Of an account without subsidiaries. */
export const BASE_CURRENCY = "SELECT symbol FROM currency WHERE isbasecurrency = 'T'";
