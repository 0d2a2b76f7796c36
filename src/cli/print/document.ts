/** A document on stdout, as `--json` gives it. */
export function asJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
