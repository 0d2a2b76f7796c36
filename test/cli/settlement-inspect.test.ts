import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { main } from '../../src/cli/main.ts';
import { fileText, v2Row } from '../domain/settlement/settlement-file.ts';

const golden = fileURLToPath(new URL('../golden/settlements/order-and-reserve-usd.txt', import.meta.url));
const bin = fileURLToPath(new URL('../../bin/tieout.js', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-inspect-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const tieout = (...argv: string[]) => run(argv, true);

async function run(argv: string[], unicode: boolean) {
  const io = {
    stdout: '',
    stderr: '',
    exitCode: 0,
    width: 80,
    unicode,
    out: (text: string) => {
      io.stdout += text;
    },
    err: (text: string) => {
      io.stderr += text;
    },
  };
  const exit = await main(argv, io);
  return { exit, stdout: io.stdout, stderr: io.stderr };
}

describe('tieout settlement inspect', () => {
  test('shows the file, its roles and its journal', async () => {
    const { exit, stdout, stderr } = await tieout('settlement', 'inspect', golden);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.replace(/sha256 \w{4}…\w{4}/, 'sha256 …'))).toEqual([
      'Settlement 26100000001 · USD · 15 Oct 2026 20:00Z to 29 Oct 2026 20:00Z',
      'Deposit 31 Oct 2026 · flat file V2, 24 columns · sha256 …',
      '',
      'Rows 17 · sum 20.02 · total-amount 20.02 · difference 0.00 ✓',
      '',
      'Role             Rows  Amount',
      'clearing            4   65.99',
      'reserve             1  −20.00',
      'selling-fees        2   −9.90',
      'fulfilment-fees     3  −13.07',
      'storage             1   −3.00',
      'marketplace-tax     6    0.00',
      '                   17   20.02',
      '',
      'Journal                            Debit  Credit',
      'payouts-in-transit  (payout line)  20.02',
      'clearing                                   65.99',
      'reserve-held                       20.00',
      'selling-fees                        9.90',
      'fulfilment-fees                    13.07',
      'storage                             3.00',
      '                                   65.99   65.99',
      '',
    ]);
  });

  test('does without UTF-8 where the terminal has none', async () => {
    const { stdout } = await run(['settlement', 'inspect', golden], false);
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
    expect(stdout).toContain('reserve             1  -20.00');
    expect((await run(['settlement', 'inspect', '/none'], false)).stderr).toMatch(/^x The report cannot be opened/);
  });

  test('reads a packed file by its first bytes, and --json writes one document', async () => {
    const packed = write('report.bin', gzipSync(readFileSync(golden)));
    const { exit, stdout } = await tieout('settlement', 'inspect', packed, '--json');
    expect(exit).toBe(0);
    expect(stdout).toBe((await tieout('settlement', 'inspect', '--json', golden)).stdout);
    expect(JSON.parse(stdout)).toMatchObject({
      settlementId: '26100000001',
      total: '20.02',
      sum: '20.02',
      rows: 17,
      balanced: true,
      unknown: [],
    });
  });

  test('reads UTF-16 with its mark and CR line ends, plain or packed, as the report that they are', async () => {
    const text = readFileSync(golden, 'utf8').replace(/\r?\n/g, '\r');
    const { stdout } = await tieout('settlement', 'inspect', '--json', golden);
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
      for (const file of [bytes, gzipSync(bytes)])
        expect((await tieout('settlement', 'inspect', write('resaved.bin', file), '--json')).stdout).toBe(stdout);
    }
  });

  test('with an id that became a number names the line, the column and what is left of the id', async () => {
    const { exit, stderr } = await tieout(
      'settlement',
      'inspect',
      write('rounded.txt', readFileSync(golden, 'utf8').replaceAll('61200000000001', '6.12E+13')),
    );
    expect(exit).toBe(2);
    expect(stderr).toContain('[report-number]');
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'Line 3 cannot be read: "6.12E+13" is a number that a spreadsheet wrote, not an id.',
    );
    expect(stderr.replace(/\s+/g, ' ')).toContain('rounded.txt, line 3, column "order-item-code"');
  });

  test('with an unknown key exits with 3, offers a role and journals nothing', async () => {
    const file = write(
      'unknown.txt',
      fileText('-1234.56', [v2Row('-1234.56', { 'amount-description': 'FBA Inbound Dock Fee' })]),
    );
    const { exit, stdout } = await tieout('settlement', 'inspect', file);
    expect(exit).toBe(3);
    expect(stdout.split('\n').slice(5)).toEqual([
      'Role     Rows     Amount',
      'no role     1  −1,234.56  ! journalled to nothing',
      '            1  −1,234.56',
      '',
      'Unknown key  other-transaction / other-transaction / FBA Inbound Dock Fee · 1',
      '             row · −1,234.56',
      'Suggestion   inbound: it differs in one word from other-transaction /',
      '             other-transaction / FBAInboundTransportationFee',
      'Journal      none while a key is unknown (exit 3)',
      '',
    ]);
    const json = await tieout('settlement', 'inspect', file, '--json');
    expect(json.exit).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({
      journal: null,
      unknown: [{ rows: 1, amount: '-1234.56', role: null }],
    });
  });

  test.each([
    ['does not sum', fileText('8.00', [v2Row('1.00')]), ['total-amount on line 2', 'difference −7.00', '[report-sum]']],
    ['is cut off', fileText('1.00', [v2Row('1.00')]).slice(0, -40), ['line 3, column "', '[report-truncated]']],
    ['is no settlement report', 'sku\tprice\n', ['line 1, column "settlement-id"', '[report-not-settlement]']],
    [
      'mixes currencies',
      fileText('1.00', [v2Row('1.00', { currency: 'CAD' })]),
      ['line 3, column "currency"', '[report-currency]'],
    ],
    [
      'holds rows of another settlement',
      fileText('1.00', [v2Row('1.00', { 'settlement-id': '9' })]),
      ['line 3, column "settlement-id"', '[report-foreign-row]'],
    ],
    [
      'has an unreadable amount',
      fileText('1.00', [v2Row('1.204,7x')]),
      ['Line 3 cannot be read: "1.204,7x" is not an amount. Nothing was posted.', '[report-amount]'],
    ],
    ['is empty', '', ['[report-truncated]']],
    [
      'is a packed file that breaks off',
      gzipSync(fileText('1.00', [v2Row('1.00')])).subarray(0, 60),
      ['[report-truncated]'],
    ],
  ])('refuses a file that %s with exit 2, an empty stdout and at most eight lines', async (name, content, told) => {
    const file = write(`${name.replaceAll(' ', '-')}.txt`, content);
    for (const flags of [[], ['--json']]) {
      const { exit, stdout, stderr } = await tieout('settlement', 'inspect', file, ...flags);
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
      const words = stderr.replace(/\s+/g, ' ');
      for (const part of told) expect(words).toContain(part);
      expect(words).toContain(file);
      expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(8);
    }
  });

  test.each([
    ['that is not there', 'none.txt', 'there is no such file'],
    ['that is a folder', '.', 'it is a folder'],
  ])('refuses a file %s', async (_, name, reason) => {
    const { exit, stderr } = await tieout('settlement', 'inspect', join(folder, name));
    expect(exit).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toContain(reason);
  });
});

