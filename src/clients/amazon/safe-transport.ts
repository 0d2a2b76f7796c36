/**
 * The transport beneath `amazon-sp-api`. The package keeps what it is good at (operation tables, encoding of paths and
 * queries, tokens); its own HTTP layer, with the faults that docs/adr/0003-amazon-client.md lists, is never reached.
 */
import { SellingPartner } from 'amazon-sp-api';
import { NoAnswer, USER_AGENT, type HttpAnswer, type HttpExchange, type HttpRequest } from '../http/http-exchange.ts';
import type { VendorClock } from '../http/vendor-clock.ts';
import { AmazonFailure } from './amazon-failure.ts';

export interface SafePartnerOptions {
  region: 'na' | 'eu' | 'fe';
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** Origin that stands for the region's, e.g. a simulator on loopback. */
  endpoint?: string;
  /** Address of the token service; beside an `endpoint` its `/auth/o2/token`. */
  lwaUrl?: string;
  exchange: HttpExchange;
  /** Hears the date of every answer but the token service's, which is another server. */
  clock: VendorClock;
}

/** What the package hands to its executor, and expects back. */
interface PackageRequest {
  method: HttpRequest['method'];
  url: string;
  body?: string | null;
  headers: Record<string, string>;
}
interface PackageParameters {
  operation?: string;
  api_path?: string;
  restore_rate?: number;
}
export interface PackageAnswer {
  body: string;
  statusCode: number;
  headers: HttpAnswer['headers'];
  /** Seconds in which the quota for one call refills, from the package's table of operations. */
  restoreSeconds: number | null;
  /** The access token that the call carried. */
  token: string | null;
}
interface PackageInsides {
  _request?: { execute(request: PackageRequest, parameters?: PackageParameters): Promise<PackageAnswer> };
}

const TOKEN_HOST = 'api.amazon.com';
/** Set by the HTTP layer for the address that is really called. */
const OWN_HEADERS = new Set(['host', 'content-length', 'connection']);

/** The package's class, with its executor replaced and its token fetched once however many ask. */
export function createSafePartner(options: SafePartnerOptions): SellingPartner {
  const partner = new SellingPartner({
    region: options.region,
    refresh_token: options.refreshToken,
    credentials: {
      SELLING_PARTNER_APP_CLIENT_ID: options.clientId,
      SELLING_PARTNER_APP_CLIENT_SECRET: options.clientSecret,
    },
    options: {
      user_agent: USER_AGENT,
      auto_request_throttled: false,
      retry_remote_timeout: false,
      version_fallback: false,
    },
  });
  const insides = partner as unknown as PackageInsides;
  if (insides._request === undefined || typeof insides._request.execute !== 'function')
    throw new Error('bug: this version of amazon-sp-api has no executor to replace');
  insides._request.execute = (request, parameters = {}) => execute(options, request, parameters);
  shareRefresh(partner);
  return partner;
}

/** Without this, n calls that start together would fetch n tokens. */
function shareRefresh(partner: SellingPartner): void {
  const refresh = partner.refreshAccessToken.bind(partner);
  let underWay: Promise<void> | null = null;
  partner.refreshAccessToken = (scope) => {
    if (scope) return refresh(scope);
    underWay ??= refresh().finally(() => (underWay = null));
    return underWay;
  };
}

async function execute(
  options: SafePartnerOptions,
  request: PackageRequest,
  parameters: PackageParameters,
): Promise<PackageAnswer> {
  const url = new URL(request.url);
  const isToken = url.host === TOKEN_HOST;
  const where = isToken ? 'token' : (parameters.operation ?? parameters.api_path ?? url.pathname);
  const target = isToken
    ? tokenAddress(options, url)
    : options.endpoint
      ? new URL(url.pathname + url.search, options.endpoint).href
      : url.href;
  const answer = await exchangeOrFail(isToken ? options.exchange : options.clock.hearing(options.exchange), where, {
    method: request.method,
    url: target,
    headers: Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase())),
    ),
    ...(request.body ? { body: request.body } : {}),
  });
  if (isToken) requireToken(answer);
  return {
    body: answer.text,
    statusCode: answer.status,
    headers: answer.headers,
    restoreSeconds: parameters.restore_rate ?? null,
    token: request.headers['x-amz-access-token'] ?? null,
  };
}

function tokenAddress({ endpoint, lwaUrl }: SafePartnerOptions, url: URL): string {
  return lwaUrl ?? (endpoint ? new URL(url.pathname, endpoint).href : url.href);
}

async function exchangeOrFail(exchange: HttpExchange, where: string, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await exchange(request);
  } catch (error) {
    if (error instanceof NoAnswer) throw new AmazonFailure({ code: 'unavailable', where, what: error.message }, error);
    throw error;
  }
}

/** The package would put the whole body of a strange answer, secrets included, into its error. */
function requireToken({ status, text }: HttpAnswer): void {
  const where = 'token';
  if (status === 429) throw new AmazonFailure({ code: 'throttled', where, what: 'too many requests', status });
  if (status >= 500) throw new AmazonFailure({ code: 'unavailable', where, what: `HTTP ${status}`, status });
  let body: { access_token?: unknown; error?: unknown; error_description?: unknown };
  try {
    body = { ...(JSON.parse(text) as object) };
  } catch (error) {
    throw new AmazonFailure(
      { code: 'unavailable', where, what: `HTTP ${status} with an unreadable answer`, status },
      error,
    );
  }
  if (status >= 400 || body.error) {
    const reason = [body.error, body.error_description].filter((part) => typeof part === 'string').join(': ');
    throw new AmazonFailure({
      code: 'auth',
      where,
      what: `credentials refused: ${reason || `HTTP ${status}`}`,
      status,
    });
  }
  if (typeof body.access_token !== 'string')
    throw new AmazonFailure({ code: 'unavailable', where, what: 'the answer holds no access token', status });
}
