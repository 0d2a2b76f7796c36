/** The world of a folder as the simulators take it: what its files must come from, and what Amazon and NetSuite do beside that. */
import {
  withEarlierShipment,
  withLateRefunds,
  withReissuedReport,
  withTransferStatus,
} from '../../src/local/demo-month/disagreements.ts';
import { demoConnectionSettings } from '../../src/local/demo-month/connection-settings.ts';
import { readSettlement } from '../../src/simulators/amazon/settlement-reader.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import type { NetSuiteSeed } from '../../src/simulators/netsuite/seed.ts';
import { reissues, WorldUnreadable, type WorldFolder } from './world-folder.ts';

export interface TweakedWorld {
  world: AmazonWorld;
  seed(seed: NetSuiteSeed): NetSuiteSeed;
  settings: Record<string, unknown>;
  /** Of each file, in their order. */
  totals: { file: string; settlementId: string; total: string; currency: string }[];
  orderIds: string[];
}

/** @throws WorldUnreadable where a file cannot be read or a tweak names what the world does not have */
export function tweakedWorld(folder: WorldFolder): TweakedWorld {
  const { tweak, settlements } = folder;
  const again = new Map(reissues(tweak));
  const read = settlements.map(({ name, bytes }) => told(name, () => ({ file: name, ...readSettlement(name, bytes) })));
  for (const [index, { settlementId, file }] of read.entries()) {
    if (
      read.slice(0, index).some((earlier) => earlier.settlementId === settlementId) &&
      again.get(settlementId) !== file
    )
      throw new WorldUnreadable(
        `${file}: settlement ${settlementId} stands in a file before it; tweak.json, reissue says when Amazon issues it again`,
      );
  }
  let world = told('the settlement files', () =>
    worldFromSettlements(
      settlements.filter(({ name }) => ![...again.values()].includes(name)),
      folder.bank === null ? {} : { bank: folder.bank },
    ),
  );
  const change = (field: string, by: (world: AmazonWorld) => AmazonWorld) => {
    world = told(`tweak.json, ${field}`, () => by(world));
  };
  for (const [id, file] of again)
    change(`reissue.${id}`, (before) =>
      withReissuedReport(before, id, settlements.find(({ name }) => name === file)!.bytes, tweak.reissue!.at),
    );
  for (const [id, status] of Object.entries(tweak.groupStatus ?? {}))
    change(`groupStatus.${id}`, (before) => withTransferStatus(before, id, status, tweak.groupFailedAt ?? null));
  for (const [id, hours] of Object.entries(tweak.lateRefunds ?? {}))
    change(`lateRefunds.${id}`, (before) => withLateRefunds(before, id, hours));
  for (const [id, hours] of Object.entries(tweak.shippedEarlierHours ?? {}))
    change(`shippedEarlierHours.${id}`, (before) => withEarlierShipment(before, id, hours));
  return {
    world,
    seed: (seed) => ({
      ...seed,
      periods: { ...seed.periods, closed: [...seed.periods.closed, ...(tweak.closed ?? [])] },
    }),
    settings: settingsOf(world, tweak.settings ?? {}),
    totals: read.map(({ file, settlementId, total, currency }) => ({ file, settlementId, total, currency })),
    orderIds: [...new Set(read.flatMap(({ rows }) => rows.map(({ orderId }) => orderId)).filter((id) => id !== ''))],
  };
}

/** A setting replaces the demo's; one that holds others, such as `accounts`, replaces those that it names. */
function settingsOf(world: AmazonWorld, settings: Record<string, unknown>): Record<string, unknown> {
  const demo: Record<string, unknown> = { ...demoConnectionSettings(world) };
  const isGroup = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      isGroup(value) && isGroup(demo[name]) ? { ...demo[name], ...value } : value,
    ]),
  );
}

function told<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new WorldUnreadable(`${where}: ${(error as Error).message}`);
  }
}
