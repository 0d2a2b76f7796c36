/** What comes back against a return authorisation: debit inventory, credit cost of goods. */
import type { Company } from '../company.ts';
import { STOCK_ITEM } from '../items.ts';
import { fromBase } from '../ledger/exchange.ts';
import {
  line,
  type Document,
  type FieldValues,
  type Transaction,
  type TransactionLine,
} from '../ledger/transaction.ts';
import { invalidValue, missingValue, notBuilt, userError } from '../refusal.ts';
import type { Head } from './head.ts';
import { refuseWithoutDetail } from './inventory-detail.ts';
import { partsOf, type Part } from './kit-lines.ts';
import { returnCost } from './return-cost.ts';
import { numberOf, textOf } from './values.ts';

/**
 * The lines of a receipt. The preference decides "whether the item is restocked in inventory or written off as an expense"
 * (NSHELP section_N1305008); written off, nothing moves. `next` gives ids for the lines that the body does not have.
 */
export function returnLines(
  company: Company,
  document: Document,
  authorisation: Transaction,
  { head, next }: { head: Head; next: () => number },
): TransactionLine[] {
  return (document.sublists['item'] ?? []).flatMap((row, index) => {
    const { from, quantity, location } = readLine(company, document, row, authorisation, index);
    const id = numberOf(row, 'line') ?? 0;
    const parts = partsOf(company, authorisation, from, quantity);
    const isKit = parts[0]?.from !== from;
    if (isKit && row['unitCostOverride'] !== undefined) throw notBuilt('unitCostOverride of a kit: it has no cost');
    const received = (part: Part, own: number): TransactionLine[] => {
      const restocked = company.switches.restock && part.item.type === STOCK_ITEM;
      if (restocked) refuseWithoutDetail(company, part.item, location, index);
      const value = restocked ? returnCost(company, { returned: from, part, row, location, index }) : 0n;
      const amount = fromBase(company.masters, head, value);
      const shared = {
        item: part.item.id,
        entity: authorisation.entity,
        location,
        department: from.department,
        class: from.class,
        memo: textOf(row, 'description') ?? from.memo,
      };
      const came = {
        ...shared,
        id: own,
        kitMemberOf: isKit ? id : null,
        quantity: part.quantity,
        source: { transaction: authorisation.id, line: part.from.id, progress: 'received' as const },
      };
      if (!restocked) return [line(came)];
      const offset = next();
      const stock = { location, quantity: part.quantity, value, cost: 'given' as const, offset };
      return [
        line({ ...came, account: part.item.assetAccount, amount, stock }),
        line({ ...shared, id: offset, account: part.item.cogsAccount, amount: -amount, costOfGoods: true }),
      ];
    };
    if (!isKit) return parts.flatMap((part) => received(part, id));
    const kit = line({
      id,
      item: from.item,
      entity: authorisation.entity,
      location,
      quantity,
      source: { transaction: authorisation.id, line: from.id, progress: 'received' },
    });
    return [kit, ...parts.flatMap((part) => received(part, next()))];
  });
}

/** The line that it is received against, with a quantity that is still open and the location that it goes to. */
function readLine(
  company: Company,
  { fields }: Document,
  row: FieldValues,
  authorisation: Transaction,
  index: number,
): { from: TransactionLine; quantity: number; location: string | null } {
  const orderLine = numberOf(row, 'orderLine');
  const from = authorisation.lines.find(({ id, kitMemberOf }) => id === orderLine && kitMemberOf === null);
  if (!from || from.item === null) throw invalidValue(String(orderLine), 'orderLine', `item.items[${index}].orderLine`);
  const quantity = numberOf(row, 'quantity') ?? 0;
  if (quantity > Math.abs(from.quantity ?? 0) - from.progress.received)
    throw userError('You cannot receive more than is left to receive.');
  const location = textOf(row, 'location') ?? textOf(fields, 'location') ?? from.location;
  if (company.switches.multiLocation && location === null) throw missingValue('Items list: Location');
  return { from, quantity, location };
}
