/**
 * What NetSuite answers instead of doing it: HTTP status and the `o:errorDetails` body.
 * Texts in quotation marks elsewhere are Oracle's own where the help pages give them; a text of ours is marked
 * as an assumption in docs/simulator-differences.md.
 */
export interface RefusalDetail {
  code: string;
  detail: string;
  path?: string;
  queryParam?: string;
  header?: string;
}

/**
 * Titles and types by status. `…#section-15.5.1` of a 400 is recorded (hotgluexyz/target-netsuite-v2,
 * `create_invalid_invoice_test`, 2025); the others are the sections of the same RFC. A 429 is printed by Oracle with the
 * older address and the title of a 400 (NSHELP bridgehead_1509974866).
 */
const RFC_9110 = 'https://www.rfc-editor.org/rfc/rfc9110.html#section-';
const KINDS: Record<number, { title: string; type: string }> = {
  400: { title: 'Bad Request', type: `${RFC_9110}15.5.1` },
  401: { title: 'Unauthorized', type: `${RFC_9110}15.5.2` },
  404: { title: 'Not Found', type: `${RFC_9110}15.5.5` },
  405: { title: 'Method Not Allowed', type: `${RFC_9110}15.5.6` },
  429: { title: 'Bad Request', type: 'https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html' },
  500: { title: 'Internal Server Error', type: `${RFC_9110}15.6.1` },
  501: { title: 'Not Implemented', type: `${RFC_9110}15.6.2` },
};

export class Refusal extends Error {
  readonly status: number;
  readonly title: string;
  readonly details: readonly RefusalDetail[];
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    details: RefusalDetail[],
    options: { title?: string; headers?: Record<string, string> } = {},
  ) {
    super(details[0]?.detail ?? '');
    this.status = status;
    this.title = options.title ?? KINDS[status]?.title ?? 'Error';
    this.details = details;
    this.headers = options.headers ?? {};
  }

  /** The body as it goes over the wire (NetSuite: NSHELP section_156570709583). */
  body(): { [key: string]: string | number | { [key: string]: string }[] } {
    return {
      type: KINDS[this.status]?.type ?? 'about:blank',
      title: this.title,
      status: this.status,
      'o:errorDetails': this.details.map(({ code, detail, path, queryParam, header }) => ({
        detail,
        'o:errorCode': code,
        ...(path === undefined ? {} : { 'o:errorPath': path }),
        ...(queryParam === undefined ? {} : { 'o:errorQueryParam': queryParam }),
        ...(header === undefined ? {} : { 'o:errorHeader': header }),
      })),
    };
  }
}

/** A business rule said no: 400 `USER_ERROR` with the sentence that the user interface would show. */
export function userError(sentence: string): Refusal {
  return new Refusal(400, [{ code: 'USER_ERROR', detail: `Error while accessing a resource. ${sentence}` }]);
}

export function missingValue(label: string): Refusal {
  return userError(`Please enter value(s) for: ${label}.`);
}

/** A value of another form than the field's (a public integration's log of a live account: code `INVALID_VALUE`). */
export function malformedValue(field: string, path: string): Refusal {
  return new Refusal(400, [
    {
      code: 'INVALID_VALUE',
      detail: `Invalid value for the resource or sub-resource field '${field}'. Provide a valid value.`,
      path,
    },
  ]);
}

/** A document without lines, and a transform that selects none (recorded: `create_invalid_invoice_test`). */
export function noLines(): Refusal {
  return userError('You must enter at least one line item for this transaction.');
}

/** Date and period do not go together, or the period takes no posting (Fyle's tests against a real account). */
export function outsidePeriod(): Refusal {
  return userError('The transaction date you specified is not within the date range of your accounting period.');
}

/** A value that names nothing usable, with the JSON path to it. */
export function invalidValue(value: string, field: string, path: string): Refusal {
  const detail = `Error while accessing resource: You have entered an Invalid Field Value ${value} for the following field: ${field}`;
  return new Refusal(400, [{ code: 'INVALID_CONTENT', detail, path }]);
}

/** How NetSuite speaks of a name that the record does not have (recorded: `create_journal_entry_2_test`). */
export function unknownField(path: string): string {
  return `Unknown field name ${path.slice(path.lastIndexOf('.') + 1)}. The field does not exist on this record instance.`;
}

export function unknownProperties(paths: string[]): Refusal {
  return new Refusal(
    400,
    paths.map((path) => ({ code: 'INVALID_CONTENT', detail: unknownField(path), path })),
  );
}

export function malformed(): Refusal {
  return new Refusal(400, [
    { code: 'INVALID_REQUEST', detail: 'The request could not be understood by the server due to malformed syntax.' },
  ]);
}

export function invalidParameter(detail: string, where: { queryParam?: string; header?: string } = {}): Refusal {
  return new Refusal(400, [{ code: 'INVALID_PARAMETER', detail, ...where }]);
}

export function invalidQuery(what: string): Refusal {
  return invalidParameter(
    `Invalid search query. Detailed unprocessed description follows. Search error occurred: ${what}`,
    { queryParam: 'q' },
  );
}

export function noSuchRecord(): Refusal {
  return new Refusal(404, [
    { code: 'NONEXISTENT_ID', detail: 'The record instance does not exist. Provide a valid record instance ID.' },
  ]);
}

export function invalidLogin(): Refusal {
  return new Refusal(401, [
    {
      code: 'INVALID_LOGIN',
      detail:
        'Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > Users/Roles > User Management > View Login Audit Trail.',
    },
  ]);
}

export function tooManyRequests(): Refusal {
  return new Refusal(429, [
    { code: 'CONCURRENCY_LIMIT_EXCEEDED', detail: 'Concurrent request limit exceeded. Request blocked.' },
  ]);
}

export function unexpectedError(errorId: string): Refusal {
  return new Refusal(500, [{ code: 'UNEXPECTED_ERROR', detail: `An unexpected error occurred. Error ID: ${errorId}` }]);
}

/** The real NetSuite has it, this simulator does not. */
export function notBuilt(what: string): Refusal {
  return new Refusal(501, [
    { code: 'SIMULATOR_NOT_BUILT', detail: `The NetSuite simulator does not have this: ${what}.` },
  ]);
}
