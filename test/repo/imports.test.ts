/** Who may import whom: the table of ARCHITECTURE.md, line by line. */
import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFiles, read, sourceFiles } from './project.ts';
import { importsIn } from './syntax.ts';

/** What the files of a room may take from other rooms: paths below src, as patterns. Types cost nothing at run time. */
interface Rule {
  values: RegExp;
  types: RegExp;
}

const NAMES = 'domain/identifiers/';
const KINDS = 'domain/documents/document-(kinds|plans)';
const MONEY = 'domain/money/';
/** What is hashed, and where two of it differ. */
const PROOF = 'domain/proof/';
/** How a document is split over SKUs, in the transaction that writes it. */
const PROFIT = 'domain/profit/';
/** Lines and fields of files that are read as bytes. */
const DELIMITED = 'domain/delimited/';
const ERRORS = 'errors/';
const CONTRACTS = 'contracts/';
/** A report of Amazon's read, refused, and classified. */
const REPORTS = 'domain/(settlement/(report-error|fold-key)|payouts/inspect-settlement)';
const TELLING = 'domain/.*/(render|explain)-';
const oneOf = (...paths: string[]) => new RegExp(`^(${paths.join('|') || '$.'})`);

const CLI: Rule = {
  values: oneOf(
    'views/',
    'operations/',
    CONTRACTS,
    ERRORS,
    'config/',
    NAMES,
    KINDS,
    MONEY,
    TELLING,
    'domain/.*-(states|steps)\\.ts',
    'domain/mapping/',
    REPORTS,
  ),
  types: oneOf('views/', 'operations/', CONTRACTS, ERRORS, 'config/', 'domain/'),
};

const RULES: Record<string, Rule> = {
  domain: { values: oneOf(ERRORS), types: oneOf(ERRORS) },
  errors: { values: oneOf('domain/exceptions/catalogue'), types: oneOf('domain/exceptions/catalogue') },
  config: {
    values: oneOf(
      ERRORS,
      NAMES,
      KINDS,
      'domain/mapping/',
      'domain/posting-modes/posting-modes',
      'domain/money/instant',
      'domain/people/roles',
      'domain/period/accounts',
      'domain/tax/tax-policy',
    ),
    types: oneOf(ERRORS, 'domain/'),
  },
  contracts: { values: oneOf(NAMES), types: oneOf('domain/', 'config/') },
  workflows: {
    values: oneOf(CONTRACTS, NAMES, 'domain/.*/(decide|render)-', 'domain/.*-states\\.ts'),
    types: oneOf('domain/'),
  },
  activities: {
    values: oneOf(
      ERRORS,
      'domain/',
      CONTRACTS,
      'clients/',
      'store/',
      'config/(marketplaces|connection|duration|time-zone|stock-policy|tax-policy|people|simulated|software-version)',
      'temporal/running-workflows',
      'views/stock/(stock-figures|standing-rows)',
    ),
    types: oneOf(ERRORS, 'domain/', CONTRACTS, 'clients/', 'store/', 'config/'),
  },
  clients: {
    values: oneOf(ERRORS, MONEY, DELIMITED, 'domain/period/transaction-parts', 'domain/stock/ledger-table'),
    types: oneOf(
      ERRORS,
      MONEY,
      DELIMITED,
      'domain/orders/order-facts',
      'domain/period/',
      'domain/stock/(stock-facts|ledger-table)',
      'domain/settlement/settlement',
      'domain/tax/vat-facts',
      'config/',
    ),
  },
  store: {
    values: oneOf(ERRORS, NAMES, KINDS, PROOF, PROFIT, 'domain/.*-states\\.ts'),
    types: oneOf(ERRORS, 'domain/', 'config/'),
  },
  temporal: { values: oneOf(CONTRACTS, ERRORS, NAMES, 'config/'), types: oneOf(ERRORS, NAMES, 'config/') },
  views: {
    values: oneOf('domain/', 'store/', CONTRACTS, 'temporal/', 'config/', ERRORS),
    types: oneOf('domain/', 'store/', CONTRACTS, 'temporal/', 'config/', ERRORS),
  },
  operations: {
    values: oneOf(
      CONTRACTS,
      'store/',
      'temporal/',
      'config/',
      ERRORS,
      NAMES,
      MONEY,
      TELLING,
      'domain/exceptions/open-decision',
      'domain/mapping/',
      REPORTS,
      'clients/bank/',
      'clients/amazon/read-vat-report',
    ),
    types: oneOf(CONTRACTS, 'store/', 'temporal/', 'config/', ERRORS, 'domain/'),
  },
  simulators: { values: oneOf(), types: oneOf() },
  local: {
    values: oneOf('simulators/', 'contracts/search-attributes', 'store/(migrat|roles)', 'temporal/', 'config/', ERRORS),
    types: oneOf('simulators/', 'domain/', 'config/', ERRORS),
  },
  cli: CLI,
  // `npm start` and `simulate` start a world.
  'cli/start': {
    values: oneOf(CLI.values.source.slice(1), 'local/'),
    types: oneOf(CLI.types.source.slice(1), 'local/'),
  },
  workers: {
    values: oneOf(
      'activities/',
      'clients/',
      'config/',
      CONTRACTS,
      'domain/',
      'errors/',
      'store/',
      'temporal/',
      'workflows/',
    ),
    types: /^(?!simulators|local|cli|views|operations)/,
  },
};

