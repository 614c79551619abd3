import type { FakeResponse } from '../http/exchange.js';

const HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

/** An error that an OAuth endpoint answers with (RFC 6749, section 5.2). */
export class OAuthProblem extends Error {
  override readonly name = 'OAuthProblem';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }

  response(): FakeResponse {
    return oauthFailure(this.status, this.code, this.message);
  }
}

export function oauthFailure(status: number, error: string, description: string): FakeResponse {
  const challenge = status === 401 ? { 'WWW-Authenticate': 'Basic realm="oauth"' } : {};
  return { status, headers: { ...HEADERS, ...challenge }, body: { error, error_description: description } };
}

/** Answers with what `go` returns, or with the error that it throws. */
export async function respond(go: () => Promise<object>): Promise<FakeResponse> {
  try {
    return { status: 200, headers: { ...HEADERS }, body: await go() };
  } catch (error) {
    if (!(error instanceof OAuthProblem)) throw error;
    return error.response();
  }
}
