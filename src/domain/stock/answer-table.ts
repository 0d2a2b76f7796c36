/**
 * Which answer each kind of row gets (stock.md, *The rows*), as data. Whoever changes a line raises the version by one:
 * answers are stored and never given again, but what was planned under which table must be told apart.
 */
import type { Role } from '../mapping/roles.ts';
import { TRANSFERS_BETWEEN_CENTRES } from './day-complete.ts';
import type { MapMovement } from './stock-decisions.ts';

export const ANSWER_TABLE_VERSION = 1;

/**
 * `fulfilment`, `receipt`, `return`, `removal` by rules of their own · `none` due, in no sum · `pair` what leaves one place
 * and enters the other is a transfer · `redefinition` out of one item, into another · `adjust` by itself.
 */
export type AnswerKind = 'fulfilment' | 'receipt' | 'return' | 'removal' | 'none' | 'pair' | 'redefinition' | 'adjust';

export interface AnswerRule {
  eventType: string;
  /** Letters and digits, each a reason of its own; null: any. */
  reasons: string | null;
  answer: AnswerKind;
  /** What an adjustment is booked on; of a pair, its rest. */
  role: Role | null;
}

export const ANSWER_TABLE: readonly AnswerRule[] = [
  { eventType: 'Shipments', reasons: null, answer: 'fulfilment', role: null },
  { eventType: 'Receipts', reasons: null, answer: 'receipt', role: null },
  { eventType: 'CustomerReturns', reasons: null, answer: 'return', role: 'cogs-returns' },
  { eventType: 'VendorReturns', reasons: null, answer: 'removal', role: 'liquidation' },
  { eventType: TRANSFERS_BETWEEN_CENTRES, reasons: null, answer: 'none', role: null },
  // Damaged or found damaged, expired, customer-damaged, defective, distributor-damaged; P is the other half, as Q is.
  { eventType: 'Adjustments', reasons: 'E67HKUQP', answer: 'pair', role: 'inventory-loss' },
  // Misplaced, taken back by Amazon, disposed, donated; found, given.
  { eventType: 'Adjustments', reasons: 'M5ODGFN', answer: 'adjust', role: 'inventory-loss' },
  { eventType: 'Adjustments', reasons: '34', answer: 'redefinition', role: 'inventory-loss' },
];

/** Whether rows of a kind are halves of a change of identity. */
export const isRedefinition = (kind: { eventType: string; reason: string }): boolean =>
  ruleOf(kind)?.answer === 'redefinition';

function ruleOf({ eventType, reason }: { eventType: string; reason: string }): AnswerRule | undefined {
  return ANSWER_TABLE.find(
    (one) =>
      one.eventType === eventType && (one.reasons === null || (reason.length === 1 && one.reasons.includes(reason))),
  );
}

/** What a kind of row is answered by: the table, else what a person said of it; null: nobody knows. */
export type RowAnswer = { answer: AnswerKind; role: Role | null } | { answer: 'outside' } | null;

export class AnswerRules {
  readonly #decided: ReadonlyMap<string, MapMovement['answer']>;
  /** By event type and reason, as they were asked for: rows are many, their kinds few. */
  readonly #known = new Map<string, Map<string, RowAnswer>>();
  /** Of the last that were asked for: most rows are of the kind of the one before. */
  #last: { eventType: string; reason: string; answer: RowAnswer } | null = null;

  constructor(decisions: readonly MapMovement[]) {
    this.#decided = new Map(decisions.map(({ eventType, reason, answer }) => [`${eventType}|${reason}`, answer]));
  }

  of({ eventType, reason }: { eventType: string; reason: string }): RowAnswer {
    if (this.#last?.eventType !== eventType || this.#last.reason !== reason)
      this.#last = { eventType, reason, answer: this.#find(eventType, reason) };
    return this.#last.answer;
  }

  #find(eventType: string, reason: string): RowAnswer {
    const ofType = this.#known.get(eventType) ?? new Map<string, RowAnswer>();
    this.#known.set(eventType, ofType);
    const known = ofType.get(reason);
    if (known !== undefined) return known;
    const answer = ruleOf({ eventType, reason }) ?? this.decided({ eventType, reason });
    ofType.set(reason, answer);
    return answer;
  }

  /** What a person said, whatever the table says: of rows that the table leaves over. */
  decided({ eventType, reason }: { eventType: string; reason: string }): RowAnswer {
    const answer = this.#decided.get(`${eventType}|${reason}`);
    if (answer === undefined) return null;
    return answer === 'outside' ? { answer } : { answer, role: 'inventory-loss' };
  }
}
