import { NotCovered } from '../errors.js';
import { tryAgain } from '../exchange/rate-limit.js';
import type { Sent, WireRequest } from '../model/exchange.js';
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
    const own = { client: oauth.clientId, secret: oauth.clientSecret };
    // The run's token came from here: an endpoint that is away by now is down.
    const right = await ask(session, 'client credentials', own, 'the endpoint for tokens');
    const wrong = await ask(session, 'a wrong client secret', {
      ...own,
      secret: `wrong-${oauth.clientSecret.length}`,
    });
    const nobody = { client: 'client-that-was-never-issued', secret: 'secret-of-nobody' };
    const unknown = await ask(session, 'an unknown client', nobody);
    return { right, wrong, unknown };
  },
};

/** @throws NotCovered if the endpoint wants to be asked less often, as it may. */
async function ask(
  session: ServerSession,
  name: string,
  { client, secret }: { client: string; secret: string },
  needed?: string,
): Promise<Sent> {
  const { tokenUrl = '' } = session.target.oauth ?? {};
  const form = { grant_type: 'client_credentials' };
  const sent = await session.post(name, formRequest(tokenUrl, form, basic(client, secret)), needed);
  const { response } = sent;
  if (response.status === 429)
    throw new NotCovered(`the endpoint for tokens takes no more requests (429): ${tryAgain(response)}`);
  return sent;
}

/** Sends a form to an OAuth endpoint, as the target's own client. */
export function postForm(
  session: ServerSession,
  name: string,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<Sent> {
  const { clientId = '', clientSecret = '' } = session.target.oauth ?? {};
  return session.post(name, formRequest(url, form, basic(clientId, clientSecret)));
}

function formRequest(
  url: string,
  form: Readonly<Record<string, string>>,
  authorization: string,
): WireRequest {
  return {
    method: 'POST',
    url,
    headers: {
      authorization,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams(form).toString(),
  };
}
