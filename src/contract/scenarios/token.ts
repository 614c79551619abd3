import { NotCovered } from '../errors.js';
import type { Sent } from '../model/exchange.js';
import type { ServerScenario } from '../model/rule.js';
import type { ServerSession } from '../model/session.js';
import { basic } from '../targets/credentials.js';

export interface TokenAnswers {
  right: Sent;
  wrong: Sent;
  unknown: Sent;
}

/** Asks the token endpoint with the right and with a wrong client secret, and as a client that nobody knows. */
export const token: ServerScenario<TokenAnswers> = {
  name: 'token',
  priority: 1,
  requests: 3,
  notOnMock: 'the mock issues no tokens',
  async play(session) {
    const { oauth } = session.target;
    if (!oauth) throw new NotCovered('no client credentials are given');
    const right = await ask(session, 'client credentials', oauth.clientSecret);
    const wrong = await ask(session, 'a wrong client secret', `wrong-${oauth.clientSecret.length}`);
    const unknown = await ask(
      session,
      'an unknown client',
      'secret-of-nobody',
      'client-that-was-never-issued',
    );
    return { right, wrong, unknown };
  },
};

function ask(session: ServerSession, name: string, secret: string, client?: string): Promise<Sent> {
  const { tokenUrl, clientId } = session.target.oauth ?? { tokenUrl: '', clientId: '' };
  return session.post(name, {
    method: 'POST',
    url: tokenUrl,
    headers: {
      authorization: basic(client ?? clientId, secret),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: 'grant_type=client_credentials',
  });
}
