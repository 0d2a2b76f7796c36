/** What each decision about stock answers, and whether that is open. */
import { takenOf, type SentStockDecision, type StockDecisions } from '../../contracts/decisions/stock-decisions.ts';
import { renderStockDecision } from '../../domain/decisions/render-stock-decision.ts';
import { isAnsweredBy } from '../../domain/exceptions/open-decision.ts';
import type { Database } from '../../store/database.ts';
import type { StoredException } from '../../store/exceptions/exceptions.ts';
import { isOpeningTaken, numbersOfMovements } from '../../store/stock/decided-subjects.ts';
import { loadStockDecisions } from '../../store/stock/stock-decisions.ts';

/** By pool, the items whose opening is approved: `all` or some. */
export type OpeningApproved = ReadonlyMap<string, 'all' | ReadonlySet<string>>;

export interface OpenStock {
  exceptions: readonly StoredException[];
  /** What is approved of the opening of stock; null before it is taken. */
  opening: OpeningApproved | null;
  /** By internal id, the numbers of NetSuite's documents that wait to be explained. */
  numbers: ReadonlyMap<string, string>;
}

const isAsked = ({ exceptions }: OpenStock, decision: SentStockDecision) =>
  exceptions.some(({ remedy }) => isAnsweredBy(remedy, takenOf(decision)));

const idsNumbered = ({ numbers }: OpenStock, wanted: string) =>
  [...numbers].flatMap(([id, number]) => (number === wanted ? id : []));

/** Update → what it answers. */
export const STOCK_ANSWERS: {
  readonly [Update in keyof StockDecisions]: (args: StockDecisions[Update], open: OpenStock) => boolean;
} = {
  /** Rows of a kind that nobody knows. */
  mapMovement: (args, open) => isAsked(open, { kind: 'mapMovement', ...args }),
  /** Rows that nothing answers: each of them in an exception, not all of each. */
  answerRows: ({ rows }, { exceptions }) =>
    rows.every((row) => exceptions.some(({ remedy }) => remedy.kind === 'answer-rows' && remedy.rows.includes(row))),
  /** A movement of somebody else, or a fulfilment that the ledger does not have. */
  explainForeign: (args, open) =>
    [args.document, ...idsNumbered(open, args.document)].some((document) =>
      isAsked(open, { kind: 'explainForeign', ...args, document }),
    ),
  /** Units that did not come, or came beyond what was shipped or for no known shipment. */
  decideInbound: (args, open) => isAsked(open, { kind: 'decideInbound', ...args }),
  /** A lasting gap of just these units. */
  closeGap: (args, open) => isAsked(open, { kind: 'closeGap', ...args }),
  /** An opening that is taken and waits. */
  approveOpening({ pool, items }, { opening }) {
    if (opening === null) return false;
    const approved = opening.get(pool);
    if (approved === 'all') return false;
    return items === undefined || items.some((item) => approved?.has(item) !== true);
  },
  /** An adjustment that is held. */
  approveAdjustment: (args, open) => isAsked(open, { kind: 'approveAdjustment', ...args }),
};

export async function readOpeningApproved(db: Database, connection: string): Promise<OpeningApproved | null> {
  if (!(await isOpeningTaken(db, connection))) return null;
  const approved = new Map<string, 'all' | Set<string>>();
  for (const decision of await loadStockDecisions(db, connection)) {
    if (decision.kind !== 'approveOpening') continue;
    const before = approved.get(decision.pool);
    if (before === 'all' || decision.items === null) approved.set(decision.pool, 'all');
    else approved.set(decision.pool, new Set([...(before ?? []), ...decision.items]));
  }
  return approved;
}

export function readNumbers(
  db: Database,
  connection: string,
  exceptions: readonly StoredException[],
): Promise<ReadonlyMap<string, string>> {
  const asked = exceptions.flatMap(({ remedy }) => (remedy.kind === 'explain-foreign' ? remedy.document : []));
  return numbersOfMovements(db, connection, asked);
}

/** What it is about and says, for a line on a screen. */
export function stockDecisionWords(decision: SentStockDecision): string {
  return renderStockDecision(takenOf(decision));
}
