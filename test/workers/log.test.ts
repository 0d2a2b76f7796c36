import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { errorFields } from '../../src/workers/log.ts';
import { ROOT } from '../repo/project.ts';

test('a worker that cannot start says why as one JSON object on a line', () => {
  const { NODE_OPTIONS: _, TIEOUT_CONFIG: __, ...env } = process.env;
  const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'src/workers/main.ts')], {
    cwd: ROOT,
    env: { ...env, TIEOUT_CONFIG: join(ROOT, 'no-such-file.yaml') },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  const lines = stdout.trim().split('\n');
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({
    level: 'fatal',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    error: { type: 'TieoutError', code: 'config', message: expect.stringContaining('no-such-file.yaml') },
    msg: 'the process ends',
  });
});

test('of an error only its kind, code, words and place are logged, never what it carries', () => {
  const error = Object.assign(new Error('refused', { cause: { token: 'Atza|secret' } }), {
    code: 'auth',
    request: { headers: { authorization: 'Bearer secret' } },
  });
  expect(Object.keys(errorFields(error)).sort()).toEqual(['code', 'message', 'stack', 'type']);
  expect(JSON.stringify(errorFields(error))).not.toContain('secret');
});

test('what Temporal tells as a text is told, and what is no error ends no process', () => {
  expect(errorFields('transport error')).toEqual({ message: 'transport error' });
  expect(errorFields({ token: 'Atza|secret' })).toEqual({ message: 'an error that is none' });
  expect(errorFields(undefined)).toEqual({ message: 'an error that is none' });
});

test('an error as long as a page is cut, and says by how much', () => {
  const { message, stack } = errorFields(new Error('x'.repeat(160_000)));
  expect(message).toBe(`${'x'.repeat(8000)} … (152000 characters more)`);
  expect((stack as string).length).toBeLessThan(8100);
});
