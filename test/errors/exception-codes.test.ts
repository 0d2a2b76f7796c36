import { expect, test } from '@jest/globals';
import { EXCEPTION_CODES } from '../../src/domain/exceptions/exception.ts';
import { isErrorCode } from '../../src/errors/catalogue.ts';

test('every exception that an operator resolves is in the catalogue', () => {
  expect(EXCEPTION_CODES.filter((code) => !isErrorCode(code))).toEqual([]);
});
