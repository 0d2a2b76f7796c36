/** Whether signs are coloured: NO_COLOR (not empty) and `--no-color` say no, FORCE_COLOR yes; else a terminal does. */
export function usesColour(env: NodeJS.ProcessEnv, argv: readonly string[], isTerminal: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '' || argv.includes('--no-color')) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

const paint = (code: number) => (sign: string) => `\u001b[${code}m${sign}\u001b[39m`;

/** Colour only repeats a sign: ✓ green, ≠ and ✗ red, `!` amber, and `…` amber where it stands for a step that is open. */
export function withColour(text: string): string {
  return text
    .replace(/✓/g, paint(32))
    .replace(/[≠✗]/g, paint(31))
    .replace(/(?<=^| )[!…](?= |$)/gm, paint(33));
}
