/** The folder of a world, read whole: settlement files in order, what people and Amazon do, and the books that must come out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { PURPOSES } from '../../src/domain/documents/document-kinds.ts';
import { readDecisions, type FileDecision } from '../../src/operations/decisions/decision-file.ts';
import { TieoutError } from '../../src/errors/tieout-error.ts';
import type { SettlementFile } from '../../src/simulators/amazon/world-from-settlements.ts';

const amount = z.string().regex(/^-?\d+(\.\d+)?$/, 'is not an amount such as "-12.30"');
const instant = z.iso.datetime({ precision: 0 });
const hours = z.number().positive();

const outcome = {
  exit: z.int(),
  tied: z.record(z.string(), z.boolean()).optional(),
  totals: z.array(amount).optional(),
  balances: z.record(z.string(), amount).optional(),
  others: z.literal('any').optional(),
  parts: z.record(z.iso.date(), z.record(z.string(), amount)).optional(),
  documents: z.partialRecord(z.enum(PURPOSES), z.record(z.string(), z.array(amount))).optional(),
  exceptions: z.array(z.string()).optional(),
  raised: z.array(z.string()).optional(),
};
const expectedFile = z.strictObject({ ...outcome, withoutDecisions: z.strictObject(outcome).optional() });
export type ExpectedOutcome = Omit<z.output<typeof expectedFile>, 'withoutDecisions'>;

const tweakFile = z
  .strictObject({
    /** Settlement id → the file that Amazon issues again, and when. */
    reissue: z.object({ at: instant }).catchall(z.string()).optional(),
    groupStatus: z
      .record(z.string(), z.enum(['Initiated', 'Processing', 'Successful', 'Failed', 'Unknown']))
      .optional(),
    groupFailedAt: instant.optional(),
    closed: z.array(z.string().regex(/^\d{4}-\d{2}$/, 'is not a month such as 2026-10')).optional(),
    /** Once said where prices hold their tax, as they do in every world outside US, CA and MX: changes nothing. */
    grossPrices: z.boolean().optional(),
    lateRefunds: z.record(z.string(), hours).optional(),
    shippedEarlierHours: z.record(z.string(), hours).optional(),
    settings: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ groupStatus, groupFailedAt }) => groupFailedAt === undefined || groupStatus !== undefined, {
    path: ['groupFailedAt'],
    message: 'needs groupStatus, which names the settlement',
  });
export type Tweak = z.output<typeof tweakFile>;

export interface WorldFolder {
  name: string;
  path: string;
  /** In their order, those that Amazon issues again among them. */
  settlements: SettlementFile[];
  bank: Uint8Array | null;
  tweak: Tweak;
  decisions: FileDecision[];
  expected: ExpectedOutcome;
  withoutDecisions: ExpectedOutcome | null;
}

/** What is wrong with a folder, as a sentence with file and field. */
export class WorldUnreadable extends Error {}

const SETTLEMENT = /^(\d+)-.*\.txt$/;
const KNOWN = ['expected.json', 'tweak.json', 'decisions.json', 'bank.csv'];

/** @throws WorldUnreadable */
export function readWorldFolder(path: string): WorldFolder {
  if (!existsSync(path)) throw new WorldUnreadable(`there is no folder ${path}`);
  const names = readdirSync(path);
  // Pages beside them are for people; data that nobody would read is a name misspelt.
  const unknown = names.find(
    (name) => /\.(json|csv|txt|ofx)$/.test(name) && !KNOWN.includes(name) && !SETTLEMENT.test(name),
  );
  if (unknown !== undefined)
    throw new WorldUnreadable(`${unknown}: no file of a world has this name; there are 1-….txt, ${KNOWN.join(', ')}`);
  const settlements = names
    .filter((name) => SETTLEMENT.test(name))
    .sort((a, b) => Number(SETTLEMENT.exec(a)![1]) - Number(SETTLEMENT.exec(b)![1]))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(path, name))) }));
  const { withoutDecisions = null, ...expected } = readJson(path, 'expected.json', expectedFile);
  const tweak = names.includes('tweak.json') ? readJson(path, 'tweak.json', tweakFile) : {};
  for (const [id, file] of reissues(tweak))
    if (!settlements.some(({ name }) => name === file))
      throw new WorldUnreadable(`tweak.json, reissue.${id}: there is no settlement file ${file}`);
  if (settlements.length === 0) throw new WorldUnreadable('there is no settlement, a file named 1-….txt');
  return {
    name: basename(path),
    path,
    settlements,
    tweak,
    expected,
    withoutDecisions,
    bank: names.includes('bank.csv') ? new Uint8Array(readFileSync(join(path, 'bank.csv'))) : null,
    decisions: names.includes('decisions.json') ? decisionsIn(path) : [],
  };
}

/** Settlement id and file of each report that is issued again. */
export function reissues({ reissue }: Tweak): [settlementId: string, file: string][] {
  return Object.entries(reissue ?? {}).filter(([key]) => key !== 'at');
}

function readJson<S extends z.ZodType>(path: string, name: string, schema: S): z.output<S> {
  if (!existsSync(join(path, name))) throw new WorldUnreadable(`${name}: it is missing`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(path, name), 'utf8'));
  } catch (error) {
    throw new WorldUnreadable(`${name}: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new WorldUnreadable(
    parsed.error.issues
      .map((issue) => `${name}${issue.path.length === 0 ? '' : `, ${issue.path.join('.')}`}: ${issue.message}`)
      .join('; '),
  );
}

function decisionsIn(path: string): FileDecision[] {
  try {
    return readDecisions(join(path, 'decisions.json'), 'Nothing was run.');
  } catch (error) {
    if (!(error instanceof TieoutError)) throw error;
    throw new WorldUnreadable(error.notice.where.map((where) => `decisions.json, ${where}`).join('; '));
  }
}
