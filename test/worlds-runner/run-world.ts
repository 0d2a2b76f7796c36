/** One world through the real path, as `npm start -- --once --settlement … --bank … --decisions …` takes it, and what came out. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { decideOpen } from '../../src/operations/decisions/decide-open.ts';
import { importStatement } from '../../src/operations/bank/import-statement.ts';
import type { LookContext } from '../../src/operations/intake/look-once.ts';
import { exitCodeOfRun } from '../../src/views/tie-out/run-verdict.ts';
import { parseExternalId } from '../../src/domain/identifiers/external-id.ts';
import { ROLES } from '../../src/domain/mapping/roles.ts';
import { TieoutError } from '../../src/errors/tieout-error.ts';
import { driveClock } from '../../src/local/drive-clock.ts';
import { openWorld, type WorldPlace, type WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { compareOutcome, type Difference, type Outcome } from './compare-outcome.ts';
import { tweakedWorld, type TweakedWorld } from './tweaked-world.ts';
import { readWorldFolder, WorldUnreadable, type WorldFolder } from './world-folder.ts';

export interface WorldResult {
  name: string;
  right: boolean;
  seconds: number;
  /** Why nothing could be compared, or what broke on the way. */
  problem: string | null;
  differences: Difference[];
  /** What is open at the end, in words. */
  open: string[];
}

const LONGEST_LOOK_MS = 90_000;
/** Several looks, one after each round of decisions. */
const LONGEST_DECIDING_MS = 240_000;

