import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { epochMsOf } from '../../domain/money/instant.ts';
import { NoAnswer, type HttpAnswer, type HttpExchange } from '../http/http-exchange.ts';
import { VendorClock } from '../http/vendor-clock.ts';
import { NetSuiteFailure } from './netsuite-failure.ts';

export interface AccessTokenOptions {
  /** Also the audience of the assertion: it must be the very text that NetSuite knows. */
  tokenUrl: string;
  clientId: string;
  /** Certificate ID of the mapping, the assertion's `kid`. */
  certificateId: string;
  /** PKCS#8 or SEC1; EC P-256/384/521 or RSA of 3072 bits or more. */
  privateKeyPem: string;
  exchange: HttpExchange;
  /** Epoch milliseconds in the real world: an assertion is signed by them until the token endpoint has told its own time. */
  now: () => number;
}

export interface AccessTokens {
  /** A valid token; callers that arrive together share one fetch. @throws NetSuiteFailure */
  current(): Promise<string>;
  /** Drops a token that NetSuite refused, unless a newer one is already here. */
  forget(token: string): void;
}

const ASSERTION_SECONDS = 300;
/** Renewed at four fifths of its life, so that none dies between here and NetSuite. */
const USABLE_SHARE = 0.8;
/** Signed by a clock that was further off, a refused assertion is worth another one; less cannot be why. */
const CLOCK_OFF_MS = 30_000;

/**
 * OAuth 2.0 client credentials with a signed assertion (NSHELP section_162755359851, section_162790605110): RS256 is
 * not accepted, `exp` lies less than 60 minutes after `iat`, there is no refresh token.
 */
export function createAccessTokens(options: AccessTokenOptions): AccessTokens {
  const key = createPrivateKey(options.privateKeyPem);
  const alg = algorithmFor(key);
  const clock = new VendorClock();
  const time = () => epochMsOf(clock.now() ?? '') || options.now();
  let held: { token: string; usableUntil: number } | null = null;
  let underWay: Promise<string> | null = null;

  const fetchToken = async (): Promise<string> => {
    const now = options.now();
    const ask = (at: number) =>
      requestToken({ ...options, exchange: clock.hearing(options.exchange) }, key, alg, Math.floor(at / 1000));
    const signedAt = time();
    const first = await ask(signedAt);
    const refused = first.status >= 400 && first.status < 500 && first.status !== 429;
    const { token, lifeMs } = readToken(
      refused && Math.abs(time() - signedAt) > CLOCK_OFF_MS ? await ask(time()) : first,
    );
    held = { token, usableUntil: now + lifeMs * USABLE_SHARE };
    return token;
  };
  return {
    async current() {
      if (held && options.now() < held.usableUntil) return held.token;
      underWay ??= fetchToken().finally(() => (underWay = null));
      return underWay;
    },
    forget(token) {
      if (held?.token === token) held = null;
    },
  };
}

/** @throws NetSuiteFailure `auth` for a key that NetSuite cannot accept. */
export function algorithmFor(key: KeyObject): string {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const byCurve: Record<string, string> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
  if (key.asymmetricKeyType === 'ec' && curve && byCurve[curve]) return byCurve[curve];
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType === 'rsa' && bits >= 3072) return 'PS256';
  throw new NetSuiteFailure({
    code: 'auth',
    where: 'private key',
    what: `${key.asymmetricKeyType} ${curve ?? `${bits} bits`} is not accepted: EC P-256, P-384, P-521 or RSA of 3072 or 4096 bits`,
  });
}

async function requestToken(
  options: AccessTokenOptions,
  key: KeyObject,
  alg: string,
  nowSeconds: number,
): Promise<HttpAnswer> {
  const assertion = await new SignJWT({ scope: ['rest_webservices'] })
    .setProtectedHeader({ alg, kid: options.certificateId, typ: 'JWT' })
    .setIssuer(options.clientId)
    .setAudience(options.tokenUrl)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + ASSERTION_SECONDS)
    .sign(key);
  try {
    return await options.exchange({
      method: 'POST',
      url: options.tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }).toString(),
    });
  } catch (error) {
    if (error instanceof NoAnswer)
      throw new NetSuiteFailure({ code: 'unavailable', where: 'token', what: error.message }, error);
    throw error;
  }
}

function readToken({ status, text }: HttpAnswer): { token: string; lifeMs: number } {
  const where = 'token';
  if (status === 429) throw new NetSuiteFailure({ code: 'throttled', where, what: 'too many requests', status });
  if (status >= 500) throw new NetSuiteFailure({ code: 'unavailable', where, what: `HTTP ${status}`, status });
  const body = readObject(text);
  if (status >= 400) {
    throw new NetSuiteFailure({
      code: 'auth',
      where,
      what: `credentials refused: ${textOf(body, 'error_description') ?? textOf(body, 'error') ?? refusal(body) ?? `HTTP ${status}`}`,
      status,
    });
  }
  const token = textOf(body, 'access_token');
  if (!token)
    throw new NetSuiteFailure({ code: 'unavailable', where, what: 'the answer holds no access token', status });
  const seconds = Number(body?.['expires_in']);
  return { token, lifeMs: (Number.isFinite(seconds) && seconds > 0 ? seconds : 3600) * 1000 };
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function textOf(body: Record<string, unknown> | null, name: string): string | null {
  const value = body?.[name];
  return typeof value === 'string' && value ? value : null;
}

/** First detail of NetSuite's own error form, which the token endpoint may use as well. */
function refusal(body: Record<string, unknown> | null): string | null {
  const details = body?.['o:errorDetails'];
  const first: unknown = Array.isArray(details) ? details[0] : null;
  return typeof first === 'object' && first !== null && 'detail' in first && typeof first.detail === 'string'
    ? first.detail
    : null;
}
