import type { Role } from '../../domain/mapping/roles.ts';
import { openOf } from '../../domain/matching/movement.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { checkPayout, type PayoutFacts } from '../../domain/payouts/checks.ts';
import { isDecided, isSettledExactly } from '../../domain/payouts/document-standing.ts';
import { RowTotals } from '../../domain/payouts/row-totals.ts';
import { documentsOfSettlement, setTranIds, type StoredDocument } from '../../store/documents.ts';
import { documentsTouched, standingsOf } from '../../store/differences.ts';
import { applicationsOf } from '../../store/payouts.ts';
import { returnedRows } from '../../store/movements.ts';
import { pendingRevision } from '../../store/revisions.ts';
import { salesDocumentsByExternalId } from '../../store/sales-documents.ts';
import { readRows, setSettlementState } from '../../store/settlements.ts';
import { resolveException } from '../../store/exceptions.ts';
import type { Connection, Dependencies } from '../dependencies.ts';
import { accountReference } from '../posting/references.ts';
import { checkNeighbours } from './check-neighbours.ts';
import type { ProofResult } from './payout-results.ts';
import { loadPayout, type PayoutRef, type PayoutSetup } from './payout-setup.ts';
import type { StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import type { MovementPlan } from './post-movements.ts';
import { readBack } from './read-back.ts';
import { isNew, judgeStoredMovements, toldOfMovements } from './read-movements.ts';

/** Reads the posted lines back from NetSuite and compares them to the plan, to the cent. Reads only, but for the state. */
export function createProvePayout(deps: Dependencies) {
  return async function provePayout(input: PayoutRef): Promise<ProofResult> {
    if (await pendingRevision(deps.store.db, input.connection, input.settlementId)) return { tied: false, reissued: true, reasons: [] };
    const setup = await loadPayout(deps, input);
    const facts = await gatherFacts(deps, setup);
    const reasons = checkPayout(facts);
    await checkNeighbours(deps, setup);
    // What neither a bank line nor a document mends is for a person.
    const next = reasons.length === 0 ? 'tied' : facts.unseenMovements.length > 0 || facts.unansweredMovements.length > 0 ? 'waits-bank' : facts.untiedGroups > 0 || facts.unapplied > 0 ? 'waits-documents' : 'stopped';
    await setSettlementState(deps.store.db, input.connection, input.settlementId, next, reasons.length === 0 ? { tiedAt: await deps.now() } : {});
    if (reasons.length > 0) return { tied: false, reissued: false, reasons };
    const { revision } = setup.settlement;
    if (revision > 0) await resolveException(deps.store.db, input.connection, 'report-reissued', `${input.settlementId}:r${revision}`, 'taken up, and tied again', await deps.now());
    return { tied: true };
  };
}

async function gatherFacts(deps: Dependencies, setup: PayoutSetup): Promise<PayoutFacts> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const rows = new RowTotals();
  for await (const row of readRows(deps.store.db, name, settlement.settlementId)) rows.add(row);
  const documents = await documentsOfSettlement(deps.store.db, name, settlement.settlementId);
  const applications = await applicationsOf(deps.store.db, name, settlement.settlementId);
  const movements = await movementStandings(deps, setup);
  const touched = await salesDocumentsByExternalId(deps.store.db, name, await documentsTouched(deps.store.db, name, settlement.settlementId));
  const standings = await standingsOf(deps.store.db, name, touched);
  const differing = touched.filter((document) => !isDecided(standings.get(document.externalId)!)).map((document) => document.externalId);
  const held = await readBack(connection, settlement.currency, documents, touched.map((document) => document.externalId));
  await setTranIds(deps.store.db, held.tranIds);
  const journal = documents.filter((document) => document.key.purpose === 'JE').flatMap((document) => (document.plan as StoredJournalPart).lines);
  return {
    settlementId: settlement.settlementId, currency: settlement.currency, total: settlement.total, sumOfRows: rows.sum, unplacedRows: rows.unplaced,
    payoutLine: sumMinor(journal.filter((line) => line.payout).map((line) => line.debit - line.credit)),
    journal: { debit: sumMinor(journal.map((line) => line.debit)), credit: sumMinor(journal.map((line) => line.credit)) },
    planned: await plannedLines(connection, documents), readBack: held.lines,
    unposted: documents.filter((document) => document.state !== 'posted' || !held.posting.has(document.externalId)).map((document) => document.externalId),
    unseenMovements: movements.unseen, unansweredMovements: movements.unanswered,
    untiedGroups: rows.untiedGroups, unapplied: applications.filter((application) => !application.applied).length, differing,
    leftOpen: touched.filter((document) => isSettledExactly(standings.get(document.externalId)!) && held.open.get(document.externalId) !== 0n).map((document) => document.externalId),
  };
}

/** Movements that are not seen yet, and sentences about those that were seen and do not add up: of this settlement, and of the payouts that it brings back. */
async function movementStandings(deps: Dependencies, { connection, settlement }: PayoutSetup): Promise<{ unseen: string[]; unanswered: string[] }> {
  const { db } = deps.store;
  const all = await judgeStoredMovements(db, connection, await deps.now());
  const told = await toldOfMovements(db, connection.settings.name);
  const mine = all.filter(({ movement }) => movement.settlementId === settlement.settlementId);
  const seen = mine.filter(({ movement }) => movement.state === 'posted' || movement.state === 'returned');
  const brought = all.filter(({ movement }) => movement.broughtBackBy === settlement.settlementId);
  const unlinked = (await returnedRows(db, connection.settings.name, settlement.settlementId)).filter(({ movement }) => movement === null);
  return {
    unseen: mine.filter((news) => !seen.includes(news)).map(({ movement }) => movement.externalId),
    unanswered: [
      ...seen.flatMap((news) => (news.problems.length > 0 ? news.problems.map(({ evidence }) => evidence.what) : isNew(news, told) ? [`something is new about ${news.movement.externalId}`] : [])),
      ...brought.filter(({ movement }) => movement.settlementId !== settlement.settlementId && (openOf(movement) !== 0n || movement.state !== 'returned'))
        .map(({ movement }) => `its report brings ${movement.externalId} back, and the return is not in the books yet`),
      // What a chain's first file brings in, its opening entry books.
      ...(settlement.opensChain !== false ? [] : unlinked.map(({ amount, currency }) => `its report brings back ${renderMoney(amount, currency)}, and no payout of that amount is known`)),
    ],
  };
}

/** `{externalId} {accountId}` → what we planned there, debit positive. */
async function plannedLines(connection: Connection, documents: readonly StoredDocument[]): Promise<Map<string, bigint>> {
  const lines = new Map<string, bigint>();
  const add = async (document: StoredDocument, role: Role, amount: bigint) => {
    const { id } = await accountReference(connection, role, document.currency);
    const key = `${document.externalId} ${id}`;
    lines.set(key, (lines.get(key) ?? 0n) + amount);
  };
  for (const document of documents) {
    switch (document.key.purpose) {
      case 'JE':
      case 'OPN':
        for (const line of (document.plan as StoredJournalPart).lines) await add(document, line.role, line.debit - line.credit);
        break;
      case 'PAY':
        await add(document, 'clearing', document.total);
        await add(document, 'receivable', -document.total);
        break;
      case 'RFD':
        await add(document, 'receivable', document.total);
        await add(document, 'clearing', -document.total);
        break;
      default: {
        const { account, against, amount } = document.plan as MovementPlan;
        await add(document, account, amount);
        await add(document, against, -amount);
      }
    }
  }
  return new Map([...lines].filter(([, amount]) => amount !== 0n));
}
