/** Evidence as a page that reads and prints without us: no script, nothing fetched, rows that do not break over pages. */
import type { Evidence, EvidenceTable } from '../../domain/proof/evidence.ts';

/** So many rows of a table are on the page; its file has all. */
const SHOWN = 500;

const STYLE = `
body { font: 14px/1.45 system-ui, sans-serif; color: #111; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .25rem; break-after: avoid; }
p { margin: .25rem 0; } .note { color: #555; }
.says { border-left: 4px solid #111; padding: .25rem 0 .25rem 1rem; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; margin-top: .5rem; font-size: 13px; }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { border-bottom-color: #111; } .figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; } tr { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 10px; } table { font-size: 9px; } a { color: inherit; text-decoration: none; } }
@page { size: A4 landscape; margin: 12mm; }
`.trim();

export function renderPage({ title, says, tables, files }: Evidence): string {
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    '<div class="says">',
    ...says.map((sentence) => `<p>${escaped(sentence)}</p>`),
    '</div>',
    ...tables.flatMap(renderTable),
    ...(files.length === 0 ? [] : ['<h2>Files</h2>', ...files.map(({ path }) => `<p>${linked(path)}</p>`)]),
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

function renderTable({ name, title, note, columns, rows }: EvidenceTable): string[] {
  const file = fileOf(name);
  const cells = (tag: 'td' | 'th', texts: readonly string[]) =>
    texts
      .map((text, index) => {
        const figure = columns[index]?.align === 'right' ? ' class="figure"' : '';
        return `<${tag}${figure}>${escaped(text)}</${tag}>`;
      })
      .join('');
  const more = rows.length > SHOWN ? ` The first ${SHOWN} of ${rows.length} rows; ${linked(file)} has all.` : '';
  return [
    `<h2>${escaped(title)}</h2>`,
    ...(note === null && more === '' ? [] : [`<p class="note">${escaped(note ?? '')}${more}</p>`]),
    ...(rows.length === 0
      ? ['<p class="note">None.</p>']
      : [
          '<table>',
          `<thead><tr>${cells(
            'th',
            columns.map(({ head }) => head),
          )}</tr></thead>`,
          '<tbody>',
          ...rows.slice(0, SHOWN).map((row) => `<tr>${cells('td', row)}</tr>`),
          '</tbody>',
          '</table>',
        ]),
  ];
}

export function fileOf(table: string): string {
  return `tables/${table}.csv`;
}

const linked = (path: string) => `<a href="${escaped(path)}">${escaped(path)}</a>`;

/** What comes from outside is text, on a page too. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
