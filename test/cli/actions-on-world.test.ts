import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tieout } from './tieout.ts';
import { wordsOfCommand } from './words-of-command.ts';
import {
  FOURTH_SETTLEMENT,
  NOVEMBER_STATEMENT,
  SECOND_SETTLEMENT,
  THIRD_SETTLEMENT,
  UNTOLD_ORDER,
} from './second-settlement.ts';

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const FIRST = path('test/golden/settlements/order-and-reserve-usd.txt');
const PORTS = ['postgres', 'temporal', 'temporal-ui', 'amazon', 'netsuite'].flatMap((name) => [`--${name}-port`, '0']);
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TIEOUT_CONFIG'].includes(name)),
);

let home: string;
let world: ChildProcess;
let said = '';
const before = { ...process.env };

/** The whole product on one settlement, started like a user starts it, until nothing is left to take in. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'tieout-actions-'));
  world = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      path('src/cli/start-main.ts'),
      '--progress',
      'plain',
      '--workers',
      '1',
      ...PORTS,
      '--settlement',
      FIRST,
    ],
    { cwd: path(''), env: { ...environment, TIEOUT_HOME: home, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  await new Promise<void>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      said += piece.toString();
      if (said.includes('everything taken in')) resolve();
    };
    world.stdout!.on('data', hear);
    world.stderr!.on('data', hear);
    world.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TIEOUT_CONFIG']) delete process.env[name];
  process.env['TIEOUT_HOME'] = home;
}, 240_000);

afterAll(async () => {
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TIEOUT_CONFIG', 'TIEOUT_HOME']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  if (world.exitCode === null) {
    world.kill('SIGINT');
    await once(world, 'exit');
  }
  rmSync(home, { recursive: true, force: true });
}, 60_000);

function write(name: string, text: string): string {
  writeFileSync(join(home, name), text);
  return join(home, name);
}

describe('the commands on a running world, in the order of a working day', () => {
  test('doctor finds nothing wrong', async () => {
    const { exit, stdout } = await tieout('doctor');
    expect(stdout).toContain('Nothing is wrong.');
    const schedules = /^schedules +✓ ([^✓]*)/m.exec(stdout)![1]!.replace(/\s+/g, ' ');
    for (const flow of ['alerts', 'document-sweep', 'housekeeping', 'order-intake', 'payout-intake', 'reconciler'])
      expect(schedules).toContain(`${flow}:demo-us on`);
    expect(exit).toBe(0);
  });

  test('a settlement is taken in once', async () => {
    const file = write('second.txt', SECOND_SETTLEMENT);
    expect((await tieout('settlement', 'import', file)).stdout.split('\n')).toEqual([
      'Settlement 26100000009 · USD · 29 Oct 2026 20:00Z to 12 Nov 2026 20:00Z',
      '✓ 3 rows come to 32.00, its total-amount',
      '✓ taken in for demo-us; its payout has started',
      '… 1 amount type has no account in the map: npx tieout exceptions',
      'Next: npx tieout status payout 26100000009',
      '',
    ]);
    const again = await tieout('settlement', 'import', file, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({
      settlementId: '26100000009',
      total: '32.00',
      rows: 3,
      known: true,
    });
  });

  test('a settlement from before the cut-over is refused', async () => {
    const early = SECOND_SETTLEMENT.replaceAll('26100000009', '26100000008')
      .replace('2026-10-29 20:00:00', '2026-09-01 20:00:00')
      .replace('2026-11-12', '2026-09-15');
    const { exit, stdout, stderr } = await tieout('settlement', 'import', write('early.txt', early));
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('[report-before-cut-over]');
    expect((await tieout('status', 'payout', '26100000008')).exit).toBe(1);
  });

  test('a settlement that does not add up is refused before anything is stored', async () => {
    const { exit, stderr } = await tieout(
      'settlement',
      'import',
      write('wrong.txt', SECOND_SETTLEMENT.replace('32.00', '32.01')),
    );
    expect(exit).toBe(2);
    expect(stderr).toContain('[report-sum]');
  });

  test('a statement is taken in while its payout still waits', async () => {
    const { exit, stdout } = await tieout('bank', 'import', write('november.csv', NOVEMBER_STATEMENT));
    expect(exit).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'november.csv · bank · 13–14 Nov 2026',
      '2 lines read, 2 new, 0 known before, 0 refused',
      '14 Nov  32.00  payout 26100000009  waits for its journal',
      '0 of 1 Amazon line matched. 1 other line kept, not used.',
      '',
    ]);
  });

  test('a statement that cannot be read is refused with line and field', async () => {
    const { exit, stdout, stderr } = await tieout(
      'bank',
      'import',
      write('bad.csv', 'date,amount,currency,description\n2026-11-14,12x,USD,Foo\n'),
    );
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('bad.csv, line 2, column 12, "amount": "12x"');
    expect(stderr).toContain('[statement-line]');
  });

  test('a file of decisions says what was refused, what nothing waits for, and what is still open', async () => {
    const amount = {
      kind: 'mapAmount',
      transactionType: 'other-transaction',
      amountType: 'other-transaction',
      amountDescription: 'FBA Inbound Dock Fee',
      sameAs: ['Order', 'ItemFees', 'Petty Cash'],
      why: 'like it',
    };
    const file = write(
      'decisions.json',
      JSON.stringify([{ kind: 'openChain', settlementId: '26100000009', why: 'no earlier file' }, amount]),
    );
    const { exit, stdout } = await tieout('decide', file, '--wait', '1');
    expect(exit).toBe(2);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '✗ other-transaction / other-transaction / FBA Inbound Dock Fee → the same as Order / ItemFees / Petty Cash: The amount map does not know Order / ItemFees / Petty Cash',
    );
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      ' … settlement 26100000009 → opens a chain: nothing waits for it; not sent … 1 exception still open: no account: FBA Inbound Dock Fee. npx tieout exceptions ',
    );
    const forbidden = await tieout(
      'decide',
      write(
        'forbidden.json',
        JSON.stringify([
          {
            kind: 'amount',
            key: ['other-transaction', 'other-transaction', 'FBA Inbound Dock Fee'],
            choice: 'petty-cash',
          },
        ]),
      ),
    );
    expect(forbidden.stderr).toContain('decision 1, choice: "petty-cash" is not a role');
    const bad = await tieout('decide', write('bad.json', '[{"kind": "openChain"}]'));
    expect({ exit: bad.exit, stdout: bad.stdout }).toEqual({ exit: 2, stdout: '' });
    expect(bad.stderr).toContain('decision 1, settlementId');
  });

  test('an amount type that is decided releases its payout to the end', async () => {
    const { stdout } = await tieout('exceptions', '--json');
    const [open] = JSON.parse(stdout) as [{ number: number; code: string }];
    expect(open.code).toBe('unknown-amount');
    const decided = await tieout(
      'map-amount',
      String(open.number),
      'inbound',
      '--by',
      'ana@example.com',
      '--why',
      'policy 4.2',
    );
    expect({ exit: decided.exit, stderr: decided.stderr }).toEqual({ exit: 0, stderr: '' });
    expect(
      decided.stdout
        .replace(/ {3}\d+\.\d s/, '')
        .replace(/audit \d+/, 'audit N')
        .split('\n'),
    ).toEqual([
      '✓ other-transaction / other-transaction / FBA Inbound Dock Fee → inbound',
      '  (account 6140)',
      '✓ mapped by ana@example.com · audit N',
      '✓ 1 of 1 payout released · 26100000009 tied · 35.00 Dr = Cr',
      '',
    ]);
  });

  test('the line that it was booked on names who decided', async () => {
    const { stdout } = await tieout('explain', 'AMZ_demo-us_JE_26100000009_1:3');
    expect(stdout).toContain('Journal line   inbound · 6140 · Dr 3.00');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'decision of ana@example.com: other-transaction / other-transaction / FBA Inbound Dock Fee → inbound ("policy 4.2")',
    );
  });

  test('the statement, given again, now shows its payout', async () => {
    const { stdout } = await tieout('bank', 'import', join(home, 'november.csv'));
    expect(stdout).toContain('2 lines read, 0 new, 2 known before, 0 refused');
    expect(stdout).toContain('14 Nov  32.00  payout 26100000009  by amount and date');
    expect(stdout).toContain('1 of 1 Amazon line matched.');
  });

  test('what was read is read again from an instant, and never from one ahead of it', async () => {
    const again = async (...argv: string[]) =>
      tieout('read-again', ...argv, '--by', 'ana@example.com', '--why', 'our clock was wrong');
    const { exit, stdout, stderr } = await again('settlements', '--from', '2026-01-01T00:00:00Z');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    // As wide as it is read, and each sentence a line.
    expect(stdout.split('\n').filter((line) => line.length > 110)).toEqual([]);
    const [first, known, listed, ...rest] = stdout
      .replace(/audit \d+/, 'audit N')
      .replace(/\n {2}(?=\S)(?!\d+ settlement|the mark)/g, ' ')
      .split('\n');
    expect(first).toMatch(
      /^✓ settlements from \S+Z \(the cut-over, before which nothing is read\) to \S+Z are read again with the next look, in 1 listing$/,
    );
    expect([known, listed]).toEqual([
      '  1 settlement of that time is in the store: what is there is told and booked once',
      '  the mark says up to when reports were listed by their creation, and one that was taken in is not downloaded again',
    ]);
    expect(rest).toEqual(['✓ decided by ana@example.com · audit N', 'Next: npx tieout status', '']);
    const json = JSON.parse((await again('refunds', '--from', '2026-01-01T00:00:00Z', '--json')).stdout) as object;
    expect(json).toMatchObject({
      kind: 'read-again',
      connection: 'demo-us',
      what: 'refunds',
      from: expect.any(String),
      to: expect.any(String),
      pieces: 1,
      known: 0,
      listedSince: null,
      by: 'ana@example.com',
      why: 'our clock was wrong',
    });
    const ahead = await again('refunds', '--from', '2031-01-01T00:00:00Z');
    expect({ exit: ahead.exit, stdout: ahead.stdout }).toEqual({ exit: 64, stdout: '' });
    expect(ahead.stderr.replace(/\s+/g, ' ')).toContain(
      'lies ahead of that: a mark is only set back. Nothing was decided.',
    );
    const doctor = await tieout('doctor', '--json');
    expect(JSON.parse(doctor.stdout)).toMatchObject({
      findings: expect.arrayContaining([
        {
          part: 'clocks',
          detail: expect.stringMatching(/^Amazon [+−]\d+ s, NetSuite [+−]\d+ s, Postgres [+−]0 s$/),
          wrong: null,
          act: null,
        },
      ]),
    });
  });

  test('both payouts are tied', async () => {
    const { stdout } = await tieout('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { connection: 'demo-us', payouts: { found: 2, tied: 2 }, exceptions: [] },
    ]);
  });

  test('who did what stands in the audit log, once, and the chain is verified', async () => {
    const { exit, stdout } = await tieout('audit-log');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/ana@example\.com +map-amount/);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Next: npx tieout audit-log verify');
    const [{ entries }] = JSON.parse((await tieout('audit-log', '--json')).stdout) as [
      { entries: { action: string; by: string; number: number; about: string }[] },
    ];
    // The first start, then what was done since; each a number of its own.
    expect(entries.at(-1)).toMatchObject({ action: 'configuration', number: 1 });
    expect(entries.map(({ number }) => number)).toEqual(entries.map((_, index) => entries.length - index));
    expect(entries.filter(({ action, by }) => action === 'map-amount' && by === 'ana@example.com')).toHaveLength(1);
    expect(entries.filter(({ action }) => action === 'import-settlement').map(({ about }) => about)).not.toEqual([]);
    const verified = await tieout('audit-log', 'verify');
    const [, end] = /--expect (\d+:[0-9a-f]{64})/.exec(verified.stdout) ?? [];
    expect(verified.stdout).toMatch(/^✓ \d+ entries stand as they were written, verified to \d+$/m);
    expect((await tieout('audit-log', 'verify', '--expect', end!)).exit).toBe(0);
    const other = end!.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    expect(await tieout('audit-log', 'verify', '--expect', other)).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('its hash is not the one that was noted'),
    });
    expect((await tieout('audit-log', 'verify', '--expect', 'x')).exit).toBe(64);
  });

  test('a new spelling of a known key is decided as that key, and a text of which only the beginning counts for all that begin so', async () => {
    const plain = async (...argv: string[]) => {
      const { exit, stdout, stderr } = await tieout('map-amount', ...argv);
      return { exit, stderr: stderr.replace(/\s+/g, ' '), stdout: stdout.replace(/\s+/g, ' ') };
    };
    const reserve = 'other-transaction / other-transaction / Current Reserve Amount';
    const spelled = await plain(
      'other-transaction',
      'other-transaction',
      'Amount set aside',
      '--same-as',
      reserve,
      '--why',
      'renamed',
    );
    expect(spelled).toMatchObject({
      exit: 0,
      stderr: '',
      stdout: expect.stringContaining(
        `✓ other-transaction / other-transaction / Amount set aside → reserve-held, the same as ${reserve} (account 1185)`,
      ),
    });
    const begun = await plain(
      '--prefix',
      'other-transaction',
      'other-transaction',
      'Rework surcharge...',
      'inbound',
      '--why',
      'dock',
    );
    expect(begun).toMatchObject({
      exit: 0,
      stderr: '',
      stdout: expect.stringContaining(
        '✓ other-transaction / other-transaction / Rework surcharge… → inbound (account 6140)',
      ),
    });
    const dated = await plain(
      '--prefix',
      'other-transaction',
      'other-transaction',
      'Peak surcharge, October 2026',
      'storage',
      '--why',
      'peak',
    );
    expect(dated.stdout).toContain(
      '✓ other-transaction / other-transaction / Peak surcharge… → storage (account 6130)',
    );
    const taken = await plain(
      '--prefix',
      'other-transaction',
      'other-transaction',
      'StorageRenewal...',
      'inbound',
      '--why',
      'x',
    );
    expect(taken).toMatchObject({
      exit: 64,
      stdout: '',
      stderr: expect.stringContaining('which is storage by the amount map'),
    });
  });

  test('an item that NetSuite does not have is refused', async () => {
    const { exit, stdout, stderr } = await tieout('map-sku', 'SKU-X', 'NO-SUCH-ITEM', '--why', 'a guess');
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('NetSuite has no item NO-SUCH-ITEM. Nothing was mapped.');
    expect(stderr).toContain('[item-unknown]');
  });

  test('a SKU may be mapped before any order has it', async () => {
    const { exit, stdout } = await tieout('map-sku', 'SKU-X', 'SKU-A', '--by', 'ana@example.com', '--why', 'to come');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^✓ NetSuite item SKU-A \(\d+\) exists and is active$/m);
    expect(stdout).toContain('✓ no order waits for it; it holds for those to come');
  });

  describe('a pack', () => {
    const file = (name: string, mappings: unknown) => {
      const at = join(home, name);
      writeFileSync(at, JSON.stringify(mappings));
      return at;
    };

    test('is so many units of an item', async () => {
      const { exit, stdout } = await tieout('map-sku', 'PACK-3', 'SKU-A', '--units', '3', '--why', 'a pack of three');
      expect(exit).toBe(0);
      expect(stdout.replace(/\s+/g, ' ')).toMatch(
        /✓ NetSuite item SKU-A \(\d+\) exists and is active; one PACK-3 is 3 units of it ✓ mapped by /,
      );
      const { stdout: json } = await tieout(
        'map-sku',
        'PACK-3',
        'SKU-A',
        '--units',
        '3',
        '--why',
        'a pack of three',
        '--json',
      );
      expect(JSON.parse(json)).toMatchObject({ kind: 'sku', key: 'PACK-3', choice: 'SKU-A', units: 3 });
    });

    test('and others are known from a file before any order has them; one that is refused holds up no other', async () => {
      const packs = file('packs.json', [
        { kind: 'sku', key: 'PACK-4', choice: 'SKU-A', units: 4, why: 'a pack of four' },
        { kind: 'sku', key: 'PACK-5', choice: 'NO-SUCH-ITEM', units: 5 },
        { kind: 'mapSku', sku: 'PACK-6', item: 'SKU-A', units: 6, by: 'ana@example.com', why: 'a pack of six' },
      ]);
      const said = await tieout('map-sku', '--file', packs, '--by', 'ben@example.com');
      expect(said.exit).toBe(2);
      expect(said.stdout.replace(/\s+/g, ' ')).toMatch(
        new RegExp(
          [
            '✓ SKU PACK-4 → SKU-A × 4 · decided by ben@example.com · audit \\d+ · released 0',
            '✗ SKU PACK-5 → NO-SUCH-ITEM × 5: NetSuite has no item NO-SUCH-ITEM.',
            '✓ SKU PACK-6 → SKU-A × 6 · decided by ana@example.com · audit \\d+ · released 0 $',
          ].join(' '),
        ),
      );
      const { exit, stdout } = await tieout(
        'map-sku',
        '--file',
        file('one.json', [{ kind: 'sku', key: 'PACK-4', choice: 'SKU-A', units: 4 }]),
        '--json',
      );
      expect(exit).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        sent: [{ update: 'mapSku', sku: 'PACK-4', item: 'SKU-A', units: 4, released: 0, refused: null }],
      });
    });

    test('is refused before anything is sent where file or words are wrong', async () => {
      const wrong = file('wrong.json', [{ kind: 'sku', key: 'PACK-7', choice: 'SKU-A', units: 0 }]);
      expect(await tieout('map-sku', '--file', wrong)).toMatchObject({
        exit: 2,
        stdout: '',
        stderr: expect.stringContaining('is not a file of SKU mappings.'),
      });
      for (const words of [['PACK-7'], [], ['PACK-7', 'SKU-A', '--file', wrong], ['--file', wrong, '--units', '3']])
        expect(await tieout('map-sku', ...words)).toMatchObject({
          exit: 64,
          stdout: '',
          stderr: expect.stringContaining('Nothing was mapped.'),
        });
      for (const units of ['0', '1.5', 'three', '-3'])
        expect(await tieout('map-sku', 'PACK-7', 'SKU-A', '--units', units)).toMatchObject({ exit: 64, stdout: '' });
    });
  });

  describe('a CSV as banks write it', () => {
    const statement = (name: string) => path(`test/clients/bank/statements/${name}.csv`);

    test.each([
      ['excel-sep-line', 1],
      ['utf16-own-headers', 0],
    ])('%s is taken in as it is', async (name, fresh) => {
      const { exit, stdout } = await tieout('bank', 'import', statement(name), '--json', '--wait', '0');
      expect(exit).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        lines: 1,
        new: fresh,
        knownBefore: 1 - fresh,
        refused: 0,
        formBy: null,
      });
    });

    test('chase is taken in by the command that its refusal gives, and its columns are remembered', async () => {
      const { exit, stderr } = await tieout('bank', 'import', statement('chase'));
      expect(exit).toBe(2);
      expect(stderr.replace(/\s+/g, ' ')).toContain('its headers are Details · Posting Date');
      expect(stderr.replace(/\s+/g, ' ')).toContain('the dates may as well be DD/MM/YYYY');
      const words = wordsOfCommand(stderr, 'npx tieout ');
      expect(words.slice(0, 3)).toEqual(['bank', 'import', statement('chase')]);
      const imported = await tieout(...words, '--wait', '0');
      expect({ exit: imported.exit, stderr: imported.stderr }).toEqual({ exit: 0, stderr: '' });
      expect(imported.stdout.replace(/[\s·]+/g, ' ')).toContain(
        '1 line read, 1 new, 0 known before, 0 refused its columns are remembered for the bank account',
      );
      expect(
        (await tieout('bank', 'import', statement('chase'), '--wait', '0')).stdout.replace(/[\s·]+/g, ' '),
      ).toContain('1 line read, 0 new, 1 known before, 0 refused read by the columns remembered for the bank account');
    });

    test('deutsche-bank, too: what was remembered does not fit it, and that is said', async () => {
      const { exit, stderr } = await tieout('bank', 'import', statement('deutsche-bank'));
      expect(exit).toBe(2);
      expect(stderr.replace(/\s+/g, ' ')).toContain('it was read by the columns that are remembered for this account');
      const imported = await tieout(
        ...wordsOfCommand(stderr, 'npx tieout ').filter((word) => word !== '--remember'),
        '--wait',
        '0',
      );
      expect(imported.stdout).toContain('1 line read, 1 new, 0 known before, 0 refused');
      const lines = JSON.parse((await tieout('bank', 'lines', '--unmatched', '--json')).stdout) as {
        date: string;
        amount: string;
        currency: string;
      }[];
      expect(
        lines.filter(({ date }) => date === '2026-08-06').map(({ amount, currency }) => `${amount} ${currency}`),
      ).toEqual(['44.00 USD', '44.00 USD', '1044.00 EUR']);
    });

    test('of another account of the same bank has lines of its own, though they are alike', async () => {
      const file = statement('excel-sep-line');
      const words = ['--columns', 'date=date', '--wait', '0', '--json'];
      // The account of the stored line was not known; the first that is named has it.
      expect(
        JSON.parse((await tieout('bank', 'import', file, ...words, '--number', 'DE00 0000 1111')).stdout),
      ).toMatchObject({ accountTail: '1111', new: 0 });
      expect(JSON.parse((await tieout('bank', 'import', file, ...words, '--number', '2222')).stdout)).toMatchObject({
        accountTail: '2222',
        new: 1,
      });
    });

    test('nothing can be remembered where nothing is said', async () => {
      const { exit, stderr } = await tieout('bank', 'import', statement('chase'), '--remember');
      expect(exit).toBe(64);
      expect(stderr.replace(/\s+/g, ' ')).toContain('there is nothing to remember');
    });
  });

  test('a file of decisions ends what it names', async () => {
    await tieout('settlement', 'import', write('third.txt', THIRD_SETTLEMENT));
    const open = async () =>
      (JSON.parse((await tieout('exceptions', '--json')).stdout) as { code: string }[]).map(({ code }) => code);
    for (let looks = 0; (await open()).length === 0 && looks < 100; looks += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await open()).toEqual(['unknown-amount']);
    const file = write(
      'lighting.json',
      JSON.stringify([
        {
          kind: 'mapAmount',
          transactionType: 'other-transaction',
          amountType: 'other-transaction',
          amountDescription: 'Shelf Lighting Fee',
          role: 'storage',
          by: 'ana@example.com',
          why: 'light for our shelves',
        },
      ]),
    );
    const { exit, stdout } = await tieout('decide', file);
    expect(stdout.replace(/\s+/g, ' ').replace(/audit \d+/, 'audit N')).toBe(
      '✓ other-transaction / other-transaction / Shelf Lighting Fee → storage · decided by ana@example.com · audit N · released 1 ✓ nothing is open ',
    );
    expect(exit).toBe(0);
    const again = JSON.parse((await tieout('decide', file, '--json')).stdout) as {
      sent: unknown[];
      waiting: unknown[];
    };
    expect([again.sent.length, again.waiting.length]).toEqual([0, 1]);
  });

  test('a refund that Amazon does not tell is booked from the settlement that pays it, for a reason and once', async () => {
    await tieout('settlement', 'import', write('fourth.txt', FOURTH_SETTLEMENT));
    const open = async () =>
      (JSON.parse((await tieout('exceptions', '--json')).stdout) as { code: string; act?: string }[]).filter(
        ({ code }) => code === 'document-missing',
      );
    for (let looks = 0; (await open()).length === 0 && looks < 100; looks += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await open()).toHaveLength(1);
    const book = (...argv: string[]) =>
      tieout('book-refund', UNTOLD_ORDER, '--settlement', '26100000011', '--by', 'ana@example.com', ...argv);
    expect(await book()).toMatchObject({
      exit: 64,
      stdout: '',
      stderr: expect.stringContaining('A refund that Amazon does not tell is booked only with a reason.'),
    });
    const early = await tieout('book-refund', UNTOLD_ORDER, '--settlement', '26100000010', '--why', 'case 1234');
    expect({ exit: early.exit, stdout: early.stdout }).toEqual({ exit: 1, stdout: '' });
    expect(early.stderr.replace(/\s+/g, ' ')).toContain(
      `Settlement 26100000010 refunds nothing of order ${UNTOLD_ORDER}: wait for the settlement that pays the refund, and name that one. Nothing was decided.`,
    );
    const booked = await book('--why', 'case 1234');
    expect({ exit: booked.exit, stderr: booked.stderr }).toEqual({ exit: 0, stderr: '' });
    expect(booked.stdout.replace(/audit \d+/, 'audit N').split('\n')).toEqual([
      `✓ 1 refund of order ${UNTOLD_ORDER}, 2.00 USD, is booked as settlement 26100000011 pays it`,
      '✓ decided by ana@example.com · audit N',
      `… payout 26100000011 ties once the documents are posted. Next: npx tieout status order ${UNTOLD_ORDER}`,
      '',
    ]);
    const again = JSON.parse((await book('--why', 'case 1234', '--json')).stdout) as { kind: string; detail: string };
    expect(again).toMatchObject({
      kind: 'book-refund',
      key: UNTOLD_ORDER,
      payout: { settlementId: '26100000011' },
      detail: expect.stringContaining('was booked before'),
    });
    const documents = async () =>
      (
        JSON.parse((await tieout('status', 'order', UNTOLD_ORDER, '--json')).stdout) as {
          documents: { externalId: string; state: string; total: string }[];
        }
      ).documents;
    for (let looks = 0; (await documents())[0]?.state !== 'posted' && looks < 100; looks += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    // Its sale is in no file: a memo of its own, on the refund item.
    expect(await documents()).toMatchObject([
      { externalId: `AMZ_demo-us_CM_${UNTOLD_ORDER}-20261203T090000_1`, state: 'posted', total: '2.00' },
    ]);
  });
});