describe('the command line', () => {
  test('suggests the near word and exits with 64', async () => {
    const { exit, stdout, stderr } = await tieout('setlement');
    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' });
    expect(stderr).toContain('did you mean settlement?');
    expect(stderr).toContain('[usage]');
  });

  test('takes a missing argument and an unknown option for wrong usage', async () => {
    expect((await tieout('settlement', 'inspect')).exit).toBe(64);
    const { exit, stderr } = await tieout('settlement', 'inspect', golden, '--jsn');
    expect(exit).toBe(64);
    expect(stderr).toContain('did you mean --json?');
    expect((await tieout()).exit).toBe(64);
  });

  test.each([['--help'], ['settlement', '--help'], ['settlement', 'inspect', '--help']])(
    'has help that begins with an example: %s %s %s',
    async (...argv) => {
      const { exit, stdout } = await tieout(...argv);
      expect(exit).toBe(0);
      expect(stdout).toMatch(/^ {2}\$ npx tieout settlement inspect /);
    },
  );

  test('runs from the clone without a build', () => {
    expect(
      JSON.parse(
        execFileSync(process.execPath, [bin, 'settlement', 'inspect', golden, '--json'], { encoding: 'utf8' }),
      ),
    ).toMatchObject({ balanced: true });
  });
});
