/** What NetSuite holds of stock, asked by SuiteQL, and the days of a world of stock. */
import { createHttpExchange } from '../../src/clients/http/http-exchange.ts';
import { createAccessTokens } from '../../src/clients/netsuite/access-token.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { isOpeningTaken } from '../../src/store/stock/decided-subjects.ts';
import { loadStockFigures, noFigures } from '../../src/views/stock/stock-figures.ts';
import type { WorldProduct } from '../../src/simulators/amazon/world.ts';
import type { WorldUnderTest } from './world-under-test.ts';

/** A product at 6.00 a unit. */
export const product = (sku: string, said: Partial<WorldProduct> = {}): WorldProduct => ({
  sku,
  asin: `B0${sku
    .replace(/[^A-Z0-9]/g, '')
    .padEnd(8, '0')
    .slice(0, 8)}`,
  title: sku,
  upc: null,
  unitCost: '6.00',
  inNetSuite: true,
  ...said,
});

/** `2026-10-10 ADJ us-20261010-inventory-loss: FBA US BLU-MUG -2`: the documents of stock by day. */
export async function stockDocuments(world: WorldUnderTest): Promise<string[]> {
  const rows = await world.suiteql(
    `SELECT t.externalid, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, tl.quantity, BUILTIN.DF(tl.location) AS location, BUILTIN.DF(tl.item) AS item
     FROM transaction t JOIN transactionline tl ON tl.transaction = t.id
     WHERE t.externalid LIKE 'AMZ_demo-us_%' AND t.type IN ('InvAdjst', 'InvTrnfr', 'ItemRcpt') AND tl.isinventoryaffecting = 'T'
     ORDER BY t.trandate, t.externalid, tl.id`,
  );
  const lines = new Map<string, string[]>();
  for (const { externalid, day, quantity, location, item } of rows) {
    const [, , purpose, key, part] = externalid!.split('_');
    const name = `${day} ${purpose} ${key}${part === '1' ? '' : ` part ${part}`}`;
    lines.set(name, [...(lines.get(name) ?? []), `${location} ${item} ${quantity}`]);
  }
  return [...lines].map(([name, moved]) => `${name}: ${moved.join(', ')}`);
}

/** Units by `ITEM`, then by location; nothing stands where there are none. */
export async function unitsHeld(world: WorldUnderTest): Promise<Record<string, Record<string, number>>> {
  const rows = await world.suiteql(
    'SELECT i.itemid, BUILTIN.DF(l.location) AS location, l.quantityonhand FROM inventoryitemlocations l JOIN item i ON i.id = l.item',
  );
  const held: Record<string, Record<string, number>> = {};
  for (const { itemid, location, quantityonhand } of rows)
    if (Number(quantityonhand) !== 0) (held[itemid!] ??= {})[location!] = Number(quantityonhand);
  return held;
}

/** Amounts by number of account, of documents of a type. */
export async function bookedBy(world: WorldUnderTest, type: string): Promise<Record<string, number>> {
  const rows = await world.suiteql(
    `SELECT a.acctnumber, SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN account a ON a.id = tal.account
     JOIN transaction t ON t.id = tal.transaction WHERE t.type = '${type}' GROUP BY a.acctnumber ORDER BY a.acctnumber`,
  );
  return Object.fromEntries(rows.map(({ acctnumber, amount }) => [acctnumber!, Number(amount)]));
}

/** `CODE KEY`, in order. */
export const openCodes = async (world: WorldUnderTest): Promise<string[]> =>
  (await openExceptions(world.store.db, world.connection)).map(({ code, key }) => `${code} ${key}`).sort();

/** Equations that do not come to nothing, at the end of a day or of the last whole one: `us ODD sellable 9 10 waiting -1`. */
export async function differing(world: WorldUnderTest, on: string | null = null): Promise<string[]> {
  const source = { store: world.store, world: { temporal: { uiUrl: null }, simulators: {} } };
  const figures = (await loadStockFigures(source, world.settings, on))!;
  if (figures.day === null) throw new Error(noFigures(figures));
  return figures.equations
    .filter(({ amazon, netsuite, terms }) => amazon !== netsuite || Object.values(terms).some((units) => units !== 0))
    .map(({ pool, item, place, amazon, netsuite, terms }) => {
      const sum = Object.values(terms).reduce((total, units) => total + units, 0);
      const said = Object.entries(terms).filter(([, units]) => units !== 0);
      return `${pool} ${item} ${place} ${amazon} ${netsuite} ${said.map((term) => term.join(' ')).join(', ')}${sum === amazon - netsuite ? '' : ' WRONG'}`;
    })
    .sort();
}

