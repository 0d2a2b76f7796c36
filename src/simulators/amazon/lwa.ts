import type { Answer } from './answers.ts';
import type { AmazonState } from './state.ts';

export interface Credentials {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

const SCOPES = ['sellingpartnerapi::notifications', 'sellingpartnerapi::client_credential:rotation'];

/** POST /auth/o2/token (Login with Amazon): form or JSON body; grants refresh_token and client_credentials. */
export function lwaToken(state: AmazonState, credentials: Credentials, body: Record<string, string>): Answer {
  const refuse = (status: number, error: string, description: string): Answer => ({
    status,
    body: { error, error_description: description },
  });
  const { grant_type: grant, client_id: id, client_secret: secret } = body;
  if (!grant) return refuse(400, 'invalid_request', 'The request is missing a required parameter : grant_type');
  if (grant !== 'refresh_token' && grant !== 'client_credentials')
    return refuse(
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server',
    );
  if (id !== credentials.clientId || secret !== credentials.clientSecret)
    return refuse(401, 'invalid_client', 'Client authentication failed');
  if (grant === 'client_credentials') {
    if (!SCOPES.includes(body['scope'] ?? ''))
      return refuse(
        400,
        'invalid_scope',
        'The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner',
      );
    return { status: 200, body: { access_token: state.issueToken(), token_type: 'bearer', expires_in: 3600 } };
  }
  if (!body['refresh_token'])
    return refuse(400, 'invalid_request', 'The request is missing a required parameter : refresh_token');
  if (body['refresh_token'] !== credentials.refreshToken)
    return refuse(
      400,
      'invalid_grant',
      "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.",
    );
  return {
    status: 200,
    body: {
      access_token: state.issueToken(),
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: credentials.refreshToken,
    },
  };
}
