import type { AmazonWorld } from '../world.ts';
import { checkNames, checkNothingBelowZero, checkSkus } from './stock-checks.ts';
import { LedgerCalendar, dayAfter } from './ledger-calendar.ts';
import { stands } from './movement.ts';
import type { Movement } from './movement.ts';
import { movementsOf, nameOf, withdrawalsOf } from './movements.ts';
import { readStock } from './stock-form.ts';
import { StockLines } from './stock-lines.ts';
import type { StockSwitches } from './stock-switches.ts';
import { USUAL_SWITCHES } from './stock-switches.ts';
import type { AddedStock, StockEvent, StockFacts, WorldReimbursement, WorldReturn, WorldStock } from './world-stock.ts';

/**
 * The physical model: everything that happened and will happen to units in Amazon's centres. All reports and
 * operations on stock are read from here, each with its own view of when something is known.
 */
export class StockBook {
  readonly calendar: LedgerCalendar;
  readonly #world: AmazonWorld;
  #facts: StockFacts;
  #lines: StockLines;
  #movements: readonly Movement[];
  switches: StockSwitches = USUAL_SWITCHES;

  /** Throws with a sentence where the world's stock cannot be. */
  constructor(world: AmazonWorld) {
    this.#world = world;
    this.calendar = new LedgerCalendar(world.marketplaces);
    this.#facts = withLists(world.stock === undefined ? { opening: [] } : readStock(world.stock));
    [this.#lines, this.#movements] = this.#read(this.#facts);
  }

  get facts(): StockFacts {
    return this.#facts;
  }

  get lines(): StockLines {
    return this.#lines;
  }

  /** In order of time, those of the future and those taken back as well. */
  get movements(): readonly Movement[] {
    return this.#movements;
  }

  /** Adds events while the simulator runs. Throws with a sentence, and changes nothing, where they cannot be. */
  add(value: unknown): void {
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      throw new Error('stock: must be an object');
    const added: AddedStock = readStock({ opening: [], ...value });
    const fixed = ['opened', 'serves'].find((name) => name in added);
    if (fixed !== undefined) throw new Error(`${fixed} is the world's, and is not added`);
    if (added.opening?.some(({ units }) => units !== 0)) throw new Error('opening: a line that is added has 0 units');
    const { opening, events, inbound, returns, removals, reimbursements, ...rest } = this.#facts;
    const facts: StockFacts = {
      ...rest,
      opening: [...opening, ...(added.opening ?? [])],
      events: [...events, ...(added.events ?? [])],
      inbound: [...inbound, ...(added.inbound ?? [])],
      returns: [...returns, ...(added.returns ?? [])],
      removals: [...removals, ...(added.removals ?? [])],
      reimbursements: [...reimbursements, ...(added.reimbursements ?? [])],
    };
    [this.#lines, this.#movements] = this.#read(facts);
    this.#facts = facts;
  }

  /** The day at whose end the opening stood; null where there is no stock. */
  openedOn(): string | null {
    if (this.#lines.skus().length === 0) return null;
    const first = this.#movements[0]?.day ?? this.#facts.inbound[0]?.history[0]?.at.slice(0, 10);
    return this.#facts.opened ?? (first === undefined ? null : dayAfter(first, -1));
  }

  /** Units by place as they really are at an instant, whatever the reports know; empty places are left out. */
  unitsAt(now: string): Map<string, number> {
    const units = new Map<string, number>();
    const add = (place: string, count: number): void => void units.set(place, (units.get(place) ?? 0) + count);
    for (const line of this.#lines.lines())
      add(placeKey({ ...line, disposition: line.disposition ?? 'SELLABLE' }), line.units);
    for (const movement of this.#movements) if (stands(movement, now)) add(placeKey(movement), movement.units);
    return new Map([...units].filter(([, count]) => count !== 0));
  }

  /** Events of one type that have happened by an instant and stand, with the names by which others mean them. */
  happened<Type extends StockEvent['type']>(type: Type, now: string): { name: string; event: OfType<Type> }[] {
    return this.#standing(this.#facts.events, 'events', now).flatMap(({ name, fact }) =>
      isOfType(fact, type) ? [{ name, event: fact }] : [],
    );
  }

  /** Customers' returns that have happened by an instant and stand. */
  returnsBy(now: string): { name: string; given: WorldReturn }[] {
    return this.#standing(this.#facts.returns, 'returns', now).map(({ name, fact }) => ({ name, given: fact }));
  }

  /** Reimbursements that were approved by an instant and stand. */
  reimbursementsBy(now: string): WorldReimbursement[] {
    return this.#standing(this.#facts.reimbursements, 'reimbursements', now).map(({ fact }) => fact);
  }

  /** What has happened by an instant and was not taken back, in order of time. */
  #standing<Fact extends { at: string; id?: string }>(
    facts: readonly Fact[],
    list: string,
    now: string,
  ): { name: string; fact: Fact }[] {
    const withdrawn = withdrawalsOf(this.#facts);
    return facts
      .map((fact, index) => ({ name: nameOf(list, fact, index), fact }))
      .filter(({ name, fact }) => fact.at <= now && (withdrawn.get(name) ?? '9999') > now)
      .sort((a, b) => (a.fact.at < b.fact.at ? -1 : a.fact.at > b.fact.at ? 1 : 0));
  }

  #read(facts: StockFacts): [StockLines, Movement[]] {
    const lines = new StockLines(this.#world, facts);
    const movements = movementsOf(this.#world, facts, { lines, calendar: this.calendar });
    checkNames(facts, movements);
    checkSkus(facts, lines);
    checkNothingBelowZero(lines, movements);
    return [lines, movements];
  }
}

type OfType<Type extends StockEvent['type']> = Extract<StockEvent, { type: Type }>;

function isOfType<Type extends StockEvent['type']>(event: StockEvent, type: Type): event is OfType<Type> {
  return event.type === type;
}

export function placeKey(place: Pick<Movement, 'sku' | 'fnsku' | 'country' | 'centre' | 'disposition'>): string {
  return [place.sku, place.fnsku, place.country, place.centre, place.disposition].join('\t');
}

function withLists(stock: WorldStock): StockFacts {
  return { events: [], inbound: [], returns: [], removals: [], reimbursements: [], serves: {}, ...stock };
}
