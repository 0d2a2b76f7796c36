import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { TieoutError } from '../errors/tieout-error.ts';
import { alertContradictions } from './alerts.ts';
import { configSchema, type ConnectionSettings, type TieoutConfig } from './connection.ts';
import { explainIssue, type ConfigProblem } from './explain-issue.ts';
import { DIMENSIONS } from '../domain/mapping/dimensions.ts';
import { explainRefusedRole } from '../domain/mapping/chosen-role.ts';
import { isBuilt } from '../domain/posting-modes/posting-modes.ts';
import { amountKey } from '../domain/mapping/classify.ts';
import { explainRefusedMapping } from '../domain/mapping/refused-mapping.ts';
import { marketplaceById } from './marketplaces.ts';
import { peopleContradictions, tooFewToSign } from './people.ts';
import { sharedContradictions } from './shared-accounts.ts';
import { isSimulated } from './simulated.ts';
import { stockContradictions } from './stock.ts';
import { taxContradictions } from './tax.ts';
import { lineOfPath, pathText } from './yaml-place.ts';

/**
 * Reads and checks a configuration file (YAML). All problems are told at once, each with path and line.
 * @throws TieoutError `config`, or `cut-over-missing` or `mode-not-built` when nothing else is wrong
 */
export function readConfig(file: string): TieoutConfig {
  return parseConfig(file, readText(file));
}

/** As {@link readConfig}, for a text that is at hand. */
export function parseConfig(file: string, text: string): TieoutConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw refusal(
      file,
      document.errors.map(
        (error) =>
          `line ${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')}`,
      ),
    );
  }
  const data = dataOf(file, document);
  const parsed = configSchema.safeParse(data ?? {});
  const problems = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.flatMap((issue) => explainIssue(issue, data, configSchema));
  if (parsed.success && problems.length === 0) return parsed.data;
  const places = problems.map(
    ({ path, what }) => `${pathText(path)} (line ${lineOfPath(document, lines, path)}): ${what}`,
  );
  if (problems.every(({ path, what }) => path.at(-1) === 'cutOver' && what === 'missing'))
    throw cutOverMissing(file, places);
  if (problems.every(({ what }) => what.endsWith(NOT_BUILT))) throw modeNotBuilt(file, places);
  throw refusal(file, places);
}

/**
 * Simulators live at another time; for a real account the cut-over is the end of a settlement that has been.
 * @param now epoch milliseconds
 * @throws TieoutError `config`
 */
export function refuseCutOversAhead(
  file: string,
  connections: readonly Pick<ConnectionSettings, 'name' | 'cutOver' | 'amazon' | 'netsuite'>[],
  now: number,
): void {
  const ahead = connections.filter((one) => !isSimulated(one) && Date.parse(one.cutOver) > now);
  if (ahead.length > 0)
    throw refusal(
      file,
      ahead.map(({ name, cutOver }) => `cutOver of ${name}: ${cutOver} lies ahead; nothing would be posted until then`),
    );
}

/** @throws TieoutError where aliases of aliases would become a thousandfold of what is written */
function dataOf(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw refusal(file, [`its aliases cannot be followed: ${(error as Error).message.split('\n', 1)[0]}`]);
  }
}

const NOT_BUILT = ' is not built yet';

