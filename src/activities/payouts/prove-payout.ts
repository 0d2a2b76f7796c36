import type { Role } from '../../domain/mapping/roles.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { checkChain, type ChainLink } from '../../domain/payouts/check-chain.ts';
import { checkPayout, type PayoutFacts } from '../../domain/payouts/checks.ts';
import { isDecided, isSettledExactly } from '../../domain/payouts/document-standing.ts';
import { RowTotals } from '../../domain/payouts/row-totals.ts';
import { documentsOfSettlement, setTranIds, type StoredDocument } from '../../store/documents.ts';
import { standingsOf } from '../../store/differences.ts';
import { applicationsOf, movementsOf } from '../../store/payouts.ts';
import { pendingRevision } from '../../store/revisions.ts';
import { salesDocumentsByExternalId } from '../../store/sales-documents.ts';
import { listSettlements, readRows, setSettlementState, type StoredSettlement } from '../../store/settlements.ts';
import { rowSums } from '../../store/tie-out-facts.ts';
import { raise, resolveException } from '../../store/exceptions.ts';
import type { Connection, Dependencies } from '../dependencies.ts';
import { accountReference } from '../posting/references.ts';
import type { ProofResult } from './payout-results.ts';
import { loadPayout, type PayoutRef, type PayoutSetup } from './payout-setup.ts';
import type { StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import { readBack } from './read-back.ts';

/** Reads the posted lines back from NetSuite and compares them to the plan, to the cent. Reads only, but for the state. */
export function createProvePayout(deps: Dependencies) {
  return async function provePayout(input: PayoutRef): Promise<ProofResult> {
    if (await pendingRevision(deps.store.db, input.connection, input.settlementId)) return { tied: false, reissued: true, reasons: [] };
    const setup = await loadPayout(deps, input);
    const facts = await gatherFacts(deps, setup);
    const reasons = checkPayout(facts);
    await checkNeighbours(deps, setup);
    // What neither a bank line nor a document mends is for a person.
    const next = reasons.length === 0 ? 'tied' : facts.unseenMovements.length > 0 ? 'waits-bank' : facts.untiedGroups > 0 || facts.unapplied > 0 ? 'waits-documents' : 'stopped';
    await setSettlementState(deps.store.db, input.connection, input.settlementId, next, reasons.length === 0 ? { tiedAt: await deps.now() } : {});
    if (reasons.length > 0) return { tied: false, reissued: false, reasons };
    const { revision } = setup.settlement;
    if (revision > 0) await resolveException(deps.store.db, input.connection, 'report-reissued', `${input.settlementId}:r${revision}`, 'taken up, and tied again', await deps.now());
    return { tied: true };
  };
}

/** Along the chain, once both neighbours are posted: raised, and holds nothing up. */
async function checkNeighbours(deps: Dependencies, { connection, settlement }: PayoutSetup): Promise<void> {
  const { name } = connection.settings;
  const others = (await listSettlements(deps.store.db, name)).filter((other) => other.currency === settlement.currency && other.settlementId !== settlement.settlementId);
  const link = async (of: StoredSettlement): Promise<ChainLink> => ({ settlementId: of.settlementId, currency: of.currency, total: of.total, ...(await rowSums(deps.store.db, name, of.settlementId)) });
  const previous = others.filter((other) => other.end === settlement.start && isPosted(other));
  // Where several chains of one currency share an instant, one predecessor that fits is enough.
  const sentences = await Promise.all(previous.map(async (other) => checkChain(await link(other), await link(settlement))));
  if (sentences.length === 0 || sentences.some((found) => found.length === 0)) return;
  await raise(deps.store.db, name, {
    code: 'chain-broken', key: settlement.settlementId, owner: 'finance', what: sentences[0]!.join('; '), act: 'Look for a report that is missing: npx tieout settlement import FILE',
    atStake: settlement.total, currency: settlement.currency, subject: `payout:${settlement.settlementId}`,
  }, await deps.now());
}

function isPosted(settlement: StoredSettlement): boolean {
  return ['posted', 'waits-documents', 'waits-bank', 'tied'].includes(settlement.state);
}

async function gatherFacts(deps: Dependencies, setup: PayoutSetup): Promise<PayoutFacts> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const rows = new RowTotals();
  for await (const row of readRows(deps.store.db, name, settlement.settlementId)) rows.add(row);
  const documents = await documentsOfSettlement(deps.store.db, name, settlement.settlementId);
  const applications = await applicationsOf(deps.store.db, name, settlement.settlementId);
  const movements = await movementsOf(deps.store.db, name, settlement.settlementId);
  const touched = await salesDocumentsByExternalId(deps.store.db, name, [...new Set(applications.map((application) => application.document))]);
  const standings = await standingsOf(deps.store.db, name, touched);
  const differing = touched.filter((document) => !isDecided(standings.get(document.externalId)!)).map((document) => document.externalId);
  const held = await readBack(connection, settlement.currency, documents.map((document) => document.externalId), touched.map((document) => document.externalId));
  await setTranIds(deps.store.db, held.tranIds);
  const journal = documents.filter((document) => document.key.purpose === 'JE').flatMap((document) => (document.plan as StoredJournalPart).lines);
  return {
    settlementId: settlement.settlementId, currency: settlement.currency, total: settlement.total, sumOfRows: rows.sum, unplacedRows: rows.unplaced,
    payoutLine: sumMinor(journal.filter((line) => line.payout).map((line) => line.debit - line.credit)),
    journal: { debit: sumMinor(journal.map((line) => line.debit)), credit: sumMinor(journal.map((line) => line.credit)) },
    planned: await plannedLines(connection, documents), readBack: held.lines,
    unposted: documents.filter((document) => document.state !== 'posted' || !held.posting.has(document.externalId)).map((document) => document.externalId),
    unseenMovements: movements.filter((movement) => movement.state !== 'posted' && movement.state !== 'returned').map((movement) => movement.externalId),
    untiedGroups: rows.untiedGroups, unapplied: applications.filter((application) => !application.applied).length, differing,
    leftOpen: touched.filter((document) => isSettledExactly(standings.get(document.externalId)!) && held.open.get(document.externalId) !== 0n).map((document) => document.externalId),
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
        const { account, against, amount } = document.plan as { account: Role; against: Role; amount: bigint };
        await add(document, account, amount);
        await add(document, against, -amount);
      }
    }
  }
  return new Map([...lines].filter(([, amount]) => amount !== 0n));
}
