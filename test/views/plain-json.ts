import { expect } from '@jest/globals';

/** That a document is what its JSON says: no `bigint`, no `undefined`, no class; gives it back. */
export function plain<T>(document: T): T {
  expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document);
  return document;
}
