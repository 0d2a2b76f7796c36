import { describe, expect, test } from '@jest/globals';
import { PURPOSES } from '../../src/domain/documents/document-kinds.ts';
import { ROLES } from '../../src/domain/mapping/roles.ts';
import { read } from './project.ts';

const glossary = read('docs/glossary.md');

describe('docs/glossary.md', () => {
  test('has one line for each role, and no other roles', () => {
    const roles = glossary.slice(glossary.indexOf('## Roles'), glossary.indexOf('## The machinery'));
    expect([...roles.matchAll(/^\| `([a-z-]+)` \| \S.*\|$/gm)].map(([, role]) => role).sort()).toEqual(
      [...ROLES].sort(),
    );
  });

  test('spells out the letters of every purpose', () => {
    expect(PURPOSES.filter((purpose) => !glossary.includes(`\`${purpose}\``))).toEqual([]);
  });
});
