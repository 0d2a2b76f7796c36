import type { ConnectionSettings } from '../../config/connection.ts';
import { nearestOf } from '../../config/near-miss.ts';
import { explainPayoutRelease } from '../../domain/decisions/explain-release.ts';
import { renderPayoutRelease } from '../../domain/decisions/render-release.ts';
import { amountKeyOf } from '../../domain/exceptions/render-exception.ts';
import { parseWorkflowId, payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { foldKey } from '../../domain/mapping/fold-key.ts';
import { isRole, ROLES, type Role } from '../../domain/mapping/roles.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Store } from '../../store/database.ts';
import { waitersFor } from '../../store/decisions.ts';
import { exceptionByNumber } from '../../store/exceptions.ts';
import { openWaits, waitingPayouts } from '../../store/waiting.ts';
import type { CommandIo } from '../command-io.ts';
import { decidedBy, type ActionOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderParagraph } from '../print/table.ts';
import { unknownNumber } from './exceptions.ts';
import { poll } from './poll.ts';
import { withConnection, withConnections, withTemporal, type RunningConnection } from './running-connection.ts';
import { sendDecision } from './send-decision.ts';

/** Which amount a decision is about: the number of its exception, or its three names in the report. */
export type AmountChoice = { number: number; role: string } | { key: [string, string, string]; role: string };

export async function mapAmount(io: CommandIo, choice: AmountChoice, options: ActionOptions): Promise<void> {
  const role = roleNamed(choice.role);
  if ('key' in choice) return withConnection(options.connection, (running) => decide(io, running, choice.key, role, options));
  // The number names its connection, so none need be given.
  const { connection, key } = await withConnections(options.connection, (_world, connections, store) =>
    exceptionKey(store, choice.number, connections.map(({ name }) => name)));
  return withConnection(connection, (running) => decide(io, running, key, role, options));
}

async function decide(io: CommandIo, { world, name, store, settings }: RunningConnection, [transactionType, amountType, amountDescription]: [string, string, string], role: Role, options: ActionOptions): Promise<void> {
  const begun = performance.now();
  const by = decidedBy(options.by);
  const folded = foldKey({ transactionType, amountType, amountDescription });
  await withTemporal(world, async (client) => {
    const before = await waitersFor(store.db, name, 'amount', folded);
    const result = await sendDecision(client, name, world.simulators !== null, {
      update: 'mapAmount', args: { transactionType, amountType, amountDescription, role, by, ...(options.why === undefined ? {} : { why: options.why }) },
    });
    const settlementIds = [...new Set([...before, ...await waitersFor(store.db, name, 'amount', folded)])].map((id) => parseWorkflowId(id)?.key ?? id);
    const say = (line: string) => { if (!options.json) io.out(inCharactersOf(io, `${renderParagraph(line, Math.min(io.width, 110), 2).join('\n')}\n`)); };
    const [first] = await waitingPayouts(store.db, name, settlementIds);
    const account = accountNumber(settings, role, first?.currency ?? null);
    say(`✓ ${amountDescription} → ${role}${account === null ? '' : ` (account ${account})`}`);
    say(`✓ mapped by ${by} · audit ${result.audit}`);
    const look = async () => {
      const others = new Set((await openWaits(store.db, name)).filter((wait) => wait.kind === 'amount').map((wait) => wait.workflowId));
      return (await waitingPayouts(store.db, name, settlementIds)).map((payout) => explainPayoutRelease(payout, others.has(payoutWorkflowId(name, payout.settlementId))));
    };
    const payouts = await poll(look, (seen) => seen.every((payout) => payout.released), options.wait);
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    for (const line of renderPayoutRelease(payouts, seconds)) say(line);
    if (options.json) {
      io.out(`${JSON.stringify({
        kind: 'amount', connection: name, key: [transactionType, amountType, amountDescription], choice: role, account, by, why: options.why ?? null, audit: result.audit,
        payouts: payouts.map((payout) => ({ settlementId: payout.settlementId, state: payout.state, released: payout.released, debits: payout.debits === null ? null : formatMinor(payout.debits, payout.currency) })), seconds,
      }, null, 2)}\n`);
    }
  });
}

function roleNamed(text: string): Role {
  if (isRole(text)) return text;
  const near = nearestOf(text, ROLES);
  throw new TieoutError({
    code: 'usage', what: `"${text}" is not a role.`, notDone: 'Nothing was mapped.', where: near === null ? [`roles: ${ROLES.join(', ')}`] : [],
    do: [near === null ? 'name the role that the amount means' : `did you mean ${near}?`],
  });
}

async function exceptionKey(store: Store, number: number, connections: readonly string[]): Promise<{ connection: string; key: [string, string, string] }> {
  const exception = await exceptionByNumber(store.db, number);
  if (exception === null || !connections.includes(exception.connection)) throw unknownNumber(number);
  const key = amountKeyOf(exception);
  if (key !== null) return { connection: exception.connection, key };
  throw new TieoutError({
    code: 'usage', what: `Exception ${number} is not about an amount type.`, notDone: 'Nothing was mapped.', where: [exception.evidence.what], do: [`npx tieout exceptions ${number} shows what ends it`],
  });
}

/** Account of a role where the connection has one for it; meanings and what items own have none. */
function accountNumber({ accounts }: ConnectionSettings, role: Role, currency: string | null): string | null {
  const configured = accounts[role === 'reserve-released' ? 'reserve-held' : role];
  if (configured === undefined || typeof configured === 'string') return configured ?? null;
  return currency === null ? null : (configured[currency] ?? null);
}