/** @param place makes the world's own database and namespace, once its folder has been read */
export async function runWorld(path: string, name: string, place: () => Promise<WorldPlace>): Promise<WorldResult> {
  const begun = performance.now();
  const result = (problem: string | null, differences: Difference[] = [], open: string[] = []): WorldResult => ({
    name,
    right: problem === null && differences.length === 0,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    problem,
    differences,
    open,
  });
  try {
    const folder = readWorldFolder(path);
    const tweaked = tweakedWorld(folder);
    const world = await openWorld({
      world: tweaked.world,
      seed: tweaked.seed,
      settings: tweaked.settings,
      at: await place(),
      longestLookMs: LONGEST_LOOK_MS,
    });
    try {
      const { differences, problem, open } = await liveThrough(world, folder, tweaked);
      return result(problem, differences, open);
    } finally {
      await world.close();
    }
  } catch (error) {
    if (error instanceof WorldUnreadable) return result(error.message);
    return result(
      error instanceof TieoutError
        ? sentenceOf(error)
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
  }
}

async function liveThrough(
  world: WorldUnderTest,
  folder: WorldFolder,
  tweaked: TweakedWorld,
): Promise<{ differences: Difference[]; problem: string | null; open: string[] }> {
  const differences: Difference[] = [];
  let problem: string | null = null;
  try {
    if (folder.bank !== null)
      await importStatement(world.context, { name: 'bank.csv', bytes: [folder.bank], account: 'bank' });
    await driveClock({ url: world.amazonUrl, stopped: () => false, lookOnce: world.look, goesOn: true });
    await world.look('end');
    await world.look('once-more');
    if (folder.withoutDecisions !== null) {
      const found = compareOutcome(folder.withoutDecisions, (await outcomeOf(world, tweaked)).outcome);
      differences.push(
        ...found.map((difference) => ({ ...difference, where: `withoutDecisions, ${difference.where}` })),
      );
    }
    if (folder.decisions.length > 0) await decide(world, folder.decisions);
  } catch (error) {
    // What it has come to is still worth reading.
    problem = error instanceof TieoutError ? sentenceOf(error) : reasonOf(error);
  }
  const { outcome, open } = await outcomeOf(world, tweaked);
  return { differences: [...differences, ...compareOutcome(folder.expected, outcome)], problem, open };
}

async function decide(world: WorldUnderTest, decisions: WorldFolder['decisions']): Promise<void> {
  const until = performance.now() + LONGEST_DECIDING_MS;
  const context: LookContext = { ...world.context, stopped: () => performance.now() > until };
  await decideOpen(context, decisions, 'decided');
  if (context.stopped()) throw new Error(`not idle ${LONGEST_DECIDING_MS / 1000} s after the decisions`);
}

async function outcomeOf(
  world: WorldUnderTest,
  { totals, orderIds }: TweakedWorld,
): Promise<{ outcome: Outcome; open: string[] }> {
  // Visibility comes a moment later; a workflow that failed must be counted.
  await sleep(200);
  const tieOut = await world.tieOut();
  const { count: failed } = await world.client.workflow.count("ExecutionStatus = 'Failed'");
  const currencies = [...new Set(totals.map(({ currency }) => currency))];
  const raised = await world.store.db
    .selectFrom('exceptions')
    .select('code')
    .distinct()
    .where('connection', '=', world.connection)
    .execute();
  return {
    open: tieOut.openExceptions.map(({ code, subject, what }) => `${code} ${subject}: ${what}`),
    outcome: {
      exit: exitCodeOfRun([tieOut], { failed }),
      tied: Object.fromEntries(tieOut.payouts.map(({ settlementId, tied }) => [settlementId, tied])),
      totals: totals.map((file) => ({
        ...file,
        booked: tieOut.payouts.find(({ settlementId }) => settlementId === file.settlementId)?.total ?? null,
      })),
      currencies,
      balances: balancesOf(tieOut, currencies),
      roles: [
        ...ROLES,
        ...(world.settings.tax?.registrations ?? []).map((place) => `sales-tax-payable:${place}`),
        'cogs',
        'inventory',
      ],
      parts: await partsOf(world),
      documents: await documentsOf(world, orderIds),
      exceptions: tieOut.openExceptions.map(({ code }) => code),
      raised: raised.map(({ code }) => code),
    },
  };
}

/** The tie-out names a currency only where it knows several. */
function balancesOf({ balances, payouts, explained }: TieOut, currencies: readonly string[]): Outcome['balances'] {
  const only = payouts[0]?.currency ?? explained[0]?.currency ?? currencies[0]!;
  const found: Outcome['balances'] = {};
  for (const [name, amount] of Object.entries(balances)) {
    const [role, currency = only] = name.split('.') as [string, string?];
    found[role] = { ...found[role], [currency]: amount };
  }
  return found;
}

async function partsOf(world: WorldUnderTest): Promise<Outcome['parts']> {
  const rows =
    await world.suiteql(`SELECT TO_CHAR(t.trandate, 'YYYY-MM-DD') day, a.acctnumber account, SUM(tl.foreignamount) amount FROM transactionline tl JOIN transaction t ON t.id = tl.transaction
    JOIN account a ON a.id = tl.expenseaccount WHERE t.externalid LIKE 'AMZ_%' AND t.type = 'Journal' GROUP BY t.trandate, a.acctnumber ORDER BY t.trandate, a.acctnumber`);
  const parts: Outcome['parts'] = {};
  for (const { day = '', account = '', amount = '0' } of rows) parts[day] = { ...parts[day], [account]: amount };
  return parts;
}

async function documentsOf(world: WorldUnderTest, orderIds: readonly string[]): Promise<Outcome['documents']> {
  const rows = await world.suiteql(
    "SELECT id, externalid, foreigntotal FROM transaction WHERE externalid LIKE 'AMZ_%' ORDER BY id",
  );
  const documents: Outcome['documents'] = {};
  for (const { externalid = '', foreigntotal = '0' } of rows) {
    const key = parseExternalId(externalid);
    if (key === null) continue;
    const { purpose, businessKey } = key;
    const order =
      orderIds
        .filter((id) => businessKey === id || businessKey.startsWith(`${id}-`))
        .sort((a, b) => b.length - a.length)[0] ?? businessKey;
    const ofPurpose = documents[purpose] ?? {};
    documents[purpose] = { ...ofPurpose, [order]: [...(ofPurpose[order] ?? []), foreigntotal.replace(/^-/, '')] };
  }
  return documents;
}

function sentenceOf({ notice }: TieoutError): string {
  return [notice.what, ...notice.where].join(' ');
}

/** An error with what caused it, down to the vendor's or Temporal's own words. */
function reasonOf(error: unknown): string {
  const words: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if (!words.includes(at.message)) words.push(at.message);
  return words.join(': ') || String(error);
}
