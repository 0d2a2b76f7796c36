import type { ConnectionSettings } from '../../config/connection.ts';
import { nearestOf } from '../../config/near-miss.ts';
import { explainPayoutRelease } from '../../domain/decisions/explain-release.ts';
import { renderPayoutRelease } from '../../domain/decisions/render-release.ts';
import { amountKeyOf } from '../../domain/exceptions/render-exception.ts';
import { parseWorkflowId, payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { beginningOf, covers, isBeginning } from '../../domain/mapping/beginnings.ts';
import { explainRefusedRole, isChosenRole } from '../../domain/mapping/chosen-role.ts';
import { amountKey } from '../../domain/mapping/classify.ts';
import { keyOfFolded, keyText } from '../../domain/settlement/fold-key.ts';
import { isRole, ROLES, type Role } from '../../domain/mapping/roles.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Store } from '../../store/database.ts';
import { waitedKeys, waitersFor } from '../../store/decisions/decisions.ts';
import { exceptionByNumber } from '../../store/exceptions/exceptions.ts';
import { openWaits, waitingPayouts } from '../../store/decisions/waiting.ts';
import type { CommandIo } from '../command-io.ts';
import { decidedBy, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderParagraph } from '../print/table.ts';
import { unknownNumber } from './exceptions.ts';
import { poll } from './poll.ts';
import { withConnection, withConnections, withTemporal, type RunningConnection } from './running-connection.ts';
import { sendDecision } from './send-decision.ts';

type KeyNames = [transactionType: string, amountType: string, amountDescription: string];
type Said = { role: string } | { sameAs: KeyNames };
/** Which amount a decision is about: the number of its exception, or its three names in the report; and what it is. `prefix`: for all that begin so. */
export type AmountChoice = ({ number: number } | { key: KeyNames }) & { prefix: boolean } & Said;

export async function mapAmount(io: CommandIo, choice: AmountChoice, options: ActionOptions): Promise<void> {
  const said: Said = 'role' in choice ? { role: roleNamed(choice.role) } : { sameAs: choice.sameAs };
  if ('key' in choice) {
    const key = choice.prefix ? beginningNamed(choice.key) : choice.key;
    return withConnection(options.connection, (running) => decide(io, running, key, said, options));
  }
  // The number names its connection, so none need be given.
  const { connection, key } = await withConnections(options.connection, (_world, connections, store) =>
    exceptionKey(
      store,
      choice.number,
      connections.map(({ name }) => name),
    ),
  );
  return withConnection(connection, (running) =>
    decide(io, running, choice.prefix ? beginningNamed(key) : key, said, options),
  );
}

async function decide(
  io: CommandIo,
  { world, name, store, settings }: RunningConnection,
  key: KeyNames,
  said: Said,
  options: ActionOptions,
): Promise<void> {
  const begun = performance.now();
  const by = decidedBy(options.by);
  const named = amountKey(key);
  const waiters = async () => {
    const covered = (await waitedKeys(store.db, name, 'amount')).filter((waited) => covers(named, keyOfFolded(waited)));
    return (await Promise.all(covered.map((waited) => waitersFor(store.db, name, 'amount', waited)))).flat();
  };
  await withTemporal(world, async (client) => {
    const before = await waiters();
    const result = await sendDecision(client, name, world.simulators !== null, {
      update: 'mapAmount',
      args: { ...named, ...said, by, ...(options.why === undefined ? {} : { why: options.why }) },
    });
    const settlementIds = [...new Set([...before, ...(await waiters())])].map((id) => parseWorkflowId(id)?.key ?? id);
    const say = (line: string) => {
      if (!options.json)
        io.out(inCharactersOf(io, `${renderParagraph(line, Math.min(io.width, 110), 2).join('\n')}\n`));
    };
    const [first] = await waitingPayouts(store.db, name, settlementIds);
    const choice = result.choice as Role;
    const account = accountNumber(settings, choice, first?.currency ?? null);
    say(
      `✓ ${keyText(named)} → ${choice}${'sameAs' in said ? `, the same as ${keyText(amountKey(said.sameAs))}` : ''}${account === null ? '' : ` (account ${account})`}`,
    );
    say(`✓ mapped by ${by} · audit ${result.audit}`);
    const look = async () => {
      const others = new Set(
        (await openWaits(store.db, name)).filter((wait) => wait.kind === 'amount').map((wait) => wait.workflowId),
      );
      return (await waitingPayouts(store.db, name, settlementIds)).map((payout) =>
        explainPayoutRelease(payout, others.has(payoutWorkflowId(name, payout.settlementId))),
      );
    };
    const payouts = await poll(look, (seen) => seen.every((payout) => payout.released), options.wait);
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    for (const line of renderPayoutRelease(payouts, seconds)) say(line);
    if (options.json) {
      io.out(
        `${JSON.stringify(
          {
            kind: 'amount',
            connection: name,
            key,
            choice,
            ...('sameAs' in said ? said : {}),
            account,
            by,
            why: options.why ?? null,
            audit: result.audit,
            payouts: payouts.map((payout) => ({
              settlementId: payout.settlementId,
              state: payout.state,
              released: payout.released,
              debits: payout.debits === null ? null : formatMinor(payout.debits, payout.currency),
            })),
            seconds,
          },
          null,
          2,
        )}\n`,
      );
    }
  });
}

function roleNamed(text: string): Role {
  const refused = isRole(text) ? explainRefusedRole(text) : null;
  if (refused !== null)
    throw new TieoutError({
      code: 'usage',
      what: refused,
      notDone: 'Nothing was mapped.',
      where: [],
      do: ['name the role that serves, or the known key by --same-as'],
    });
  if (isRole(text)) return text;
  const near = nearestOf(text, ROLES);
  throw new TieoutError({
    code: 'usage',
    what: `"${text}" is not a role.`,
    notDone: 'Nothing was mapped.',
    where: near === null ? [`roles: ${ROLES.filter(isChosenRole).join(', ')}`] : [],
    do: [near === null ? 'name the role that the amount means' : `did you mean ${near}?`],
  });
}

/** The beginning that a text itself names, or that is offered for it. */
function beginningNamed(key: KeyNames): KeyNames {
  const named = amountKey(key);
  const beginning = isBeginning(named) ? named : beginningOf(named);
  if (beginning !== null) return [beginning.transactionType, beginning.amountType, beginning.amountDescription];
  throw new TieoutError({
    code: 'usage',
    what: `${keyText(named)} carries no ASIN, date or period.`,
    notDone: 'Nothing was mapped.',
    where: [],
    do: [
      'say yourself how far it counts: --prefix TYPE "AMOUNT-TYPE…" DESCRIPTION ROLE',
      'leave --prefix out to decide about this text alone',
    ],
  });
}

async function exceptionKey(
  store: Store,
  number: number,
  connections: readonly string[],
): Promise<{ connection: string; key: KeyNames }> {
  const exception = await exceptionByNumber(store.db, number);
  if (exception === null || !connections.includes(exception.connection)) throw unknownNumber(number);
  const key = amountKeyOf(exception);
  if (key !== null) return { connection: exception.connection, key };
  throw new TieoutError({
    code: 'usage',
    what: `Exception ${number} is not about an amount type.`,
    notDone: 'Nothing was mapped.',
    where: [exception.evidence.what],
    do: [`npx tieout exceptions ${number} shows what ends it`],
  });
}

/** Account of a role where the connection has one for it; meanings and what items own have none. */
function accountNumber({ accounts }: ConnectionSettings, role: Role, currency: string | null): string | null {
  const configured = accounts[role === 'reserve-released' ? 'reserve-held' : role];
  if (configured === undefined || typeof configured === 'string') return configured ?? null;
  return currency === null ? null : (configured[currency] ?? null);
}
