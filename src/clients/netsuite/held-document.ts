/** A document as NetSuite holds it, with its lines and what it settles: asked for only where it has to be compared as a whole. */
import type {
  HeldDocument,
  HeldLine,
  JsonObject,
  NetSuiteClient,
  OptionalColumn,
  SuiteQlRow,
} from './netsuite-client.ts';

/**
 * Columns that every account has. The optional ones come with a feature of the account (OneWorld, locations, departments,
 * classes, inventory), and a query that names one without its feature is refused: they are asked for only where we have set them.
 * A fulfilment shows each item twice, with stock and with its cost; the tax that NetSuite works out has lines of its own.
 */
const linesOf = (optional: readonly OptionalColumn[]) =>
  'SELECT t.currency AS currency, t.exchangerate AS exchangerate, t.entity AS head, t.postingperiod AS period, tl.id AS line, tl.mainline AS mainline, tl.item AS item, tl.quantity AS quantity, ' +
  `tl.foreignamount AS amount, tl.expenseaccount AS account, tl.memo AS memo, tl.entity AS entity${optional.map((column) => `, tl.${column} AS ${column}`).join('')} ` +
  "FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE t.id = ? AND NVL(tl.taxline, 'F') = 'F' AND NVL(tl.iscogs, 'F') = 'F' ORDER BY tl.id";

/** @throws NetSuiteFailure */
export async function readHeldDocument(
  suiteql: NetSuiteClient['suiteql'],
  id: string,
  optional: readonly OptionalColumn[],
): Promise<HeldDocument> {
  const rows = await suiteql(linesOf(optional), [id]);
  const [first] = rows;
  return {
    currency: first?.['currency'],
    exchangeRate: first?.['exchangerate'],
    entity: first?.['head'],
    subsidiary: first?.['subsidiary'],
    period: first?.['period'],
    lines: rows.map(lineOf),
  };
}

function lineOf(row: SuiteQlRow): HeldLine {
  return {
    main: row['mainline'] === 'T',
    item: row['item'],
    account: row['account'],
    quantity: row['quantity'] === undefined ? undefined : Number(row['quantity']),
    amount: row['amount'] ?? '0',
    memo: row['memo'],
    entity: row['entity'],
    location: row['location'],
    department: row['department'],
    class: row['class'],
    affectsStock: row['isinventoryaffecting'] === 'T',
    isMember: row['kitmemberof'] !== undefined,
  };
}

/** The `apply` lines of a payment or refund that apply something: NetSuite lists what is only open, too. @throws NetSuiteFailure */
export async function readApplications(
  get: NetSuiteClient['get'],
  type: string,
  id: string,
): Promise<{ document: string; amount: string }[]> {
  const record = await get(type, id, { numbersAsText: true });
  const items = ((record?.['apply'] as JsonObject | undefined)?.['items'] ?? []) as JsonObject[];
  return items
    .filter((item) => item['apply'] === true)
    .map((item) => ({ document: String((item['doc'] as JsonObject)['id']), amount: String(item['amount'] ?? '0') }));
}
