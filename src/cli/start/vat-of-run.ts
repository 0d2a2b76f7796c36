/** The VAT of a run's first month, under its tie-out: of each connection whose seller owes tax anywhere. */
import type { TieOut } from '../../contracts/tie-out/tie-out.ts';
import type { RunningWorld } from '../../config/running-world.ts';
import { monthOf } from '../../domain/money/instant.ts';
import type { Session } from '../../operations/setup/session.ts';
import { taxTie } from '../../operations/tax/tax-tie.ts';
import { vatView } from '../../views/tax/vat-view.ts';
import { vatPage } from '../run/vat-page.ts';

export async function vatOfRun(
  { client, policy, store, connections }: Session,
  world: RunningWorld,
  { connection, payouts }: TieOut,
  width: number,
): Promise<string[]> {
  const settings = connections.find(({ name }) => name === connection);
  const [first] = payouts.map(({ firstDay }) => firstDay).sort();
  if (first === undefined || settings === undefined || (settings.tax?.registrations ?? []).length === 0) return [];
  const month = monthOf(first);
  const netsuite = await taxTie({ client, policy }, connection, month);
  return ['', ...vatPage(await vatView({ store, world, settings }, { month, netsuite, amazon: null }), width, {})];
}
