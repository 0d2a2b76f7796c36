import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { AmazonModels } from '../../scripts/amazon-model-check.ts';

const model = {
  swagger: '2.0',
  paths: {
    '/things/{thingId}': {
      get: {
        operationId: 'getThing',
        parameters: [
          { name: 'thingId', in: 'path', required: true, type: 'string' },
          { name: 'after', in: 'query', required: true, type: 'string', format: 'date-time' },
          { name: 'kinds', in: 'query', type: 'array', items: { type: 'string', enum: ['A', 'B'] }, maxItems: 2 },
        ],
        responses: { 200: { schema: { $ref: '#/definitions/Thing' } } },
      },
      post: {
        operationId: 'makeThing',
        parameters: [{ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Thing' } }],
        responses: { 202: {} },
      },
    },
  },
  definitions: {
    Thing: {
      type: 'object',
      required: ['thingId'],
      properties: { thingId: { type: 'string' }, price: { $ref: '#/definitions/Money' } },
    },
    Money: { type: 'object', properties: { amount: { type: 'string' } } },
  },
};
const folder = mkdtempSync(join(tmpdir(), 'models-'));
writeFileSync(join(folder, 'things.json'), JSON.stringify(model));
const models = new AmazonModels(folder);
const get = (query: string, responseBody: unknown, status = 200) =>
  models.check({
    method: 'GET',
    path: '/things/7',
    query: new URLSearchParams(query),
    requestBody: undefined,
    status,
    responseBody,
  });

test('agrees with an exchange that the model describes', () => {
  expect(get('after=2026-10-01T00:00:00Z&kinds=A,B', { thingId: '7', price: { amount: '1.00' } })).toEqual({
    operationId: 'getThing',
    faults: [],
  });
});

test.each([
  ['a missing parameter', '', { thingId: '7' }, 'after is missing'],
  [
    'a parameter that does not exist',
    'after=2026-10-01T00:00:00Z&colour=blue',
    { thingId: '7' },
    'no parameter colour',
  ],
  ['a value outside the list', 'after=2026-10-01T00:00:00Z&kinds=A,C', { thingId: '7' }, 'kinds cannot be C'],
  ['too many values', 'after=2026-10-01T00:00:00Z&kinds=A,B,A', { thingId: '7' }, 'more than 2'],
  ['a date in another form', 'after=1.10.2026', { thingId: '7' }, 'no date-time'],
  ['a member that is missing', 'after=2026-10-01T00:00:00Z', {}, 'thingId'],
  [
    'a member that nobody named, however deep',
    'after=2026-10-01T00:00:00Z',
    { thingId: '7', price: { amount: '1.00', euro: true } },
    'euro',
  ],
  ['a member of another type', 'after=2026-10-01T00:00:00Z', { thingId: 7 }, 'string'],
])('names %s', (_, query, body, fault) => {
  expect(get(query, body).faults).toEqual([expect.stringContaining(fault)]);
});

test('names a wrong body, an answer that the model does not have, and an unknown operation', () => {
  expect(
    models.check({
      method: 'POST',
      path: '/things/7',
      query: new URLSearchParams(),
      requestBody: { thing: 1 },
      status: 202,
      responseBody: {},
    }).faults,
  ).toHaveLength(2);
  expect(get('after=2026-10-01T00:00:00Z', {}, 418).faults).toEqual(['the model has no answer 418']);
  expect(
    models.check({
      method: 'GET',
      path: '/other',
      query: new URLSearchParams(),
      requestBody: undefined,
      status: 200,
      responseBody: {},
    }).faults,
  ).toEqual(['no model has this operation']);
});
