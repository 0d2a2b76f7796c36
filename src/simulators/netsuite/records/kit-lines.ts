/** A kit on an order is a line that is priced, and one line for each of its members, which is what moves. */
import type { Company } from '../company.ts';
import type { Item } from '../items.ts';
import { line, type Transaction, type TransactionLine } from '../ledger/transaction.ts';

/** The members' lines, with the ids after the kit's own; none where the line is no kit's. They post nothing. */
export function memberLines(company: Company, kit: TransactionLine, step = 1): TransactionLine[] {
  const members = company.masters.items.get(kit.item ?? '')?.members ?? [];
  return members.map((member, index) =>
    line({
      id: kit.id + step * (index + 1),
      kitMemberOf: kit.id,
      item: member.item,
      quantity: (kit.quantity ?? 0) * member.quantity,
      entity: kit.entity,
      location: kit.location,
      department: kit.department,
      class: kit.class,
      closed: kit.closed,
    }),
  );
}

/** What moves when so many units of an order's line do: the line itself, or the members of its kit. */
export interface Part {
  from: TransactionLine;
  item: Item;
  quantity: number;
}

/** Members count as the order has them, whatever the kit consists of by now. */
export function partsOf(company: Company, order: Transaction, from: TransactionLine, quantity: number): Part[] {
  const members = order.lines.filter(({ kitMemberOf }) => kitMemberOf === from.id);
  return (members.length === 0 ? [from] : members).flatMap((part) => {
    const item = company.masters.items.get(part.item ?? '');
    return item ? [{ from: part, item, quantity: (quantity * (part.quantity ?? 0)) / (from.quantity ?? 1) }] : [];
  });
}
