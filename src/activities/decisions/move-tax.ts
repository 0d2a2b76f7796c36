import { taxPolicyOf } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { MoveTax } from '../../contracts/decisions/tax-decisions.ts';
import { TAX_LOOK } from '../../contracts/tax/tax-look.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { dimensionsOf, withDimensions } from '../../domain/mapping/dimensions.ts';
import { dayIn, type Instant } from '../../domain/money/instant.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { factsOfMove } from '../../domain/tax/moved-facts.ts';
import { moveJournal } from '../../domain/tax/tax-journal.ts';
import { itemsToMove, movedNet, movedTax, moveKey, type MoveWish, type TaxMove } from '../../domain/tax/tax-move.ts';
import type { Database } from '../../store/database.ts';
import { lastAuditOf, recordAudit } from '../../store/audit/audit-log.ts';
import { planDocument } from '../../store/documents/documents.ts';
import { aloneOnOrders } from '../../store/orders/order-lock.ts';
import { movesOfOrders, storeMove, type DecidedMove } from '../../store/tax/tax-moves.ts';
import { vatFactsOfOrders } from '../../store/tax/vat-facts.ts';
import type { Connection } from '../connection.ts';
import { wakeSchedule } from '../wake-schedule.ts';
import { refuseTax, taxAmountOf } from './refuse-tax.ts';

/**
 * Takes a person's word that tax of an order is another jurisdiction's: its journal is written down, dated the decision, and
 * the next look at tax posts it. Alone on the order. Idempotent: the same once more finds what was decided, by whom and when.
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
  const [first] = documents;
  if (first === undefined) throw refuseTax(`No document of an order ${orderId} is known that tells its tax.`);
  const wish = { orderId, from, to, net: taxAmountOf(net, first.currency), tax: taxAmountOf(tax, first.currency) };
  // An attempt that was taken for dead may come after the tax was moved back.
  const own = await lastAuditOf(tx, name, 'move-tax', { act });
  const before = moves.find(({ audit }) => audit === own) ?? standing(moves, wish);
  if (before !== null)
    return {
      audit: before.audit,
      released: 0,
      choice: to,
      detail: said(before),
      already: { by: before.by, at: before.at },
      ...journalOf(before, name),
    };
  const rates = Object.values(taxPolicyOf(settings, null).rates[to] ?? {});
  const found = itemsToMove(wish, [...documents, ...moves.flatMap(factsOfMove)], rates);
  if ('refused' in found) throw refuseTax(found.refused);
  const move: TaxMove = { orderId, number: moves.length + 1, from, to, ...found };
  const day = dayIn(at, timeZoneOf(settings, null));
  const key = keyOf(move, name);
  const journal = moveJournal(move);
  const audit = await recordAudit(tx, name, {
    action: 'move-tax',
    detail: {
      orderId,
      from,
      to,
      net,
      tax,
      currency: move.currency,
      document: journal === null ? null : moveKey(move),
      act,
    },
    by,
    why,
    at,
  });
  if (journal !== null) {
    const lines = withDimensions(journal.lines, (role) => dimensionsOf(settings.dimensions, role, null));
    const size = wish.tax < 0n ? -wish.tax : wish.tax;
    const { currency } = move;
    await planDocument(tx, { key, plan: { lines }, date: day, currency, total: size, orderId, settlementId: null });
  }
  await storeMove(tx, move, { key, isJournalled: journal !== null, day, by, at, audit });
  return { audit, released: 0, choice: to, detail: said(move), ...journalOf(move, name) };
}

function journalOf(move: TaxMove, connection: string): Pick<DecisionResult, 'document'> {
  return movedTax(move) === 0n ? {} : { document: externalIdOf(keyOf(move, connection)) };
}

const keyOf = (move: TaxMove, connection: string) =>
  ({ connection, purpose: 'FTX', businessKey: moveKey(move), part: 1 }) as const;

/** The same was moved, and not moved back since; the last such. */
function standing(moves: readonly DecidedMove[], { from, to, net, tax }: MoveWish): DecidedMove | null {
  const alike = moves.filter((move) => movedNet(move) === net && movedTax(move) === tax);
  const there = alike.filter((move) => move.from === from && move.to === to);
  const back = alike.filter((move) => move.from === to && move.to === from);
  return there.length > back.length ? there.at(-1)! : null;
}

function said(move: TaxMove): string {
  const { currency, orderId, from, to } = move;
  const journal = movedTax(move) === 0n ? 'no journal, since no tax is in it' : `journal FTX ${moveKey(move)}`;
  return `${renderMoney(movedTax(move), currency)} of tax on ${renderMoney(movedNet(move), currency)} of order ${orderId} moved from ${from} to ${to}: ${journal}`;
}
