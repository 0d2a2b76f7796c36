import type { ConnectionSettings } from '../../config/connection.ts';
import { nearestOf } from '../../config/near-miss.ts';
import { beginningOf, isBeginning } from '../../domain/mapping/beginnings.ts';
import { explainRefusedRole, isChosenRole } from '../../domain/mapping/chosen-role.ts';
import { amountKey } from '../../domain/mapping/classify.ts';
import { isRole, ROLES, type Role } from '../../domain/mapping/roles.ts';
import { keyText } from '../../domain/settlement/fold-key.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { ConnectionAtWork } from '../../operations/connection-at-work.ts';
import { amountOfException } from '../../operations/decisions/amount-of-exception.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { poll } from '../../operations/poll.ts';
import { withConnectionAtWork, withConnections, type RunningConnection } from '../../operations/running-connection.ts';
import { amountReleaseView, payoutsWaitingFor } from '../../views/decisions/amount-release-view.ts';
import type { CommandIo } from '../command-io.ts';
import { whoActs } from '../../config/who-acts.ts';
import { reasonOf, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { secondsSince } from '../print/seconds.ts';
import { renderParagraph } from '../print/table.ts';

type KeyNames = [transactionType: string, amountType: string, amountDescription: string];
type Said = { role: string } | { sameAs: KeyNames };
/** Which amount a decision is about: the number of its exception, or its three names in the report; and what it is. `prefix`: for all that begin so. */
export type AmountChoice = ({ number: number } | { key: KeyNames }) & { prefix: boolean } & Said;

export async function mapAmount(io: CommandIo, choice: AmountChoice, options: ActionOptions): Promise<void> {
  const said: Said = 'role' in choice ? { role: roleNamed(choice.role) } : { sameAs: choice.sameAs };
  // The number names its connection, so none need be given.
  const { connection, key } =
    'key' in choice
      ? { connection: options.connection, key: choice.key }
      : await withConnections(options.connection, ({ store, names }) => amountOfException(store, choice.number, names));
  const named = choice.prefix ? beginningNamed(key) : key;
  await withConnectionAtWork(connection, (running) => decide(io, running, named, said, options));
}

async function decide(
  io: CommandIo,
  running: RunningConnection & ConnectionAtWork,
  key: KeyNames,
  said: Said,
  options: ActionOptions,
): Promise<void> {
  const begun = performance.now();
  const by = whoActs(options.by);
  const why = reasonOf(options.why, 'An amount is mapped');
  const named = amountKey(key);
  const before = await payoutsWaitingFor(running, named);
  const { choice, audit } = await sendDecision(running, {
    update: 'mapAmount',
    args: { ...named, ...said, by, why },
  });
  const settlementIds = [...new Set([...before, ...(await payoutsWaitingFor(running, named))])];
  const say = (line: string) => {
    if (!options.json) io.out(inCharactersOf(io, `${renderParagraph(line, Math.min(io.width, 110), 2).join('\n')}\n`));
  };
  const look = () => amountReleaseView(running, settlementIds, secondsSince(begun));
  const [first] = (await look()).payouts;
  const account = accountNumber(running.settings, choice as Role, first?.currency ?? null);
  say(
    `✓ ${keyText(named)} → ${choice}${'sameAs' in said ? `, the same as ${keyText(amountKey(said.sameAs))}` : ''}${account === null ? '' : ` (account ${account})`}`,
  );
  say(`✓ mapped by ${by} · audit ${audit}`);
  const release = await poll(look, ({ payouts }) => payouts.every((payout) => payout.released), options.wait);
  for (const line of release.sentences) say(line);
  if (options.json) {
    io.out(
      asJson({
        kind: 'amount',
        connection: running.name,
        key,
        choice,
        ...('sameAs' in said ? said : {}),
        account,
        by,
        why,
        audit,
        payouts: release.payouts,
        seconds: secondsSince(begun),
      }),
    );
  }
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

/** Account of a role where the connection has one for it; meanings and what items own have none. */
function accountNumber({ accounts }: ConnectionSettings, role: Role, currency: string | null): string | null {
  const configured = accounts[role === 'reserve-released' ? 'reserve-held' : role];
  if (configured === undefined || typeof configured === 'string') return configured ?? null;
  return currency === null ? null : (configured[currency] ?? null);
}
