/** What an operation answers; a `Buffer` goes out as it is, everything else as JSON. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: object | Buffer | null;
}

/**
 * A refusal in SP-API's form `{errors: [{code, message, details}]}`.
 * Codes: 400 InvalidInput, 403 Unauthorized, 404 NotFound, 429 QuotaExceeded, 500 InternalFailure, 503 ServiceUnavailable.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: string;

  constructor(status: number, code: string, message: string, details = '') {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  answer(): Answer {
    return {
      status: this.status,
      body: { errors: [{ code: this.code, message: this.message, details: this.details }] },
    };
  }
}

export function invalid(message: string): Refusal {
  return new Refusal(400, 'InvalidInput', message);
}

export function notFound(message: string): Refusal {
  return new Refusal(404, 'NotFound', message);
}

export const quotaExceeded = new Refusal(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');

/** 403 with one of Amazon's details: missing and expired tokens are 403, never 401; a missing role has no details. */
export function denied(details: string): Refusal {
  return new Refusal(403, 'Unauthorized', 'Access to requested resource is denied.', details);
}
