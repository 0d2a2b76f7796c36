import { documentsOfLines, documentsOfReturn, usedNumbers } from '../../domain/matching/plan-movement-documents.ts';
import { linesNamed, movementNamed, whyNot, type Named } from '../../domain/matching/name-lines.ts';
import type { MovementDocument } from '../../domain/matching/movement.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderMoney } from '../../domain/money/render-amount.ts';
import type { Database } from '../../store/database.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { lastMatchOf } from '../../store/decisions/decisions.ts';
import { resolveException } from '../../store/exceptions/exceptions.ts';
import { planMovementDocuments, usedEntries } from '../../store/payouts/movements.ts';
import { bankLines } from '../../store/payouts/applications.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import type { DecisionResult, MatchDeposit } from '../../contracts/decisions/decisions.ts';
import { bankLineSeen } from '../../contracts/payouts/payout.ts';
import type { Connection } from '../connection.ts';
import { accountNumberOf } from '../payouts/payout-setup.ts';
import { readMovements } from '../payouts/read-movements.ts';
import { wakePayout } from '../wake-payout.ts';
import { refuseDecision } from './refuse-decision.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';

/**
 * Takes a person's word for which statement lines are a movement of a payout, of whatever date: they are taken, what they
 * become is written down, and the payout posts it. What they leave of it goes to `variance`. Idempotent: the same decision
 * a second time finds its lines taken by that movement, and answers what was decided.
 */
export async function decideDeposit(connection: Connection, input: Deciding<MatchDeposit>): Promise<DecisionResult> {
  const { decision } = input;
  const { db } = connection;
  const at = await connection.now();
  if ((await loadSettlement(db, connection.name, decision.settlementId)) === null)
    throw refuseDecision('DIFFERENCE_UNKNOWN', `No settlement ${decision.settlementId} is known.`);
  const taken = await aloneOnSettlement(db, connection.name, decision.settlementId, (tx) =>
    take(tx, connection, decision, at),
  );
  const settlement = (await loadSettlement(db, connection.name, decision.settlementId))!;
  const told = await wakePayout(connection, input.policy, settlement, bankLineSeen);
  return { ...taken, released: told ? 1 : 0, choice: decision.movement };
}

async function take(
  tx: Database,
  connection: Connection,
  decision: MatchDeposit,
  at: string,
): Promise<Pick<DecisionResult, 'audit' | 'detail'>> {
  const { name } = connection;
  const { settlementId, movement: called, lines: names, by, why } = decision;
  const before = await lastMatchOf(tx, name, decision);
  if (before !== null) return { audit: before, detail: `${called} of ${settlementId} was matched before` };
  const movements = (await readMovements(tx, connection)).filter((movement) => movement.settlementId === settlementId);
  const movement = foundOr(movementNamed(movements, settlementId, called));
  const lines = foundOr(linesNamed(names, await bankLines(tx, name, { unmatched: false })));
  const isReturn = called === 'return';
  const problem = whyNot(movement, lines, { isReturn });
  if (problem !== null) throw refuseDecision('DECISION_SHAPE', problem);
  const used = usedNumbers(await usedEntries(tx, name, settlementId));
  const documents = isReturn
    ? documentsOfReturn(movement, lines, 'decision', used)
    : documentsOfLines(movement, lines, 'decision', used);
  requireAccounts(connection, documents);
  const audit = await recordAudit(tx, name, {
    action: 'match-deposit',
    detail: {
      ...decision,
      documents: documents.map(({ externalId, amount, currency }) => ({
        externalId,
        amount: formatMinor(amount, currency),
        currency,
      })),
    },
    by,
    why,
    at,
  });
  if (!(await planMovementDocuments(tx, name, settlementId, documents)))
    throw refuseDecision('DECISION_SHAPE', 'Somebody else took one of the lines just now.');
  await resolveException(tx, name, 'bank-line-missing', movement.externalId, `matched by ${by}`, at);
  if (isReturn) await resolveException(tx, name, 'transfer-failed', settlementId, `taken for a return by ${by}`, at);
  return { audit, detail: detailOf(called, settlementId, documents) };
}

function detailOf(called: string, settlementId: string, documents: readonly MovementDocument[]): string {
  const rest = documents.find(({ kind }) => kind === 'variance');
  const isConverted = documents.some(({ kind }) => kind === 'conversion');
  const lines = documents.filter(({ bankLine }) => bankLine !== null);
  return `${called} of ${settlementId} is ${counted(lines.length, 'line')}${isConverted ? ', converted into another currency' : ''}${rest ? `, ${renderMoney(rest.cleared, rest.currency)} go to variance` : ''}`;
}

/** @throws ACCOUNT_MISSING before anything is taken: a document that cannot be posted would hold the payout. */
function requireAccounts(connection: Connection, documents: readonly MovementDocument[]): void {
  for (const { debit, credit, currency } of documents) {
    for (const role of [debit, credit]) {
      if (accountNumberOf(connection, currency)(role) === null)
        throw refuseDecision(
          'ACCOUNT_MISSING',
          `The connection ${connection.name} names no account for the role ${role} in ${currency}.`,
        );
    }
  }
}

function foundOr<T>(named: Named<T>): T {
  if ('found' in named) return named.found;
  throw refuseDecision('DIFFERENCE_UNKNOWN', named.problem);
}
