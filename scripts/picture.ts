/**
 * A picture of what a command printed, for the pages: `npx tieout close 2026-10 | npx tsx scripts/picture.ts FILE.svg "npx tieout close 2026-10"`.
 * The text is drawn as it is read, so that a picture shows what the demo printed and nothing else. From the third word on are
 * the first and the last line of it that are shown.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import stringWidth from 'string-width';

const [file, command, from = '1', to] = process.argv.slice(2);
if (file === undefined || command === undefined)
  throw new Error('usage: COMMAND | npx tsx scripts/picture.ts FILE.svg "COMMAND" [FROM [TO]]');

/** Pixels of a cell of 14 px monospace, of a line, and around the text. */
const [CELL, LINE, MARGIN] = [8.43, 19, 16];
const printed = readFileSync(0, 'utf8').trimEnd().split('\n');
const shown = printed.slice(Number(from) - 1, to === undefined ? undefined : Number(to));
const lines = [`$ ${command}`, '', ...shown, ...(to !== undefined && Number(to) < printed.length ? ['…'] : [])];
const width = Math.ceil(Math.max(...lines.map((line) => stringWidth(line))) * CELL + 2 * MARGIN);
const height = lines.length * LINE + 2 * MARGIN;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Each line as wide as its cells, whatever font is there. */
const drawn = lines.flatMap((line, at) =>
  line === ''
    ? []
    : [
        `<text x="${MARGIN}" y="${MARGIN + at * LINE + 14}" textLength="${(stringWidth(line) * CELL).toFixed(1)}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped(line)}</text>`,
      ],
);
writeFileSync(
  file,
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(command)}</title>`,
    '<rect width="100%" height="100%" rx="6" fill="#16181d"/>',
    `<g fill="#e6e6e6" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    ...drawn,
    '</g>',
    '</svg>',
    '',
  ].join('\n'),
);
