import type { Movement } from './movement.ts';
import { nameOf } from './movements.ts';
import type { StockFacts } from './world-stock.ts';
import type { StockLines } from './stock-lines.ts';

/** What an event names must be there, and nothing may have a name twice. */
export function checkNames(facts: StockFacts, movements: readonly Movement[]): void {
  const named = [
    ...facts.events.map((event, index) => nameOf('events', event, index)),
    ...facts.returns.map((given, index) => nameOf('returns', given, index)),
    ...facts.reimbursements.map((given, index) => nameOf('reimbursements', given, index)),
  ];
  unique('id', named);
  unique(
    'inbound shipment',
    facts.inbound.map(({ shipment }) => shipment),
  );
  unique(
    'removal',
    facts.removals.map(({ removal }) => removal),
  );
  const events = new Set([...named, ...movements.map(({ event }) => event)]);
  const shipments = new Set(facts.inbound.map(({ shipment }) => shipment));
  const removals = new Set(facts.removals.map(({ removal }) => removal));
  const known = (among: ReadonlySet<string>, name: string | undefined, what: string): void => {
    if (name !== undefined && !among.has(name)) throw new Error(`no ${what} is named ${name}`);
  };
  for (const event of facts.events) {
    if (event.type === 'withdraw' || event.type === 'reconcile') known(events, event.event, 'event');
    if (event.type === 'adjust') known(events, event.settles, 'event');
    if (event.type === 'inbound-status' || event.type === 'inbound-units')
      known(shipments, event.shipment, 'inbound shipment');
    if (event.type === 'remove' || event.type === 'dispose' || event.type === 'cancel-removal')
      known(removals, event.removal, 'removal');
  }
  const reimbursements = new Set(facts.reimbursements.map(({ reimbursement }) => reimbursement));
  for (const given of facts.reimbursements) {
    known(events, given.settles, 'event');
    known(reimbursements, given.reverses, 'reimbursement');
  }
}

function unique(what: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new Error(`the ${what} ${name} stands twice`);
    seen.add(name);
  }
}

/** Every SKU that is named has a line of the opening, where its FNSKU and its place stand. */
export function checkSkus(facts: StockFacts, lines: StockLines): void {
  const named = [
    ...facts.events.flatMap((event) => ('sku' in event ? [event.sku] : [])),
    ...facts.inbound.flatMap(({ items }) => Object.keys(items)),
    ...facts.returns.map(({ sku }) => sku),
    ...facts.removals.flatMap((removal) => removal.lines.map(({ sku }) => sku)),
    ...facts.reimbursements.map(({ sku }) => sku),
  ];
  for (const sku of named) lines.placeOf({ sku });
}

/** Units are things: no country has fewer than none of a SKU in a disposition. Centres may, where no line says which. */
export function checkNothingBelowZero(lines: StockLines, movements: readonly Movement[]): void {
  const units = new Map<string, number>();
  const key = (
    { sku, fnsku, country }: Movement | ReturnType<StockLines['lines']>[number],
    disposition: string,
  ): string => `${sku} (${fnsku}) in ${country}, ${disposition}`;
  for (const line of lines.lines()) {
    const place = key(line, line.disposition ?? 'SELLABLE');
    units.set(place, (units.get(place) ?? 0) + line.units);
  }
  // Of one instant what comes in counts first.
  const inOrder = [...movements]
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : b.units - a.units));
  for (const movement of inOrder) {
    const place = key(movement, movement.disposition);
    const left = (units.get(place) ?? 0) + movement.units;
    if (left < 0) throw new Error(`${place}: ${left} units would be there after ${movement.event} at ${movement.at}`);
    units.set(place, left);
  }
}
