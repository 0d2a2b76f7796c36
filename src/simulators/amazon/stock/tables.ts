/** The ledger's form: tab-separated, every cell in quotes, quotes inside doubled, a line feed after each row. */
export function quotedTable(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t')}\n`).join('');
}

/** The form of the other reports: tab-separated, without quotes. */
export function plainTable(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')}\n`).join('');
}

/** Instants of these reports have an offset instead of `Z`. */
export function withOffset(instant: string): string {
  return instant.replace('Z', '+00:00');
}
