import { expect, test } from '@jest/globals';
import { canonicalJson } from '../../../src/domain/proof/canonical-json.ts';

test('keys are sorted by code units at every depth, blanks are none, and what is undefined is not said', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true, Z: '1.00', left: undefined })).toBe(
    '{"Z":"1.00","a":true,"b":[1,{"c":"x","d":null}]}',
  );
});

// RFC 8785, 3.2.3: its sorting example; U+20AC before the Hebrew letter, the emoji's surrogates before it.
test('keys beyond ASCII go by their UTF-16 code units, as the example of RFC 8785', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
  const object = Object.fromEntries(keys.map((key) => [key, '']));
  expect(Object.keys(JSON.parse(canonicalJson(object)) as object).sort()).toEqual([...keys].sort());
  expect(canonicalJson(object)).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:""`).join(',')}}`);
});

test('texts are escaped as RFC 8785 has them, and what has no form is a bug', () => {
  expect(canonicalJson('\u000f\n"\\/\u20ac')).toBe('"\\u000f\\n\\"\\\\/\u20ac"');
  for (const formless of [1n, Number.NaN, () => 1]) expect(() => canonicalJson(formless)).toThrow('bug');
});
