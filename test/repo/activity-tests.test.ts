/** Each activity has a test of its own: one that is added to the contracts and named by no file of test/activities is missed here. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { everyStep } from '../faults/steps.ts';

const FOLDER = new URL('../activities/', import.meta.url);
const texts = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));

test('each activity is run by a test of its own', () => {
  const untested = everyStep().filter(
    (name) =>
      !texts.some((text) => new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '[./]*/src/activities/`).test(text)),
  );
  expect(untested).toEqual([]);
});
