/** Signs of the terminal and what stands for them where there is no UTF-8. */
const PLAIN: Readonly<Record<string, string>> = { '✓': 'ok', '…': '..', '≠': '!=', '›': '>', '·': '-', '−': '-', '✗': 'x', '–': '-', '→': '->' };

/** Words for people in the characters that their terminal has. Not for data: `--json` is UTF-8 always. */
export function inCharactersOf(terminal: { unicode: boolean }, text: string): string {
  return terminal.unicode ? text : text.replace(/[✓…≠›·−✗–→]/g, (sign) => PLAIN[sign]!);
}
