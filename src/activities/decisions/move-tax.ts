import { taxPolicyOf } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { MoveTax } from '../../contracts/decisions/tax-decisions.ts';
import { TAX_LOOK } from '../../contracts/tax/tax-look.ts';
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { dayIn, type Instant } from '../../domain/money/instant.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { factsOfMove } from '../../domain/tax/moved-facts.ts';
import { renderMoveAsked } from '../../domain/tax/render-tax-decision.ts';
import { moveJournal } from '../../domain/tax/tax-journal.ts';
import { itemsToMove, movedNet, movedTax, moveKey, type TaxMove } from '../../domain/tax/tax-move.ts';
import type { Database } from '../../store/database.ts';
import { lastAuditOf, recordAudit } from '../../store/audit/audit-log.ts';
import { aloneOnOrders } from '../../store/orders/order-lock.ts';
import { movesOfOrders, storeMove, type DecidedMove } from '../../store/tax/tax-moves.ts';
import { vatFactsOfOrders } from '../../store/tax/vat-facts.ts';
import type { Connection } from '../connection.ts';
import { wakeSchedule } from '../wake-schedule.ts';
import { refuseTax, taxAmountOf } from './refuse-tax.ts';
import { journalNamed, taxJournalId, writeTaxJournal, type DecidedJournal } from './write-tax-journal.ts';

/**
 * Takes a person's word that tax of an order is another jurisdiction's: its journal is written down, dated the decision, and
 * the next look at tax posts it. Alone on the order. Idempotent by `act`: an attempt that comes again finds what it decided;
 * another act moves as much once more, as far as the order carries it, and says that the same was moved before.
 * @throws ApplicationFailure `TAX_REFUSED` with why; nothing is stored then
 */
export async function decideMoveTax(
  connection: Connection,
  { decision, act }: Deciding<MoveTax> & { act: string },
): Promise<DecisionResult> {
  const { db, name, settings } = connection;
  const { orderId, from, to } = decision;
  for (const place of [from, to])
    if (!(settings.tax?.registrations ?? []).includes(place))
      throw refuseTax(`The seller owes no tax in ${place}: it is not among tax.registrations of ${name}.`);
  const at = await connection.now();
  const result = await aloneOnOrders(db, name, [orderId], (tx) => take(tx, connection, decision, { at, act }));
  await wakeSchedule(connection, TAX_LOOK);
  return result;
}

async function take(
  tx: Database,
  connection: Connection,
  { orderId, from, to, net, tax, by, why }: MoveTax,
  { at, act }: { at: Instant; act: string },
): Promise<DecisionResult> {
  const { name, settings } = connection;
  const documents = await vatFactsOfOrders(tx, name, [orderId]);
  const moves = await movesOfOrders(tx, name, [orderId]);
  const own = await lastAuditOf(tx, name, 'move-tax', { act });
  const done = moves.findIndex(({ audit }) => audit === own);
  if (done >= 0) return answerOf(name, moves[done]!, moves[done]!.audit, moves.slice(0, done));
  const [first] = documents;
  if (first === undefined) throw refuseTax(`No document of an order ${orderId} is known that tells its tax.`);
  const { currency } = first;
  const wish = { orderId, from, to, net: taxAmountOf(net, currency), tax: taxAmountOf(tax, currency) };
  const rates = Object.values(taxPolicyOf(settings, null).rates[to] ?? {});
  const found = itemsToMove(wish, [...documents, ...moves.flatMap(factsOfMove)], rates);
  if ('refused' in found) throw refuseTax(found.refused);
  const move: TaxMove = { orderId, number: moves.length + 1, from, to, ...found };
  const day = dayIn(at, timeZoneOf(settings, null));
  const journal = journalOf(name, move);
  const document = journal.plan === null ? null : moveKey(move);
  const audit = await recordAudit(tx, name, {
    action: 'move-tax',
    detail: { orderId, from, to, net, tax, currency, document, act },
    by,
    why,
    at,
  });
  await writeTaxJournal(tx, settings, journal, { day, currency, marketplace: null, orderId });
  const stored = { document: taxJournalId(journal), isJournalled: journal.plan !== null, day, by, at, audit };
  await storeMove(tx, name, move, stored);
  return answerOf(name, move, audit, moves);
}

const journalOf = (connection: string, move: TaxMove): DecidedJournal => ({
  connection,
  businessKey: moveKey(move),
  plan: moveJournal(move),
});

function answerOf(connection: string, move: TaxMove, audit: number, before: readonly DecidedMove[]): DecisionResult {
  const alike = before.findLast((one) => renderMoveAsked(one) === renderMoveAsked(move));
  const again =
    alike === undefined
      ? ''
      : `; as much was moved so before, by ${alike.by} on ${renderDay(alike.at)} (${moveKey(alike)})`;
  return {
    audit,
    released: 0,
    choice: move.to,
    detail: `${said(move)}${again}`,
    ...journalNamed(journalOf(connection, move)),
  };
}

function said(move: TaxMove): string {
  const { currency, orderId, from, to } = move;
  const journal = movedTax(move) === 0n ? 'no journal, since no tax is in it' : `journal FTX ${moveKey(move)}`;
  return `${renderMoney(movedTax(move), currency)} of tax on ${renderMoney(movedNet(move), currency)} of order ${orderId} moved from ${from} to ${to}: ${journal}`;
}
