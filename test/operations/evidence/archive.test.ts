import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { archiveOf } from '../../../src/operations/evidence/archive.ts';
import { renderPage } from '../../../src/operations/evidence/page.ts';
import { columnsOf, type Evidence } from '../../../src/domain/proof/evidence.ts';

const EVIDENCE: Evidence = {
  name: 'close-demo-us-2026-10',
  title: 'Close of October 2026, demo-us',
  says: ['Signed by maria.', 'A <script>alert("x")</script> & more.'],
  tables: [
    {
      name: 'items',
      title: 'Items',
      note: null,
      columns: columnsOf('Item', '>Figure'),
      rows: [
        ['sales', '-30.00'],
        ['=cmd|calc', '1.00'],
      ],
    },
    { name: 'none', title: 'Nothing', note: 'There is none.', columns: columnsOf('Item'), rows: [] },
  ],
  files: [{ path: 'received/1.txt', bytes: new TextEncoder().encode('a\tb\r\n') }],
};

describe('an archive', () => {
  const { bytes, hash, files } = archiveOf(EVIDENCE);
  const entries = unzipSync(bytes);
  const text = (path: string) => strFromU8(entries[`${EVIDENCE.name}/${path}`]!);

  test('has the page, a file a table, and what was received, byte for byte', () => {
    expect(Object.keys(entries)).toEqual(
      ['index.html', 'received/1.txt', 'tables/items.csv', 'tables/none.csv', 'SHA256SUMS'].map(
        (path) => `${EVIDENCE.name}/${path}`,
      ),
    );
    expect(files).toBe(5);
    expect(text('received/1.txt')).toBe('a\tb\r\n');
    expect(text('tables/items.csv')).toBe("Item,Figure\r\nsales,-30.00\r\n'=cmd|calc,1.00\r\n");
    expect(text('tables/none.csv')).toBe('Item\r\n');
  });

  test('names the hash of each file as sha256sum reads it', () => {
    const sums = text('SHA256SUMS').trimEnd().split('\n');
    expect(sums).toHaveLength(4);
    for (const sum of sums) {
      const [hex, path] = sum.split('  ');
      expect(createHash('sha256').update(entries[`${EVIDENCE.name}/${path}`]!).digest('hex')).toBe(hex);
    }
  });

  test('is the same bytes whenever and wherever it is made', () => {
    expect(archiveOf({ ...EVIDENCE, tables: [...EVIDENCE.tables] }).hash).toBe(hash);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
    // The format's first day, in the field of each entry: no clock.
    expect(Buffer.from(bytes).readUInt32LE(10)).toBe((0 << 25) | (1 << 21) | (1 << 16));
  });
});

describe('a page', () => {
  const page = renderPage(EVIDENCE);

  test('shows what comes from outside as text, and fetches nothing', () => {
    expect(page).toContain('A &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more.');
    expect(page).not.toMatch(/<script|src=|http/);
  });

  test('has figures on the right, and says where there is nothing', () => {
    expect(page).toContain('<tr><td>sales</td><td class="figure">-30.00</td></tr>');
    expect(page).toContain('<p class="note">There is none.</p>\n<p class="note">None.</p>');
  });

  test('of a long table has the first 500 rows and names the file of all', () => {
    const rows = Array.from({ length: 501 }, (_, index) => [String(index), '0.00']);
    const long = renderPage({ ...EVIDENCE, tables: [{ ...EVIDENCE.tables[0]!, rows }] });
    expect(long).toContain('The first 500 of 501 rows; <a href="tables/items.csv">tables/items.csv</a> has all.');
    expect(long).not.toContain('<td>500</td>');
  });
});
