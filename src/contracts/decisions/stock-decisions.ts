/** What people decide about stock, as it is sent: what is kept of it (`domain/stock/stock-decisions.ts`), by whom, and why. */
import type { StockDecision, TakenDecision } from '../../domain/stock/stock-decisions.ts';

/** Who decides, and why: stock is only moved by an approved action. */
interface Said {
  by: string;
  why: string;
}
type Sent<K extends StockDecision['kind']> = Omit<Extract<StockDecision, { kind: K }>, 'id' | 'kind' | 'day'> & Said;

/** Every decision about stock, by the name of its update. */
export interface StockDecisions {
  mapMovement: Sent<'mapMovement'>;
  answerRows: Sent<'answerRows'>;
  /** `rows` belong to `answers` alone. */
  explainForeign: Omit<Sent<'explainForeign'>, 'rows' | 'stood'> & { rows?: readonly string[] };
  decideInbound: Sent<'decideInbound'>;
  closeGap: Omit<Sent<'closeGap'>, 'other'>;
  /** Without `items` all of the pool. */
  approveOpening: Omit<Sent<'approveOpening'>, 'items'> & { items?: readonly string[] };
  approveAdjustment: Sent<'approveAdjustment'>;
}
export type StockDecisionKind = keyof StockDecisions;
export type SentStockDecision = { [K in StockDecisionKind]: { kind: K } & StockDecisions[K] }[StockDecisionKind];

/** What is decided, without who and why; what may be left out when it is sent is said when it is kept. */
export function takenOf(sent: SentStockDecision): TakenDecision {
  const { by: _by, why: _why, ...said } = sent;
  if (said.kind === 'approveOpening') return { ...said, items: said.items ?? null };
  return said.kind === 'explainForeign' ? { ...said, rows: said.rows ?? [] } : said;
}
