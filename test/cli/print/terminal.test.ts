import { describe, expect, test } from '@jest/globals';
import { inCharactersOf, speaksUnicode } from '../../../src/cli/print/characters.ts';
import { usesColour } from '../../../src/cli/print/colour.ts';
import { followsLinks } from '../../../src/cli/print/hyperlinks.ts';

describe('characters', () => {
  test('are those of the locale, and of UTF-8 where none is named', () => {
    expect(
      [{}, { LANG: 'en_GB.UTF-8' }, { LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, { LC_CTYPE: 'de_DE.utf8', LANG: 'C' }].map(
        speaksUnicode,
      ),
    ).toEqual([true, true, false, true]);
  });

  test('have plain ones that stand for them', () => {
    expect(inCharactersOf({ unicode: false }, '✓ ✗ … ≠ › · − – → ─')).toBe('ok x .. != > - - - -> -');
    expect(inCharactersOf({ unicode: true }, '✓ −1.00')).toBe('✓ −1.00');
  });
});

describe('colour', () => {
  test('is there on a terminal, unless it is refused', () => {
    expect(usesColour({}, [], true)).toBe(true);
    expect(usesColour({}, [], false)).toBe(false);
    expect(usesColour({ NO_COLOR: '1' }, [], true)).toBe(false);
    expect(usesColour({ NO_COLOR: '' }, [], true)).toBe(true);
    expect(usesColour({}, ['status', '--no-color'], true)).toBe(false);
    expect(usesColour({ TERM: 'dumb' }, [], true)).toBe(false);
  });

  test('is there without a terminal where it is forced', () => {
    expect(usesColour({ FORCE_COLOR: '1' }, [], false)).toBe(true);
    expect(usesColour({ FORCE_COLOR: '1', NO_COLOR: '1' }, [], false)).toBe(false);
    expect(usesColour({ FORCE_COLOR: '0' }, [], true)).toBe(false);
  });

  test('only repeats a sign: green, red, and amber for what is open', () => {
    expect(inCharactersOf({ unicode: true, colour: true }, 'rows ✓ total ≠ journal … --why "…" ! waits')).toBe(
      'rows \u001b[32m✓\u001b[39m total \u001b[31m≠\u001b[39m journal \u001b[33m…\u001b[39m --why "…" \u001b[33m!\u001b[39m waits',
    );
    expect(inCharactersOf({ unicode: false, colour: true }, '✓ tied')).toBe('\u001b[32mok\u001b[39m tied');
  });
});

describe('links', () => {
  test('are followed by terminals that are known to, and never where none is', () => {
    expect(followsLinks({ TERM_PROGRAM: 'WezTerm' }, true)).toBe(true);
    expect(followsLinks({ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.95.1' }, true)).toBe(true);
    expect(followsLinks({ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.71.0' }, true)).toBe(false);
    expect(followsLinks({ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.9' }, true)).toBe(false);
    expect(followsLinks({ VTE_VERSION: '7402', TERM: 'xterm-256color' }, true)).toBe(true);
    expect(followsLinks({ VTE_VERSION: '4601' }, true)).toBe(false);
    expect(followsLinks({ TERM: 'xterm-256color' }, true)).toBe(false);
    expect(followsLinks({ TERM_PROGRAM: 'WezTerm' }, false)).toBe(false);
    expect(followsLinks({ TERM_PROGRAM: 'WezTerm', TERM: 'dumb' }, true)).toBe(false);
    expect(followsLinks({ TERM_PROGRAM: 'WezTerm', CI: 'true' }, true)).toBe(false);
  });

  test('are as FORCE_HYPERLINK says, on a terminal', () => {
    expect(followsLinks({ FORCE_HYPERLINK: '1' }, true)).toBe(true);
    expect(followsLinks({ FORCE_HYPERLINK: '0', TERM_PROGRAM: 'WezTerm' }, true)).toBe(false);
    expect(followsLinks({ FORCE_HYPERLINK: '1' }, false)).toBe(false);
  });

  test('lead to the address that stands there whole, and nowhere where it was cut', () => {
    const linked = (text: string) => inCharactersOf({ unicode: true, links: true }, text);
    expect(linked('Temporal http://127.0.0.1:8233 · Ctrl-C')).toBe(
      'Temporal \u001b]8;;http://127.0.0.1:8233\u0007http://127.0.0.1:8233\u001b]8;;\u0007 · Ctrl-C',
    );
    expect(linked('(see http://127.0.0.1:8233/a%3Ab.)')).toBe(
      '(see \u001b]8;;http://127.0.0.1:8233/a%3Ab\u0007http://127.0.0.1:8233/a%3Ab\u001b]8;;\u0007.)',
    );
    expect(linked('http://127.0.0.1:8233/namesp…')).toBe('http://127.0.0.1:8233/namesp…');
    expect(inCharactersOf({ unicode: true }, 'http://127.0.0.1:8233')).toBe('http://127.0.0.1:8233');
  });
});
