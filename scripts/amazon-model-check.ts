import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

/** One call that went over the wire, and its answer. */
export interface Exchange {
  method: string;
  path: string;
  query: URLSearchParams;
  requestBody: unknown;
  status: number;
  responseBody: unknown;
}

interface Parameter {
  name?: string;
  in?: string;
  required?: boolean;
  type?: string;
  format?: string;
  enum?: string[];
  items?: { enum?: string[] };
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  schema?: object;
  $ref?: string;
}
interface ModelOperation {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, { schema?: object }>;
}
interface Model {
  definitions: Record<string, Schema>;
  parameters?: Record<string, Parameter>;
  paths: Record<string, Record<string, ModelOperation>>;
}
interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  allOf?: Schema[];
  $ref?: string;
  [key: string]: unknown;
}
interface FoundOperation {
  file: string;
  model: Model;
  operation: ModelOperation;
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Amazon's OpenAPI (Swagger 2) models of a folder. `check` says what of an exchange does not agree with them: an
 * unknown operation, parameters that do not exist or have another form, a body or an answer outside the schema. Members
 * that a schema does not name are faults, too: the models allow them, but on our side they could only be a slip.
 */
export class AmazonModels {
  readonly #models: { file: string; model: Model }[];
  readonly #ajv: Ajv;

  constructor(folder: string) {
    this.#models = readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => ({ file, model: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Model }))
      .filter(({ model }) => model.paths !== undefined && model.definitions !== undefined);
    this.#ajv = new Ajv({
      strict: false,
      allErrors: true,
      formats: {
        'date-time': DATE_TIME,
        date: /^\d{4}-\d{2}-\d{2}$/,
        int32: true,
        int64: true,
        double: true,
        float: true,
      },
    });
    for (const { file, model } of this.#models)
      this.#ajv.addSchema({ $id: file, definitions: closed(model.definitions) });
  }

  check(exchange: Exchange): { operationId: string; faults: string[] } {
    const found = this.#find(exchange);
    if (!found) return { operationId: `${exchange.method} ${exchange.path}`, faults: ['no model has this operation'] };
    const { operation } = found;
    const answer = operation.responses[String(exchange.status)];
    const faults = [
      ...this.#parameterFaults(found, exchange),
      ...(answer
        ? this.#schemaFaults(found.file, answer.schema, exchange.responseBody, 'answer')
        : [`the model has no answer ${exchange.status}`]),
    ];
    return { operationId: operation.operationId, faults };
  }

  #find({ method, path }: Exchange): FoundOperation | null {
    for (const { file, model } of this.#models) {
      for (const [template, operations] of Object.entries(model.paths)) {
        const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
        const operation = operations[method.toLowerCase()];
        if (operation?.operationId !== undefined && pattern.test(path)) return { file, model, operation };
      }
    }
    return null;
  }

  #parameterFaults({ file, model, operation }: FoundOperation, exchange: Exchange): string[] {
    const parameters = (operation.parameters ?? []).map((parameter) =>
      parameter.$ref ? (model.parameters?.[parameter.$ref.split('/').at(-1) ?? ''] ?? parameter) : parameter,
    );
    const inQuery = parameters.filter((parameter) => parameter.in === 'query');
    const unknown = [...new Set(exchange.query.keys())]
      .filter((name) => !inQuery.some((parameter) => parameter.name === name))
      .map((name) => `request: no parameter ${name}`);
    const missing = inQuery
      .filter((parameter) => parameter.required && !exchange.query.has(parameter.name ?? ''))
      .map((parameter) => `request: ${parameter.name} is missing`);
    const misformed = inQuery.flatMap((parameter) =>
      exchange.query.getAll(parameter.name ?? '').flatMap((value) => valueFaults(parameter, value)),
    );
    const body = parameters.find((parameter) => parameter.in === 'body');
    return [
      ...unknown,
      ...missing,
      ...misformed,
      ...(body ? this.#schemaFaults(file, body.schema, exchange.requestBody, 'request') : []),
    ];
  }

  #schemaFaults(file: string, schema: object | undefined, value: unknown, side: string): string[] {
    if (!schema) return [];
    const validate = this.#ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', `"${file}#/definitions/`)) as object,
    );
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (error) =>
        `${side}${error.instancePath}: ${error.message ?? error.keyword}${error.keyword === 'additionalProperties' ? ` (${String(error.params['additionalProperty'])})` : ''}`,
    );
  }
}

function valueFaults(parameter: Parameter, text: string): string[] {
  const values = parameter.type === 'array' ? text.split(',') : [text];
  const allowed = parameter.enum ?? parameter.items?.enum;
  const fault = (what: string): string => `request: ${parameter.name} ${what}`;
  return [
    ...(parameter.maxItems !== undefined && values.length > parameter.maxItems
      ? [fault(`has more than ${parameter.maxItems} values`)]
      : []),
    ...values.filter((value) => allowed && !allowed.includes(value)).map((value) => fault(`cannot be ${value}`)),
    ...(parameter.format === 'date-time' && !DATE_TIME.test(text) ? [fault('is no date-time')] : []),
    ...(parameter.type === 'integer' && !/^\d+$/.test(text) ? [fault('is no whole number')] : []),
    ...(parameter.minimum !== undefined && Number(text) < parameter.minimum
      ? [fault(`is below ${parameter.minimum}`)]
      : []),
    ...(parameter.maximum !== undefined && Number(text) > parameter.maximum
      ? [fault(`is above ${parameter.maximum}`)]
      : []),
  ];
}

/** Objects allow no members beyond their properties, except where schemas are put together from several. */
function closed(definitions: Record<string, Schema>): Record<string, Schema> {
  const combined = new Set(
    Object.values(definitions).flatMap((schema) => (schema.allOf ?? []).map((part) => part.$ref?.split('/').at(-1))),
  );
  const close = (schema: Schema): Schema => {
    const copy = Object.fromEntries(
      Object.entries(schema).map(([key, value]) => [
        key,
        Array.isArray(value) || value === null || typeof value !== 'object' ? value : close(value as Schema),
      ]),
    ) as Schema;
    return schema.properties !== undefined &&
      typeof schema.properties === 'object' &&
      schema.allOf === undefined &&
      schema.additionalProperties === undefined
      ? { ...copy, additionalProperties: false }
      : copy;
  };
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      combined.has(name) || schema.allOf ? schema : close(schema),
    ]),
  );
}
