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

/** Calls the token endpoint with the right client secret, with a wrong one, and as an unknown client. */
export const token: ServerScenario<TokenAnswers> = {
  name: 'token',
  priority: 1,
  requests: ({ oauth }) => (oauth ? 3 : 0),
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
  const { tokenUrl = '', clientId = '' } = session.target.oauth ?? {};
  const form = { grant_type: 'client_credentials' };
  return postForm(session, name, tokenUrl, form, basic(client ?? clientId, secret));
}

/** Sends a form to an OAuth endpoint, as the target's own client or as another one. */
export function postForm(
  session: ServerSession,
  name: string,
  url: string,
  form: Readonly<Record<string, string>>,
  authorization?: string,
): Promise<Sent> {
  const { clientId = '', clientSecret = '' } = session.target.oauth ?? {};
  return session.post(name, {
    method: 'POST',
    url,
    headers: {
      authorization: authorization ?? basic(clientId, clientSecret),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams(form).toString(),
  });
}
