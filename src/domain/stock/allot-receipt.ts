/**
 * Which lines of an authorisation or transfer order a receipt names for the units that it brings in. A line goes to one
 * location only, and a kit comes in as its own line, whose members are what has stock.
 */
import { grouped } from './grouped.ts';

/** A line of what is received, in NetSuite's ids. */
export interface ReceivableLine {
  orderLine: string;
  item: string;
  quantity: number;
  received: number;
  closed: boolean;
  /** The line of the kit that it is a member of. */
  kit: string | null;
}

/** Units of an item that come in at a location; ids of NetSuite, `name` for people. */
export interface ArrivingUnits {
  item: string;
  name: string;
  units: number;
  location: string;
}

/** A line of the receipt. */
export interface AllottedLine {
  orderLine: string;
  quantity: number;
  location: string;
}

/** Units that a line has neither received nor closed. */
export function openUnits({ quantity, received, closed }: ReceivableLine): number {
  return closed ? 0 : Math.max(0, quantity - received);
}

/**
 * Open units first, line by line. What is more than is open still goes to a line of the item: NetSuite refuses it, or has
 * received it by this very document. `refused` says in words what no receipt can do.
 */
export function allotReceipt(
  arriving: readonly ArrivingUnits[],
  lines: readonly ReceivableLine[],
): { allotted: AllottedLine[] } | { refused: string } {
  const taken = new Map<string, AllottedLine>();
  for (const { item, name, units, location } of arriving) {
    const ofItem = lines.filter((line) => line.item === item);
    if (ofItem.length === 0) return { refused: `it has no line of ${name}` };
    const free = () => ofItem.filter(({ orderLine }) => (taken.get(orderLine)?.location ?? location) === location);
    const take = ({ orderLine }: ReceivableLine, quantity: number) =>
      taken.set(orderLine, { orderLine, quantity: (taken.get(orderLine)?.quantity ?? 0) + quantity, location });
    let left = units;
    for (const line of free()) {
      const some = Math.min(left, openUnits(line) - (taken.get(line.orderLine)?.quantity ?? 0));
      if (some <= 0) continue;
      take(line, some);
      left -= some;
    }
    if (left === 0) continue;
    const [any] = free();
    if (any === undefined) return { refused: `a line of ${name} comes in at one location only, and this names two` };
    take(any, left);
  }
  return withKits([...taken.values()], lines);
}

/** Members as the line of their kit. */
function withKits(
  taken: readonly AllottedLine[],
  lines: readonly ReceivableLine[],
): { allotted: AllottedLine[] } | { refused: string } {
  const byLine = new Map(lines.map((line) => [line.orderLine, line]));
  const kitOf = ({ orderLine }: AllottedLine) => byLine.get(orderLine)?.kit ?? null;
  const allotted = taken.filter((one) => kitOf(one) === null);
  const members = taken.filter((one) => kitOf(one) !== null);
  for (const [kit, own] of grouped(members, (one) => kitOf(one)!)) {
    const whole = byLine.get(kit)?.quantity ?? 0;
    const kits = own.map(({ orderLine, quantity }) => (quantity * whole) / byLine.get(orderLine)!.quantity);
    const all = lines.filter((line) => line.kit === kit).length;
    const [count] = kits as [number];
    if (own.length < all || kits.some((one) => one !== count) || !Number.isInteger(count))
      return { refused: `a kit comes in whole, with all of its members, and these are not` };
    if (own.some(({ location }) => location !== own[0]!.location))
      return { refused: `a kit comes in at one location only, and this names two` };
    allotted.push({ orderLine: kit, quantity: count, location: own[0]!.location });
  }
  return { allotted };
}
