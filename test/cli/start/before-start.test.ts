import { expect, test } from '@jest/globals';
import { workerDied } from '../../../src/cli/start/before-start.ts';

test('a worker that ends says how, and who carries on', () => {
  expect(workerDied(2, 2, 'SIGKILL')).toBe('process 2 of 2 was killed (SIGKILL). Process 1 carries on.');
  expect(workerDied(1, 3, 1)).toBe('process 1 of 3 ended (exit 1). Processes 2, 3 carry on.');
  expect(workerDied(1, 1, 'SIGTERM')).toBe('process 1 of 1 was killed (SIGTERM). Work waits until it is back.');
});
