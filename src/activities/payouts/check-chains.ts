import type { ChainOpening } from '../../domain/payouts/chain-opening.ts';
import { checkLink, linkChains } from '../../domain/payouts/chains.ts';
import { payoutSubject, type Remedy } from '../../domain/exceptions/exception.ts';
import { isKind } from '../../domain/documents/document-plans.ts';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { reportFound } from '../../contracts/payouts/payout.ts';
import { chainMembers, openedChain, type StoredChainMember } from '../../store/payouts/chains.ts';
import type { Database } from '../../store/database.ts';
import { documentsOfSettlement } from '../../store/documents/documents.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';
import { chainOpeningFor } from './chain-opening-for.ts';
import { reopenPayout } from '../wake-payout.ts';
import { lookAgain } from '../../contracts/try-again.ts';

/**
 * Along the chain, before and after a settlement: a gap, or a link of two posted settlements that does not agree, is raised
 * on the later one, which is not tied while that is open. Idempotent.
 * @param settlementId the one that is being proven: it needs no waking
 */
export async function checkChains(connection: Connection, policy: ActivityPolicy, settlementId: string): Promise<void> {
  const members = await chainMembers(connection.db, connection.name);
  const proven = members.find((member) => member.settlementId === settlementId);
  for (const member of members) {
    const isNext = member.currency === proven?.currency && member.start === proven.end;
    if (member.settlementId === settlementId || isNext)
      await checkBeginning(connection, policy, members, member, { wake: member.settlementId !== settlementId });
  }
}

/** Looks at every chain that is open to question once more: a report or an event group may have come. */
export async function recheckChains(connection: Connection, policy: ActivityPolicy): Promise<void> {
  const broken = await openKeys(connection.db, connection.name, 'chain-broken');
  if (broken.length === 0) return;
  const members = await chainMembers(connection.db, connection.name);
  for (const member of members)
    if (broken.includes(member.settlementId)) await checkBeginning(connection, policy, members, member, { wake: true });
}

async function checkBeginning(
  connection: Connection,
  policy: ActivityPolicy,
  members: readonly StoredChainMember[],
  member: StoredChainMember,
  { wake }: { wake: boolean },
): Promise<void> {
  const { db } = connection;
  const { settlementId } = member;
  if (!member.isPosted) return;
  const opening = await chainOpeningFor(db, connection.settings, settlementId, members);
  const found = await sentencesOf(db, connection.name, members, member, opening);
  if (found === null) return;
  const isBroken = (await openKeys(db, connection.name, 'chain-broken', settlementId)).includes(settlementId);
  if (found.length > 0) {
    const remedy: Remedy =
      opening.kind === 'gap'
        ? { kind: 'open-chain', settlementId }
        : { kind: 'import', first: 'Look for a report that is missing', file: 'settlement' };
    await connection.raise({
      code: 'chain-broken',
      subject: payoutSubject(settlementId),
      remedy,
      evidence: { what: found.join('; '), atStake: member.total, currency: member.currency },
    });
    if (wake && member.state === 'tied') await reopenPayout(connection, policy, settlementId, lookAgain);
    return;
  }
  if (isBroken) await connection.resolve('chain-broken', settlementId, 'nothing before it disagrees any more');
  if (!wake) return;
  // It was opened by a person, and what was missing came after all: its opening entry goes.
  if (opening.kind === 'follows' && (await hasOpeningEntry(db, connection.name, settlementId)))
    await reopenPayout(connection, policy, settlementId, reportFound);
  else if (isBroken) await reopenPayout(connection, policy, settlementId, lookAgain);
}

/** Null while the one before it is not posted: then nobody knows. */
async function sentencesOf(
  db: Database,
  connection: string,
  members: readonly StoredChainMember[],
  member: StoredChainMember,
  opening: ChainOpening,
): Promise<string[] | null> {
  if (opening.kind === 'gap')
    return (await openedChain(db, connection, member.settlementId)) !== null ? [] : opening.sentences;
  if (opening.kind !== 'follows') return [];
  const previous = members.find(({ settlementId }) => settlementId === linkChains(members).get(member.settlementId));
  return previous?.isPosted ? checkLink(previous, member) : null;
}

async function hasOpeningEntry(db: Database, connection: string, settlementId: string): Promise<boolean> {
  const entries = (await documentsOfSettlement(db, connection, settlementId)).filter((document) =>
    isKind(document, 'OPN'),
  );
  return unreversed(entries).length > 0;
}
