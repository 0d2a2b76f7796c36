/**
 * Whether a terminal is known to follow OSC 8 links. A guess from the environment, since no terminal can be asked;
 * FORCE_HYPERLINK (`0` or anything else) decides where it is set.
 */
export function followsLinks(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (!isTerminal || env['TERM'] === 'dumb') return false;
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined && forced !== '') return forced !== '0';
  if (env['CI']) return false;
  if (env['WT_SESSION'] || env['KONSOLE_VERSION'] || env['KITTY_WINDOW_ID'] || env['DOMTERM']) return true;
  if (Number(env['VTE_VERSION'] ?? 0) > 5000) return true;
  const [major = 0, minor = 0] = (env['TERM_PROGRAM_VERSION'] ?? '').split('.').map(Number);
  switch (env['TERM_PROGRAM']) {
    case 'WezTerm':
    case 'ghostty':
    case 'Hyper':
    case 'zed':
      return true;
    case 'vscode':
      return major > 1 || (major === 1 && minor >= 72);
    case 'iTerm.app':
      return major > 3 || (major === 3 && minor >= 1);
    default:
      return /^(xterm-kitty|alacritty|foot|contour)/.test(env['TERM'] ?? '');
  }
}

const OSC = '\u001b]8;;';
const END = '\u0007';

/** Makes each address a link to itself: the text stays whole, so that it can be copied. One that was cut leads nowhere and stays text. */
export function withLinks(text: string): string {
  return text.replace(/https?:\/\/[^\s"'<>\u001b)]*[^\s"'<>\u001b),.;:!?]/g, (address) =>
    address.endsWith('…') ? address : `${OSC}${address}${END}${address}${OSC}${END}`,
  );
}
