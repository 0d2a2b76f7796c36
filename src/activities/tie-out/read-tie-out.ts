import { EXCEPTIONS } from '../../domain/exceptions/catalogue.ts';
import { renderSubject } from '../../domain/exceptions/render-exception.ts';
import { openDecisionOf, type OpenDecision } from '../../domain/exceptions/open-decision.ts';
import { renderRemedy } from '../../domain/exceptions/render-remedy.ts';
import { namesAmazon, type StatementLine } from '../../domain/matching/match-bank-line.ts';
import { isAwaited } from '../../domain/matching/movement-states.ts';
import { clearedBy, type Movement } from '../../domain/matching/movement.ts';
import { linkChains } from '../../domain/payouts/chains.ts';
import { besideNetSuite, explainBalances } from '../../domain/payouts/explain-balances.ts';
import { findDuplicates } from '../../domain/payouts/find-duplicates.ts';
import { findUnknown } from '../../domain/payouts/find-unknown.ts';
import { formatMinor, sumMinor } from '../../domain/money/money.ts';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import { dayIn, epochMsOf, lastDayBefore, instantOf } from '../../domain/money/instant.ts';
import { settlementZone } from '../payouts/payout-setup.ts';
import { readMovements } from '../payouts/read-movements.ts';
import { chainMembers, type StoredChainMember } from '../../store/payouts/chains.ts';
import { allDecisions } from '../../store/decisions/decisions.ts';
import { documentsOfSettlement, knownExternalIds } from '../../store/documents/documents.ts';
import { exceptionsOfPayout, openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import { bankLines } from '../../store/payouts/applications.ts';
import { movementsOf } from '../../store/payouts/planned-movements.ts';
import { purgedIds } from '../../store/retention/purged-orders.ts';
import { listSettlements, type StoredSettlement } from '../../store/payouts/settlements.ts';
import { heldOnSetOff } from '../../store/payouts/set-offs.ts';
import { openWaits } from '../../store/decisions/waiting.ts';
import { countDocuments, countOrders, settledDocuments, settledPeriods } from '../../store/tie-out/tie-out-facts.ts';
import type { Connection } from '../connection.ts';
import { isKind } from '../../domain/documents/document-plans.ts';
import { payoutLineOf } from '../../domain/journal/journal-plan.ts';
import { readBalances, readHeads, type Balances } from './netsuite-balances.ts';
import type { TieOut, TieOutBalance, TieOutPayout } from '../../contracts/tie-out/tie-out.ts';
import { sidesOf } from '../../domain/payouts/set-offs.ts';

/** Statement lines by key, read once for all payouts. */
type StatementLines = ReadonlyMap<string, StatementLine>;

/** Settlements by id, and the id of the one that each of them follows: linked once for the whole tie-out. */
interface Chains {
  members: ReadonlyMap<string, StoredChainMember>;
  follows: ReadonlyMap<string, string>;
}

/** The figures of a connection: NetSuite's, asked by SuiteQL, beside what explains them. Reads only. */
export async function readTieOut(connection: Connection): Promise<TieOut> {
  const { db } = connection;
  const settlements = await listSettlements(db, connection.name);
  const documents = await settledDocuments(db, connection.name);
  const movements = await readMovements(db, connection);
  const currencies = [
    ...new Set(
      [...settlements, ...documents, ...movements.flatMap((movement) => movement.documents)].map(
        ({ currency }) => currency,
      ),
    ),
  ].sort();
  const balances = await readBalances(connection, currencies);
  const exceptions = await openExceptions(db, connection.name);
  const lines: StatementLines = new Map(
    (await bankLines(db, connection.name, { unmatched: false })).map((line) => [line.key, line]),
  );
  const chains = await readChains(connection);
  const linesNameAmazon = (await bankLines(db, connection.name, { unmatched: true })).some(namesAmazon);
  const decisionOf = (exception: StoredException) => openDecisionOf(exception, linesNameAmazon);
  const waiting = new Set(
    (await openWaits(db, connection.name)).filter(({ kind }) => kind === 'sku').map(({ workflowId }) => workflowId),
  );
  // Documents that are missing because their order waits for a SKU come with its decision, and a report that was issued again is taken up when the others are taken.
  const comesWithSku = ({ code, subject }: StoredException) =>
    code === 'document-missing' && waiting.has(orderWorkflowId(connection.name, subject.id));
  const isUndecided = (holding: readonly StoredException[]) =>
    holding.some((exception) => decisionOf(exception) !== null || comesWithSku(exception)) &&
    holding.every(
      (exception) => decisionOf(exception) !== null || comesWithSku(exception) || exception.code === 'report-reissued',
    );
  const payouts: TieOutPayout[] = [];
  for (const settlement of settlements)
    payouts.push(await payoutOf(connection, settlement, { chains, statement: lines, isUndecided }));
  const decisions = await allDecisions(db, connection.name);
  const heads = await readHeads(connection);
  // Read after NetSuite was asked: what is posted meanwhile is known.
  const known = await knownExternalIds(db, connection.name);
  const purged = await purgedIds(db, connection.name);
  return {
    connection: connection.name,
    orders: await countOrders(db, connection.name),
    documents: await countDocuments(db, connection.name),
    payouts,
    balances: balancesByName(balances, currencies),
    explained: await explained(connection, chains, balances, documents, movements, currencies),
    duplicates: findDuplicates(heads),
    unknown: findUnknown(
      connection.name,
      heads.map(({ externalId }) => externalId),
      known,
      purged,
    ),
    decisions: [
      ...decisions.map((decision) => ({
        kind: decision.kind,
        key: decision.kind === 'amount' ? (JSON.parse(decision.spelled) as string[]) : decision.spelled,
        choice: decision.choice,
        ...(decision.units === 1 ? {} : { units: decision.units }),
      })),
      ...different(
        exceptions.filter(({ code }) => EXCEPTIONS[code].holdsUp).flatMap((exception) => decisionOf(exception) ?? []),
      ).map((decision) => ({ ...decision, choice: null })),
    ],
    openExceptions: exceptions.map((exception) => ({
      number: exception.id,
      code: exception.code,
      owner: exception.owner,
      what: exception.evidence.what,
      act: renderRemedy(exception.remedy, exception.id),
      atStake: stakeOf(exception),
      currency: exception.evidence.currency,
      subject: renderSubject(exception.subject),
      payout: exception.payout,
      isDecision: decisionOf(exception) !== null,
    })),
  };
}

/** One decision may end several exceptions. */
function different(decisions: readonly OpenDecision[]): OpenDecision[] {
  return [...new Map(decisions.map((decision) => [JSON.stringify(decision), decision])).values()];
}

function stakeOf({ evidence: { atStake, currency } }: StoredException): string | null {
  return atStake === null || currency === null ? null : formatMinor(atStake, currency);
}

async function readChains(connection: Connection): Promise<Chains> {
  const members = await chainMembers(connection.db, connection.name);
  return { members: new Map(members.map((member) => [member.settlementId, member])), follows: linkChains(members) };
}

async function payoutOf(
  connection: Connection,
  settlement: StoredSettlement,
  {
    chains,
    statement,
    isUndecided,
  }: { chains: Chains; statement: StatementLines; isUndecided: (holding: readonly StoredException[]) => boolean },
): Promise<TieOutPayout> {
  const { db } = connection;
  const { currency, settlementId } = settlement;
  const text = (minor: bigint) => formatMinor(minor, currency);
  const zone = settlementZone({ connection: connection, settlement });
  const parts = unreversed(
    (await documentsOfSettlement(db, connection.name, settlementId))
      .filter((document) => isKind(document, 'JE'))
      .filter(({ state }) => state === 'posted'),
  );
  const lines = parts.flatMap(({ plan }) => plan.lines);
  const movements = await movementsOf(db, connection.name, settlementId);
  const exceptions = await exceptionsOfPayout(db, connection.name, settlementId);
  const holding = exceptions.filter(({ code }) => EXCEPTIONS[code].holdsUp);
  const { sum, rows } = chains.members.get(settlementId)!;
  const previous = chains.members.get(chains.follows.get(settlementId) ?? '');
  return {
    settlementId,
    currency,
    start: settlement.start,
    end: settlement.end,
    // It begins at the second at which the one before ended: its first day is that of the next moment.
    firstDay: dayIn(instantOf(epochMsOf(settlement.start) + 1000), zone),
    lastDay: lastDayBefore(settlement.end, zone),
    total: text(settlement.total),
    rows: settlement.rowCount,
    sum: text(sum),
    journal: {
      externalIds: parts.map((document) => document.externalId),
      debit: text(sumMinor(lines.map((line) => line.debit))),
      credit: text(sumMinor(lines.map((line) => line.credit))),
      lines: lines.length,
      payoutLine: text(payoutLineOf(lines)),
    },
    movements: movements.map((movement) => {
      const line = movement.bankLine === null ? undefined : statement.get(movement.bankLine);
      return {
        kind: movement.kind,
        externalId: movement.externalId,
        amount: text(movement.amount),
        traceId: movement.traceId,
        state: movement.state,
        bankLine: line ? { date: line.date, amount: text(line.amount), description: line.description } : null,
      };
    }),
    reserve: {
      opens: text(rows?.released ?? 0n),
      lastClosed: previous ? text(-(previous.rows?.held ?? 0n)) : null,
      closes: text(-(rows?.held ?? 0n)),
    },
    state: settlement.state,
    tied: settlement.state === 'tied',
    exceptions: [...new Set(exceptions.map((exception) => exception.code))],
    undecided: settlement.state !== 'tied' && isUndecided(holding),
  };
}

async function explained(
  connection: Connection,
  { follows }: Chains,
  balances: Balances,
  documents: Awaited<ReturnType<typeof settledDocuments>>,
  movements: readonly Movement[],
  currencies: readonly string[],
): Promise<TieOutBalance[]> {
  const { db } = connection;
  const periods = await settledPeriods(db, connection.name);
  const sides = sidesOf(await heldOnSetOff(db, connection.name));
  const followed = new Set(periods.map((period) => follows.get(period.settlementId)));
  const rows: TieOutBalance[] = [];
  for (const currency of currencies) {
    const settlements = periods
      .filter((period) => period.currency === currency)
      .map((period) => ({ ...period, followed: followed.has(period.settlementId) }));
    const journalled = new Set(periods.map((period) => period.settlementId));
    const mine = movements.filter(
      (movement) => movement.currency === currency && journalled.has(movement.settlementId),
    );
    const facts = explainBalances(
      {
        currency,
        documents: documents.filter((document) => document.currency === currency),
        settlements,
        movements: mine.map((movement) => ({
          kind: movement.kind,
          amount: movement.amount,
          cleared: clearedBy(movement.documents.filter(({ posted }) => posted)),
          seen: !isAwaited(movement) && movement.state !== 'matched',
          broughtBack:
            movement.broughtBackBy !== null && journalled.has(movement.broughtBackBy) ? movement.broughtBack : 0n,
        })),
        setOffs: sides.filter((side) => side.currency === currency),
        moved: movements
          .flatMap(({ documents: own }) => own)
          .filter((document) => document.posted && document.currency === currency),
      },
      connection.mode,
    );
    for (const { role, amount, held, difference, by } of besideNetSuite(facts, (of) => balances.get(of)?.get(currency)))
      rows.push({
        role,
        currency,
        netsuite: formatMinor(held, currency),
        explained: formatMinor(amount, currency),
        by,
        difference: formatMinor(difference, currency),
      });
  }
  return rows;
}

function balancesByName(balances: Balances, currencies: readonly string[]): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [role, amounts] of balances) {
    for (const [currency, amount] of amounts)
      named[currencies.length > 1 ? `${role}.${currency}` : role] = formatMinor(amount, currency);
  }
  return named;
}