interface Import {
  file: string;
  to: string;
  onlyTypes: boolean;
}

function importsOf(file: string): Import[] {
  return importsIn(read(`src/${file}`)).map(({ to, onlyTypes }) => ({
    file,
    onlyTypes,
    to: to.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), to)) : to,
  }));
}

const files = sourceFiles().map((path) => path.slice('src/'.length));
const imports = files.flatMap(importsOf);
const inside = imports.filter(({ to }) => /^[a-z]+\//.test(to) && to.split('/')[0]! in RULES);
const roomOf = (path: string) => path.split('/')[0]!;
const shown = ({ file, to, onlyTypes }: Import) => `${file} → ${to}${onlyTypes ? ' (type)' : ''}`;

/** The line of the table that holds for a file: that of its folder, where it has one of its own, else that of its room. */
const ruleOf = (file: string): Rule => RULES[file.split('/').slice(0, 2).join('/')] ?? RULES[roomOf(file)]!;

function forbidden({ file, to, onlyTypes }: Import): boolean {
  const { values, types } = ruleOf(file);
  return roomOf(file) !== roomOf(to) && !values.test(to) && !(onlyTypes && types.test(to));
}

/** Each circle once, from the file at which it was met. */
function circlesIn(next: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) return void circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return circles;
}

describe('who may import whom', () => {
  test('every room of the tree has its line', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in RULES))).toEqual([]);
  });

  test('sees the imports that are there, types and late ones too', () => {
    expect(inside.length).toBeGreaterThan(400);
    expect(inside.some(({ onlyTypes }) => onlyTypes)).toBe(true);
    expect(forbidden({ file: 'domain/money/money.ts', to: 'store/database.ts', onlyTypes: true })).toBe(true);
    expect(forbidden({ file: 'simulators/amazon/server.ts', to: 'domain/money/money.ts', onlyTypes: false })).toBe(
      true,
    );
  });

  test.each(Object.keys(RULES))('%s imports only what its line of the table allows', (room) => {
    expect(
      inside
        .filter(({ file }) => ruleOf(file) === RULES[room])
        .filter(forbidden)
        .map(shown),
    ).toEqual([]);
  });

  test('tests, benchmarks and scripts reach into the command line only where it is what they are about', () => {
    const outside = projectFiles().filter((path) => /^(test|bench|scripts)\/.*\.ts$/.test(path));
    const reaching = outside.filter((path) =>
      importsIn(read(path)).some(({ to }) => posix.join(posix.dirname(path), to).startsWith('src/cli/')),
    );
    expect(reaching.filter((path) => !/^test\/(cli\/|repo\/commands\.test)/.test(path))).toEqual([]);
    expect(reaching).toContain('test/repo/commands.test.ts');
  });

  test('no file leads back to itself, through types neither', () => {
    const next = new Map(files.map((file) => [file, inside.filter((one) => one.file === file).map(({ to }) => to)]));
    expect(
      circlesIn(
        new Map([
          ['a.ts', ['b.ts']],
          ['b.ts', ['c.ts']],
          ['c.ts', ['b.ts']],
        ]),
      ),
    ).toEqual(['b.ts → c.ts → b.ts']);
    expect(circlesIn(next)).toEqual([]);
  });

  test('the domain is pure: no package, nothing of Node', () => {
    expect(
      imports.filter(({ file, to }) => roomOf(file) === 'domain' && !/^(domain|errors)\//.test(to)).map(shown),
    ).toEqual([]);
  });

  test("workflows take nothing of Node and no package but Temporal's for workflows", () => {
    const outside = imports.filter(
      ({ file, to }) => roomOf(file) === 'workflows' && !inside.some((one) => one.file === file && one.to === to),
    );
    expect(outside.filter(({ to }) => !['@temporalio/workflow', '@temporalio/common'].includes(to)).map(shown)).toEqual(
      [],
    );
  });

  test('what is only there for development is imported as types at most', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    expect(
      imports
        .filter(
          ({ to, onlyTypes }) =>
            !onlyTypes && Object.keys(devDependencies).some((name) => to === name || to.startsWith(`${name}/`)),
        )
        .map(shown),
    ).toEqual([]);
  });

  test('the clock of the machine is read in local and workers only, and by what draws on the terminal', () => {
    const readers = files.filter((file) => /\bDate\.now\(\)/.test(read(`src/${file}`)));
    expect(readers.filter((file) => !/^(local|workers|cli\/start)\//.test(file))).toEqual([]);
  });
});
