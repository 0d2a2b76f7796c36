import { timeZoneOf } from '../../config/time-zone.ts';
import { amountKeyOf } from '../../domain/exceptions/render-exception.ts';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { explainPayout, type PayoutStory } from '../../domain/payouts/explain-payout.ts';
import type { PayoutState } from '../../domain/payouts/payout-states.ts';
import type { PayoutStep, StepState } from '../../domain/payouts/payout-steps.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Database } from '../../store/database.ts';
import { rowsOfKey } from '../../store/decisions/waiting.ts';
import { payoutStatus, type PayoutStatus } from '../../store/payouts/payout-status.ts';
import { listSettlements } from '../../store/payouts/settlements.ts';
import { documentView, type DocumentView } from '../documents/posted-document.ts';
import { linkTo, type ConnectionSource } from '../view-source.ts';

/** Money that a payout moves: a payout, a micro deposit, a charge; signed as the bank sees it. */
export interface MovementView {
  kind: string;
  externalId: string;
  amount: string;
  traceId: string | null;
  date: string | null;
  state: string;
}

export interface PayoutView {
  connection: string;
  settlementId: string;
  currency: string;
  /** Instants; `timeZone` is that of the books, in which its days are counted. */
  start: string;
  end: string;
  depositDate: string;
  total: string;
  rows: number;
  /** Of the rows. */
  sum: string;
  state: PayoutState;
  /** The five stations of the tie line. */
  steps: Record<PayoutStep, StepState>;
  /** Invoices and credit memos that are applied, and those that are to be. */
  applied: number;
  toApply: number;
  /** Invoices of which a minor unit went to variance by itself. */
  roundings: number;
  /** Documents of which Amazon rounds net and tax otherwise by a minor unit a line, and the total is the same. */
  taxRoundings: number;
  documents: DocumentView[];
  movements: MovementView[];
  waitsFor: string | null;
  /** The command that moves it on. */
  next: string | null;
  /** Numbers of the open exceptions about it. */
  exceptions: number[];
  workflowId: string;
  link: string | null;
  timeZone: string;
  /** In words: `tied`, `waits for Finance`. */
  verdict: string;
  /** What it waits for, or that it goes on by itself: a sentence. */
  sentence: string;
}

/** @throws TieoutError `not-found` where no report of that settlement was found */
export async function payoutView(source: ConnectionSource, settlementId: string): Promise<PayoutView> {
  const { db } = source.store;
  const { name: connection } = source.settings;
  const status = await payoutStatus(db, connection, settlementId);
  if (status === null) throw await unknownPayout(db, connection, settlementId);
  const { settlement } = status;
  const unknown = settlement.state === 'waits-amount' ? await unknownRows(db, connection, status) : [];
  const story = explainPayout(status, unknown);
  const workflowId = payoutWorkflowId(connection, settlementId);
  const amount = (minor: bigint) => formatMinor(minor, settlement.currency);
  return {
    connection,
    settlementId,
    currency: settlement.currency,
    start: settlement.start,
    end: settlement.end,
    depositDate: settlement.depositDate,
    total: amount(settlement.total),
    rows: status.rows,
    sum: amount(status.sum),
    state: settlement.state,
    steps: story.steps,
    applied: status.applications.applied,
    toApply: status.applications.planned,
    roundings: status.roundings,
    taxRoundings: status.taxRoundings,
    documents: status.documents.map(documentView),
    movements: status.movements.map((movement) => ({
      kind: movement.kind,
      externalId: movement.externalId,
      amount: amount(movement.amount),
      traceId: movement.traceId,
      date: movement.date,
      state: movement.state,
    })),
    waitsFor: story.waitsFor,
    next: story.next,
    exceptions: status.exceptions.map(({ id }) => id),
    workflowId,
    link: linkTo(source, workflowId),
    timeZone: timeZoneOf(source.settings, null),
    verdict: story.state,
    sentence: sentenceOf(story, settlement.state),
  };
}

function sentenceOf({ waitsFor }: PayoutStory, state: PayoutState): string {
  if (waitsFor !== null) return `Waits for ${waitsFor}.`;
  return state === 'tied' ? 'Waits for nothing.' : 'Goes on by itself.';
}

/** Rows of the keys that it waits for. */
async function unknownRows(
  db: Database,
  connection: string,
  { settlement, exceptions }: PayoutStatus,
): Promise<{ rows: number; amount: bigint }[]> {
  const keys = exceptions.map(amountKeyOf).filter((key) => key !== null);
  const found = await Promise.all(keys.map((key) => rowsOfKey(db, connection, key)));
  return found.flat().filter((rows) => rows.settlementId === settlement.settlementId);
}

export async function unknownPayout(db: Database, connection: string, settlementId: string): Promise<TieoutError> {
  const known = (await listSettlements(db, connection)).map((settlement) => settlement.settlementId);
  return new TieoutError({
    code: 'not-found',
    what: `No report of settlement ${settlementId} is known.`,
    notDone: 'Nothing was done.',
    where: [`connection ${connection}${known.length === 0 ? ' has none yet' : ` has ${known.slice(-5).join(', ')}`}`],
    do: ['npx tieout settlement import FILE takes in a report that Amazon no longer keeps'],
  });
}