/** What each setting allows by itself and all of them together do not. */
function contradictions(config: TieoutConfig): ConfigProblem[] {
  const names = config.connections.map(({ name }) => name);
  const ofPeople = peopleContradictions(config.people, names);
  const ofConnections = config.connections.flatMap((connection, index): ConfigProblem[] => {
    const at = ['connections', index] as const;
    const problems: ConfigProblem[] = [];
    if (names.indexOf(connection.name) < index)
      problems.push({ path: [...at, 'name'], what: `"${connection.name}" is the name of another connection` });
    const tooFew = connection.close?.fourEyes === true ? tooFewToSign(config.people, connection.name) : null;
    if (tooFew !== null) problems.push({ path: [...at, 'close', 'fourEyes'], what: tooFew });
    // Every process that posts reads the configuration here. An unbuilt mode would post as another does, and what the seller books by himself a second time.
    if (!isBuilt(connection.postingMode))
      problems.push({ path: [...at, 'postingMode'], what: `"${connection.postingMode}"${NOT_BUILT}` });
    connection.marketplaces.forEach(({ id }, place) => {
      const region = marketplaceById(id)?.region;
      // A simulator answers for every region; Amazon's own endpoints for one each.
      if (region && region !== connection.amazon.region && connection.amazon.endpoint === undefined)
        problems.push({
          path: [...at, 'marketplaces', place, 'id'],
          what: `"${id}" belongs to region ${region}, not ${connection.amazon.region}`,
        });
    });
    if (connection.merchantFulfilled === 'ours' && !connection.merchantLocation)
      problems.push({ path: [...at, 'merchantLocation'], what: 'missing: merchantFulfilled is ours' });
    connection.amountMap.forEach(({ key, role }, place) => {
      const refused = explainRefusedMapping(amountKey(key), { role });
      if (refused !== null)
        problems.push({
          path: [...at, 'amountMap', place, explainRefusedRole(role) === null ? 'key' : 'role'],
          what: refused,
        });
    });
    problems.push(
      ...headDimensions(connection, at),
      ...unlistedDimensions(connection, at),
      ...stockContradictions(connection, at),
      ...taxContradictions(connection, at, { real: !isSimulated(connection) }),
    );
    if (config.demoClock && !isSimulated(connection))
      problems.push({
        path: ['demoClock'],
        what: `is only for simulators, and ${connection.name} is a real connection`,
      });
    return problems;
  });
  return [
    ...ofConnections,
    ...sharedContradictions(config.connections),
    ...ofPeople,
    ...alertContradictions(config.alerts),
  ];
}

/** Recorded in a real account: "Unknown field name class. The field does not exist on this record instance." */
function headDimensions({ fields }: ConnectionSettings, at: readonly ['connections', number]): ConfigProblem[] {
  return DIMENSIONS.filter((name) => fields.journalEntry?.[name] !== undefined).map((name) => ({
    path: [...at, 'fields', 'journalEntry', name],
    what: `a journal's head has no ${name} in NetSuite; its lines have: name it under dimensions.${name}, like {default: NAME}`,
  }));
}

function unlistedDimensions(
  { dimensions, marketplaces }: ConnectionSettings,
  at: readonly ['connections', number],
): ConfigProblem[] {
  return DIMENSIONS.flatMap((name) =>
    Object.keys(dimensions[name]?.byMarketplace ?? {})
      .filter((id) => !marketplaces.some((own) => own.id === id))
      .map((id) => ({
        path: [...at, 'dimensions', name, 'byMarketplace', id],
        what: 'is a marketplace that the connection does not list',
      })),
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new TieoutError(
      {
        code: 'config',
        what: 'The configuration cannot be opened.',
        notDone: 'Nothing was started.',
        where: [
          `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}`,
        ],
        do: ['name a file that is there'],
      },
      { cause: error },
    );
  }
}

function refusal(file: string, places: string[]): TieoutError {
  return new TieoutError({
    code: 'config',
    what: `${file} is not valid.`,
    notDone: 'Nothing was started.',
    where: places,
    do: [places.length === 1 ? 'mend the place and run it again' : `mend the ${places.length} places and run it again`],
  });
}

function cutOverMissing(file: string, places: string[]): TieoutError {
  return new TieoutError({
    code: 'cut-over-missing',
    what: `A connection in ${file} has no cut-over.`,
    notDone: 'Nothing was started.',
    where: places,
    why: 'the cut-over is the settlement boundary before which nothing is posted, so that no sale is booked twice',
    do: ['set cutOver to the end of the last settlement that the old books hold, like 2026-10-01T07:00:00Z'],
  });
}

function modeNotBuilt(file: string, places: string[]): TieoutError {
  return new TieoutError({
    code: 'mode-not-built',
    what: `A posting mode in ${file} is not built yet.`,
    notDone: 'Nothing was started.',
    where: places,
    do: ['set postingMode to invoice'],
  });
}
