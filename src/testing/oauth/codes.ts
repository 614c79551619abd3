import { base64url } from './base64.js';
import { scopesFor } from './clients.js';
import { OAuthProblem } from './errors.js';
import type { Clients, Grant, Tokens } from './grant.js';
import { secret } from './tokens.js';

/** Milliseconds for which a code can be exchanged. */
const LIFETIME = 60_000;

/** The parameters of an authorization request (RFC 6749, section 4.1.1, with RFC 7636). */
export interface AuthorizationRequest {
  clientId: string;
  /** Where the code is sent; the exchange must name the same. */
  redirectUri: string;
  /** Scopes, separated by spaces. Default: all that the client has. */
  scope?: string | undefined;
  /** Base64url of the SHA-256 of the code verifier. */
  codeChallenge?: string | undefined;
}

interface Code {
  grant: Grant;
  redirectUri: string;
  challenge: string | undefined;
  expiresAt: number;
  used: boolean;
}

/** Issues authorization codes and redeems them. */
export class Codes {
  readonly #codes = new Map<string, Code>();
  readonly #clients: Clients;
  readonly #tokens: Tokens;
  readonly #now: () => number;
  readonly #userId: string | undefined;

  /** @param userId the user who consents to every request. */
  constructor(clients: Clients, tokens: Tokens, userId: string | undefined, now: () => number) {
    this.#clients = clients;
    this.#tokens = tokens;
    this.#userId = userId;
    this.#now = now;
  }

  issue({ clientId, redirectUri, scope, codeChallenge }: AuthorizationRequest): string {
    const client = this.#clients.withRedirect(clientId, redirectUri);
    if (client.secret === undefined && !codeChallenge) {
      throw new OAuthProblem(400, 'invalid_request', 'A public client must send a code_challenge');
    }
    const code = secret('code');
    const user = this.#userId === undefined ? {} : { userId: this.#userId };
    this.#codes.set(code, {
      grant: { clientId, scopes: scopesFor(client.scopes, scope), ...user },
      redirectUri,
      challenge: codeChallenge,
      expiresAt: this.#now() + LIFETIME,
      used: false,
    });
    return code;
  }

  /**
   * Redeems a code; returns what it was issued for.
   *
   * @param form of the token request.
   * @throws OAuthProblem `invalid_grant` for a code that is unknown, expired, already used, or another client's.
   */
  async redeem(clientId: string, form: URLSearchParams): Promise<{ grant: Grant; code: string }> {
    const name = form.get('code') ?? '';
    const code = this.#codes.get(name);
    if (code?.grant.clientId !== clientId) throw invalid('The code is unknown');
    if (code.used) {
      // A code that is used twice was stolen (RFC 6749, section 4.1.2).
      this.#tokens.revokeFamily(name);
      throw invalid('The code was used before');
    }
    if (code.expiresAt <= this.#now()) throw invalid('The code has expired');
    if (code.redirectUri !== form.get('redirect_uri')) throw invalid('redirect_uri is not that of the code');
    // Mark it as used now: a second request may come while the digest is computed.
    code.used = true;
    const verifier = form.get('code_verifier') ?? '';
    if (code.challenge !== undefined && code.challenge !== (await challengeOf(verifier))) {
      code.used = false;
      throw invalid('The code_verifier is not that of the code_challenge');
    }
    return { grant: code.grant, code: name };
  }
}

const invalid = (why: string) => new OAuthProblem(400, 'invalid_grant', why);

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}
