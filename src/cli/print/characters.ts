import { withColour } from './colour.ts';
import { withLinks } from './hyperlinks.ts';

/** What a terminal can show beside plain ASCII; what is absent it cannot. */
export interface Terminal {
  unicode: boolean;
  colour?: boolean;
  links?: boolean;
}

/** Signs of the terminal and what stands for them where there is no UTF-8. */
const PLAIN: Readonly<Record<string, string>> = {
  '✓': 'ok',
  '…': '..',
  '≠': '!=',
  '›': '>',
  '·': '-',
  '−': '-',
  '✗': 'x',
  '–': '-',
  '→': '->',
  '─': '-',
};

/** Words for people as their terminal shows them: in its characters, signs in colour, addresses as links. Not for data: `--json` is UTF-8 always. */
export function inCharactersOf(terminal: Terminal, text: string): string {
  const coloured = terminal.colour === true ? withColour(text) : text;
  const linked = terminal.links === true ? withLinks(coloured) : coloured;
  return terminal.unicode ? linked : linked.replace(/[✓…≠›·−✗–→─]/g, (sign) => PLAIN[sign]!);
}

/** Whether the locale of the environment is one of UTF-8; without any it is taken to be. */
export function speaksUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return locale === '' || /utf-?8/i.test(locale);
}