/** The clock to an instant in jumps of some days, with a look at each. */
export async function goOnTo(world: WorldUnderTest, instant: string, days = 2): Promise<void> {
  for (;;) {
    const { now } = (await (await fetch(`${world.amazonUrl}/clock`)).json()) as { now: string };
    const left = Date.parse(instant) - Date.parse(now);
    if (left <= 0) return;
    const to = new Date(Date.parse(now) + Math.min(left, days * 86_400_000)).toISOString();
    await fetch(`${world.amazonUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    await world.look();
  }
}

/** Approves the opening of a pool as soon as it can be seen: with a look every so many days, until Amazon's summary has come. */
export async function approveOpening(
  world: WorldUnderTest,
  { pool = 'us', items, days = 0.5 }: { pool?: string; items?: readonly string[]; days?: number } = {},
): Promise<void> {
  while (!(await isOpeningTaken(world.store.db, world.connection))) {
    const { now } = (await (await fetch(`${world.amazonUrl}/clock`)).json()) as { now: string };
    await goOnTo(world, new Date(Date.parse(now) + days * 86_400_000).toISOString());
  }
  const some = items === undefined ? {} : { items: [...items] };
  await world.decide({ kind: 'approveOpening', pool, ...some, why: 'counted' });
}

/** Deletes a document of NetSuite, as a person may. */
export async function deleteInNetSuite(world: WorldUnderTest, type: string, id: string): Promise<void> {
  const { clientId, certificateId, privateKeyPem } = world.places.secrets.netsuite;
  const tokens = createAccessTokens({
    tokenUrl: `${world.netsuiteUrl}/services/rest/auth/oauth2/v1/token`,
    clientId,
    certificateId,
    privateKeyPem,
    exchange: createHttpExchange({ timeoutMs: 5000 }),
    now: Date.now,
  });
  const answer = await fetch(`${world.netsuiteUrl}/services/rest/record/v1/${type}/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${await tokens.current()}` },
  });
  if (!answer.ok) throw new Error(`DELETE ${type} ${id}: ${answer.status} ${await answer.text()}`);
}

/** An adjustment that somebody enters in NetSuite, dated as he wants; returns its internal id. */
export async function adjustByHand(
  { netsuite }: WorldUnderTest,
  { day, item, location, units }: { day: string; item: string; location: string; units: number },
): Promise<string> {
  const { lookups } = netsuite;
  const at = { id: (await lookups.locationByName(location))!.id };
  const outcome = await netsuite.create('inventoryAdjustment', {
    subsidiary: { id: '1' },
    account: { id: (await lookups.accountByNumber('6190'))!.id },
    adjLocation: at,
    tranDate: day,
    memo: 'by hand',
    inventory: {
      items: [{ item: { id: (await lookups.itemByName(item))!.id }, location: at, adjustQtyBy: units, unitCost: 6 }],
    },
  });
  if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
  return outcome.id;
}

/** A transfer that somebody enters in NetSuite; returns its internal id. */
export async function transferByHand(
  { netsuite }: WorldUnderTest,
  { day, item, from, to, units }: { day: string; item: string; from: string; to: string; units: number },
): Promise<string> {
  const { lookups } = netsuite;
  const place = async (name: string) => ({ id: (await lookups.locationByName(name))!.id });
  const outcome = await netsuite.create('inventoryTransfer', {
    subsidiary: { id: '1' },
    location: await place(from),
    transferLocation: await place(to),
    tranDate: day,
    memo: 'by hand',
    inventory: { items: [{ item: { id: (await lookups.itemByName(item))!.id }, adjustQtyBy: units }] },
  });
  if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
  return outcome.id;
}
