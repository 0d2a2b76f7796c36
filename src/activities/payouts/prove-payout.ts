import { isKind } from '../../domain/documents/document-plans.ts';
import { ledgerLines } from '../../domain/documents/ledger-lines.ts';
import { EXCEPTIONS, type ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { openOf } from '../../domain/matching/movement.ts';
import { sumMinor, sumsByKey } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { alteredDocuments } from '../../domain/payouts/altered-documents.ts';
import { failing, runChecks, type PayoutFacts } from '../../domain/payouts/checks.ts';
import { isDecided, isSettledExactly } from '../../domain/payouts/document-standing.ts';
import { RowTotals } from '../../domain/payouts/row-totals.ts';
import { documentsOfSettlement, type StoredDocument } from '../../store/documents/documents.ts';
import { setTranIds } from '../../store/documents/posted.ts';
import { documentsTouched, standingsOf } from '../../store/payouts/differences.ts';
import { saveCheckRun } from '../../store/payouts/check-runs.ts';
import { applicationsOf } from '../../store/payouts/applications.ts';
import { returnedRows } from '../../store/payouts/returned-payouts.ts';
import { pendingRevision } from '../../store/payouts/revisions.ts';
import { salesDocumentsByExternalId } from '../../store/documents/sales-documents.ts';
import { setSettlementState } from '../../store/payouts/settlements.ts';
import { readRows } from '../../store/payouts/settlement-rows.ts';
import { exceptionsOfPayout } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';
import { accountReference } from '../posting/references.ts';
import { raiseTaxOfNobody } from '../tax/tax-of-nobody.ts';
import { chainOpeningFor } from './chain-opening-for.ts';
import { checkChains } from './check-chains.ts';
import type { PayoutRef, ProofResult } from '../../contracts/payouts/payout-activities.ts';
import { isForgotten, loadPayout, type PayoutSetup } from './payout-setup.ts';
import { payoutLineOf } from '../../domain/journal/journal-plan.ts';
import { raiseAltered } from './raise-altered.ts';
import { raiseUnknownDocuments } from './raise-unknown-documents.ts';
import { readBack } from './read-back.ts';
import { isNew, judgeStoredMovements, toldOfMovements } from './read-movements.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';

/** Reads the posted lines back from NetSuite and compares them to the plan, to the cent. Reads only, but for the state and exceptions. */
export async function provePayout(connection: Connection, input: PayoutRef & Telling): Promise<ProofResult> {
  if (await pendingRevision(connection.db, connection.name, input.settlementId))
    return { tied: false, reissued: true, reasons: [] };
  const setup = await loadPayout(connection, input);
  if (isForgotten(setup)) return { tied: false, reissued: true, reasons: [] };
  await checkChains(connection, input.policy, input.settlementId);
  await raiseUnknownDocuments(setup);
  await raiseTaxOfNobody(setup);
  const { facts, posted, found } = await gatherFacts(setup);
  await raiseUnapproved(setup, facts.unapproved);
  await raiseAltered(setup, alteredDocuments(facts, posted, found, setup.settlement.currency), new Set(posted));
  const reasons = await keptReasons(connection, input.settlementId, facts);
  // What neither a bank line nor a document mends is for a person: no step of it has stopped.
  const next =
    reasons.length === 0
      ? 'tied'
      : facts.unseenMovements.length > 0 || facts.unansweredMovements.length > 0
        ? 'waits-bank'
        : facts.untiedGroups > 0 || facts.unapplied > 0
          ? 'waits-documents'
          : 'held';
  await setSettlementState(
    connection.db,
    connection.name,
    input.settlementId,
    next,
    reasons.length === 0 ? { tiedAt: await connection.now() } : {},
  );
  if (reasons.length > 0) return { tied: false, reissued: false, reasons };
  const { revision } = setup.settlement;
  if (revision > 0)
    await connection.resolve('report-reissued', revisionKey(setup.settlement), 'taken up, and tied again');
  return { tied: true };
}

/** Sentences of the checks that a payout fails now, read again from NetSuite. Writes nothing but what they found. */
export async function payoutReasons(connection: Connection, settlementId: string): Promise<string[]> {
  const setup = await loadPayout(connection, { connection: connection.name, settlementId });
  if (isForgotten(setup)) return whyUnread(connection, settlementId);
  return keptReasons(connection, settlementId, (await gatherFacts(setup)).facts);
}

/** Rows that have no meaning yet: what a person is asked about them, else they are still to be read. */
async function whyUnread({ db, name }: Connection, settlementId: string): Promise<string[]> {
  const asked = await exceptionsOfPayout(db, name, settlementId);
  return asked.length === 0 ? ['its report has not been read yet'] : asked.map(({ evidence }) => evidence.what);
}

/** Runs the checks and keeps what they found, with the instant: a proof shows them as they ran. */
async function keptReasons(connection: Connection, settlementId: string, facts: PayoutFacts): Promise<string[]> {
  const run = runChecks(facts);
  await saveCheckRun(connection.db, connection.name, settlementId, { ...run, checkedAt: await connection.now() });
  return failing(run);
}

/** With the external ids of what was posted and needs no decision, and of what NetSuite knows of it. */
async function gatherFacts(setup: PayoutSetup): Promise<{ facts: PayoutFacts; posted: string[]; found: Set<string> }> {
  const { connection, settlement } = setup;
  const { name } = connection;
  const rows = new RowTotals();
  for await (const row of readRows(connection.db, name, settlement.settlementId)) rows.add(row);
  const documents = await documentsOfSettlement(connection.db, name, settlement.settlementId);
  const applications = await applicationsOf(connection.db, name, settlement.settlementId);
  const movements = await movementStandings(setup);
  const touched = await salesDocumentsByExternalId(
    connection.db,
    name,
    await documentsTouched(connection.db, name, settlement.settlementId),
  );
  const standings = await standingsOf(connection.db, name, touched);
  const differing = touched
    .filter((document) => !isDecided(standings.get(document.externalId)!))
    .map((document) => document.externalId);
  const held = await readBack(
    connection,
    settlement.currency,
    documents,
    touched.map((document) => document.externalId),
  );
  await setTranIds(connection.db, held.tranIds);
  const journal = documents.filter((document) => isKind(document, 'JE')).flatMap((document) => document.plan.lines);
  const posted = [
    ...documents.filter((document) => document.state === 'posted'),
    ...touched.filter((document) => !differing.includes(document.externalId)),
  ].map((document) => document.externalId);
  const facts: PayoutFacts = {
    settlementId: settlement.settlementId,
    currency: settlement.currency,
    total: settlement.total,
    sumOfRows: rows.sum,
    unplacedRows: rows.unplaced,
    payoutLine: payoutLineOf(journal),
    journal: {
      debit: sumMinor(journal.map((line) => line.debit)),
      credit: sumMinor(journal.map((line) => line.credit)),
    },
    planned: await plannedLines(connection, documents),
    readBack: held.lines,
    redated: documents.flatMap(({ externalId, state, date }) =>
      state === 'posted' && held.days.has(externalId) && held.days.get(externalId) !== date
        ? [{ externalId, held: held.days.get(externalId)!, posted: date }]
        : [],
    ),
    unposted: [
      ...documents.filter((document) => document.state !== 'posted'),
      ...[...documents, ...touched].filter((document) => !held.found.has(document.externalId)),
    ].map((document) => document.externalId),
    unapproved: [...held.found].filter((externalId) => !held.posting.has(externalId)),
    held: await heldBy(setup),
    unseenMovements: movements.unseen,
    unansweredMovements: movements.unanswered,
    untiedGroups: rows.untiedGroups,
    unapplied: applications.filter((application) => !application.applied).length,
    differing,
    leftOpen: touched
      .filter(
        (document) =>
          isSettledExactly(standings.get(document.externalId)!) && held.open.get(document.externalId) !== 0n,
      )
      .map((document) => document.externalId),
  };
  return { facts, posted, found: held.found };
}

/** Codes of which other checks speak, with what differs. */
const CHECKED: readonly ExceptionCode[] = [
  'document-missing',
  'document-differs',
  'tax-collector-differs',
  'bank-line-missing',
  'journal-unapproved',
];
/** A step that failed holds the payout up by itself: where it is proven, every step before has worked, and this one is about to. */
const OVER_ONCE_PROVEN: ExceptionCode = 'step-failing';

/** Open exceptions that hold the payout up. That its report was issued again is over once it is tied. */
async function heldBy({ connection, settlement }: PayoutSetup): Promise<string[]> {
  const open = await exceptionsOfPayout(connection.db, connection.name, settlement.settlementId);
  return open
    .filter(
      ({ code, key }) =>
        EXCEPTIONS[code].holdsUp &&
        !CHECKED.includes(code) &&
        code !== OVER_ONCE_PROVEN &&
        key !== revisionKey(settlement),
    )
    .map(({ id, evidence }) => `${evidence.what} (exception ${id})`);
}

function revisionKey({ settlementId, revision }: PayoutSetup['settlement']): string {
  return `${settlementId}:r${revision}`;
}

/** NetSuite moves no balance before somebody approves it there; the next looks at payouts look again. */
async function raiseUnapproved({ connection, settlement }: PayoutSetup, unapproved: readonly string[]): Promise<void> {
  const { settlementId, total, currency } = settlement;
  if (unapproved.length === 0) return connection.resolve('journal-unapproved', settlementId, 'NetSuite posts it now');
  await connection.raise({
    code: 'journal-unapproved',
    subject: payoutSubject(settlementId),
    remedy: {
      kind: 'try-again',
      first: 'Approve it in NetSuite; it is looked at by itself',
      of: 'payout',
      id: settlementId,
    },
    evidence: {
      what: `NetSuite holds ${unapproved.join(', ')} and does not post ${unapproved.length === 1 ? 'it' : 'them'}`,
      atStake: total,
      currency,
    },
  });
}

/** Movements that are not seen yet, and sentences about those that were seen and do not add up: of this settlement, and of the payouts that it brings back. */
async function movementStandings({
  connection,
  settlement,
}: PayoutSetup): Promise<{ unseen: string[]; unanswered: string[] }> {
  const { db } = connection;
  const all = await judgeStoredMovements(db, connection, await connection.now());
  const told = await toldOfMovements(db, connection.name);
  const mine = all.filter(({ movement }) => movement.settlementId === settlement.settlementId);
  const seen = mine.filter(({ movement }) => movement.state === 'posted' || movement.state === 'returned');
  const brought = all.filter(({ movement }) => movement.broughtBackBy === settlement.settlementId);
  const unlinked = (await returnedRows(db, connection.name, settlement.settlementId)).filter(
    ({ movement }) => movement === null,
  );
  const follows =
    unlinked.length > 0 && (await chainOpeningFor(db, connection.settings, settlement.settlementId)).kind === 'follows';
  return {
    unseen: mine.filter((news) => !seen.includes(news)).map(({ movement }) => movement.externalId),
    unanswered: [
      ...seen.flatMap((news) =>
        news.problems.length > 0
          ? news.problems.map(({ evidence }) => evidence.what)
          : isNew(news, told)
            ? [`something is new about ${news.movement.externalId}`]
            : [],
      ),
      ...brought
        .filter(
          ({ movement }) =>
            movement.settlementId !== settlement.settlementId &&
            (openOf(movement) !== 0n || movement.state !== 'returned'),
        )
        .map(({ movement }) => `its report brings ${movement.externalId} back, and the return is not in the books yet`),
      // What a chain's first file brings in, its opening entry books.
      ...(!follows
        ? []
        : unlinked.map(
            ({ amount, currency }) =>
              `its report brings back ${renderMoney(amount, currency)}, and no payout of that amount is known`,
          )),
    ],
  };
}

/** `{externalId} {accountId}` → what we planned there, debit positive. */
async function plannedLines(
  connection: Connection,
  documents: readonly StoredDocument[],
): Promise<Map<string, bigint>> {
  const lines: { key: string; amount: bigint }[] = [];
  for (const document of documents) {
    for (const { role, jurisdiction, amount } of ledgerLines(document)) {
      const { id } = await accountReference(connection, role, document.currency, jurisdiction);
      lines.push({ key: `${document.externalId} ${id}`, amount });
    }
  }
  return new Map([...sumsByKey(lines, (line) => line)].filter(([, amount]) => amount !== 0n));
}
