/**
 * What NetSuite answers instead of doing it: HTTP status and the `o:errorDetails` body.
 * Texts in quotation marks elsewhere are Oracle's own where the help pages give them; a text of ours is marked
 * as an assumption in docs/simulator-differences.md.
 */
export interface RefusalDetail { code: string; detail: string; path?: string; queryParam?: string; header?: string }

const SECTIONS: Record<number, { title: string; section: string }> = {
  400: { title: 'Bad Request', section: '#sec10.4.1' },
  401: { title: 'Unauthorized', section: '' },
  404: { title: 'Not Found', section: '#sec10.4.5' },
  405: { title: 'Method Not Allowed', section: '#sec10.4.6' },
  429: { title: 'Bad Request', section: '' },
  500: { title: 'Internal Server Error', section: '#sec10.5.1' },
  501: { title: 'Not Implemented', section: '#sec10.5.2' },
};

export class Refusal extends Error {
  readonly status: number;
  readonly title: string;
  readonly details: readonly RefusalDetail[];
  readonly headers: Record<string, string>;

  constructor(status: number, details: RefusalDetail[], options: { title?: string; headers?: Record<string, string> } = {}) {
    super(details[0]?.detail ?? '');
    this.status = status;
    this.title = options.title ?? SECTIONS[status]?.title ?? 'Error';
    this.details = details;
    this.headers = options.headers ?? {};
  }

  /** The body as it goes over the wire (NetSuite: NSHELP section_156570709583). */
  body(): { [key: string]: string | number | { [key: string]: string }[] } {
    return {
      type: `https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html${SECTIONS[this.status]?.section ?? ''}`,
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

/** A value that names nothing usable, with the JSON path to it. */
export function invalidValue(value: string, field: string, path: string): Refusal {
  const detail = `Error while accessing resource: You have entered an Invalid Field Value ${value} for the following field: ${field}`;
  return new Refusal(400, [{ code: 'INVALID_CONTENT', detail, path }]);
}

export function unknownProperties(paths: string[], record: string): Refusal {
  return new Refusal(400, paths.map((path) => ({
    code: 'INVALID_CONTENT', detail: `Unknown reference or field '${path}' in record ${record}.`, path,
  })));
}

export function malformed(): Refusal {
  return new Refusal(400, [{ code: 'INVALID_REQUEST', detail: 'The request could not be understood by the server due to malformed syntax.' }]);
}

export function invalidParameter(detail: string, where: { queryParam?: string; header?: string } = {}): Refusal {
  return new Refusal(400, [{ code: 'INVALID_PARAMETER', detail, ...where }]);
}

export function invalidQuery(what: string): Refusal {
  return invalidParameter(`Invalid search query. Detailed unprocessed description follows. Search error occurred: ${what}`);
}

export function noSuchRecord(): Refusal {
  return new Refusal(404, [{ code: 'NONEXISTENT_ID', detail: 'The record instance does not exist. Provide a valid record instance ID.' }]);
}

export function invalidLogin(): Refusal {
  return new Refusal(401, [{
    code: 'INVALID_LOGIN',
    detail: 'Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > Users/Roles > User Management > View Login Audit Trail.',
  }]);
}

export function tooManyRequests(): Refusal {
  return new Refusal(429, [{ code: 'CONCURRENCY_LIMIT_EXCEEDED', detail: 'Concurrent request limit exceeded. Request blocked.' }]);
}

export function unexpectedError(errorId: string): Refusal {
  return new Refusal(500, [{ code: 'UNEXPECTED_ERROR', detail: `An unexpected error occurred. Error ID: ${errorId}` }]);
}

/** The real NetSuite has it, this simulator does not. */
export function notBuilt(what: string): Refusal {
  return new Refusal(501, [{ code: 'SIMULATOR_NOT_BUILT', detail: `The NetSuite simulator does not have this: ${what}.` }]);
}
