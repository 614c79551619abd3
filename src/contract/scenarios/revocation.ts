import { isObject } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import type { Sent } from '../model/exchange.js';
import type { ServerScenario } from '../model/rule.js';
import type { ServerSession } from '../model/session.js';
import { readable } from './asides.js';
import { postForm } from './token.js';

/** A token issued for this purpose is used, revoked, and used again. */
export interface Revocation {
  revoked: Sent;
  after: Sent;
}

/**
 * Requests a token, revokes it, and tries it. Only on our own server, so that no other server loses a token to a check.
 */
export const revocation: ServerScenario<Revocation> = {
  name: 'revocation',
  priority: 4,
  requests: ({ own }) => (own ? 4 : 0),
  notOnMock: 'the mock issues no tokens',
  async play(session) {
    const { oauth, own, tokens } = session.target;
    if (!own) throw new NotApplicable('no token of this server is revoked');
    if (oauth?.revocationUrl === undefined)
      throw new NotApplicable('the document names no place where tokens are revoked');
    const plain = await readable(session);
    if (plain.operation.public || tokens.token === undefined)
      throw new NotApplicable('nothing needs a token that can be read without knowing an id');
    const issued = await postForm(session, 'a token to revoke', oauth.tokenUrl, {
      grant_type: 'client_credentials',
    });
    const token = isObject(issued.json?.value) ? issued.json.value.access_token : undefined;
    if (typeof token !== 'string') throw new NotCovered('no token was issued that could be revoked');
    const before = await read(session, plain, token, 'with the token that will be revoked');
    if (before.response.status !== plain.response.status)
      throw new NotCovered('the token was not good before it was revoked');
    const revoked = await postForm(session, 'revoking the token', oauth.revocationUrl, {
      token,
      token_type_hint: 'access_token',
    });
    return { revoked, after: await read(session, plain, token, 'with the revoked token') };
  },
};

function read(session: ServerSession, { request }: Sent, token: string, name: string): Promise<Sent> {
  return session.post(name, {
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${token}` },
  });
}
