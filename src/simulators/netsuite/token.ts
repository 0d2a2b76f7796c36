/** OAuth 2.0 client credentials (NetSuite: NSHELP section_162755359851, section_162790605110): assertions in, tokens out. */
import { constants, createPublicKey, randomBytes, verify, type KeyObject } from 'node:crypto';
import { isFields } from './json.ts';
import { invalidLogin, malformed } from './refusal.ts';

export interface TokenDeskOptions {
  tokenUrl: string;
  clientId: string;
  /** Public keys or certificates (PEM) by certificate id. */
  certificates: ReadonlyMap<string, string>;
  /** Epoch milliseconds in the real world, not on the demo clock. */
  realNow: () => number;
}

const LIFE_SECONDS = 3600;
const ALGORITHMS: Record<string, { hash: string; pss: boolean; salt: number }> = {
  ES256: { hash: 'sha256', pss: false, salt: 0 },
  ES384: { hash: 'sha384', pss: false, salt: 0 },
  ES512: { hash: 'sha512', pss: false, salt: 0 },
  PS256: { hash: 'sha256', pss: true, salt: 32 },
  PS384: { hash: 'sha384', pss: true, salt: 48 },
  PS512: { hash: 'sha512', pss: true, salt: 64 },
};

export class TokenDesk {
  readonly #options: TokenDeskOptions;
  readonly #keys: Map<string, KeyObject>;
  /** When each token ends, epoch milliseconds. */
  readonly #tokens = new Map<string, number>();

  constructor(options: TokenDeskOptions) {
    this.#options = options;
    this.#keys = new Map([...options.certificates].map(([id, pem]) => [id, createPublicKey(pem)]));
  }

  /** Answers the form of a token request; throws 400 for a form that is none, 401 for an assertion that does not hold. */
  issue(form: URLSearchParams): { access_token: string; expires_in: number; token_type: string } {
    const assertion = form.get('client_assertion');
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    if (
      form.get('grant_type') !== 'client_credentials' ||
      form.get('client_assertion_type') !== type ||
      assertion === null
    )
      throw malformed();
    if (!this.#holds(assertion)) throw invalidLogin();
    const token = randomBytes(32).toString('base64url');
    this.#tokens.set(token, this.#options.realNow() + LIFE_SECONDS * 1000);
    return { access_token: token, expires_in: LIFE_SECONDS, token_type: 'bearer' };
  }

  /** Throws 401 unless the header carries a living token. */
  check(authorization: string | undefined): void {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    const ends = token === undefined ? undefined : this.#tokens.get(token);
    if (ends === undefined || ends <= this.#options.realNow()) throw invalidLogin();
  }

  /** Ends all tokens, as a revoked certificate or a restart would. */
  revokeAll(): void {
    this.#tokens.clear();
  }

  #holds(assertion: string): boolean {
    const [head = '', body = '', signature = ''] = assertion.split('.');
    const header = decode(head);
    const payload = decode(body);
    const algorithm = ALGORITHMS[String(header['alg'])];
    const key = this.#keys.get(String(header['kid']));
    if (!algorithm || !key || header['typ'] !== 'JWT') return false;
    return this.#isFresh(payload) && this.#isOurs(payload) && isSigned(`${head}.${body}`, signature, key, algorithm);
  }

  #isOurs(payload: Record<string, unknown>): boolean {
    const scope = payload['scope'];
    const scopes = Array.isArray(scope) ? scope : String(scope).split(/[ ,]+/);
    return (
      payload['iss'] === this.#options.clientId &&
      payload['aud'] === this.#options.tokenUrl &&
      scopes.includes('rest_webservices')
    );
  }

  /** Oracle's page says less than 60 minutes after `iat`; its own sample and the public SDKs sign exactly 60, and are let in. */
  #isFresh(payload: Record<string, unknown>): boolean {
    const { iat, exp } = payload;
    const now = this.#options.realNow() / 1000;
    return (
      typeof iat === 'number' && typeof exp === 'number' && exp > now && iat <= now + 60 && exp - iat <= LIFE_SECONDS
    );
  }
}

function isSigned(
  data: string,
  signature: string,
  key: KeyObject,
  algorithm: { hash: string; pss: boolean; salt: number },
): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  const fits = algorithm.pss ? key.asymmetricKeyType === 'rsa' && bits >= 3072 : key.asymmetricKeyType === 'ec';
  if (!fits) return false;
  const verifier = algorithm.pss
    ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.salt }
    : { key, dsaEncoding: 'ieee-p1363' as const };
  return verify(algorithm.hash, Buffer.from(data), verifier, Buffer.from(signature, 'base64url'));
}

function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}
