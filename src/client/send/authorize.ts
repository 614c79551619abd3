import type { TokenSource } from '../auth/token-source.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { abortable, deadline, until } from '../wait/abort.js';
import { checkedValue } from '../wire/headers.js';
import type { ApiRequest, Layer } from './request.js';
import { timeoutError } from './time-limit.js';

/**
 * Adds the client's token, and renews it once if the API refuses it (401). It refuses any request to a server other
 * than the client's: the client sends none, but a caller's middleware could make it try.
 * @param timeout milliseconds to wait for a token, unless the call sets its own
 */
export function authorize(tokens: TokenSource | undefined, baseUrl: string, timeout: number): Layer {
  const { origin } = new URL(baseUrl);
  return (next) => async (request) => {
    if (!request.url.startsWith(`${origin}/`)) throw otherServer(request, origin);
    if (request.ownAuthorization) return next(request);
    if (!tokens) {
      if (!request.operation.public) throw noToken(request);
      return next(request);
    }
    let token = '';
    const reauthorize = async () => {
      token = await tokenInTime(tokens, request, timeout);
      request.secrets.learn(token, ...(tokens.secrets?.() ?? []));
      setToken(request, token);
    };
    await reauthorize();
    const response = await next({ ...request, reauthorize });
    if (response.status !== 401 || !tokens.reject) return response;
    const refused = token;
    await abortable(Promise.resolve(tokens.reject(refused)), request.signal);
    await reauthorize();
    return token === refused ? response : next(request);
  };
}

function setToken({ headers }: ApiRequest, token: string): void {
  headers.set('authorization', `Bearer ${checkedValue('accessToken', token)}`);
}

/**
 * Waits for the source's token until the caller's signal aborts or the time is up. The source carries on for other
 * requests.
 */
async function tokenInTime(tokens: TokenSource, request: ApiRequest, standard: number): Promise<string> {
  const given = tokens.token();
  if (typeof given === 'string') return checkedToken(given);
  const limit = request.timeout ?? standard;
  const late = () => timeoutError(request, `got no token within ${limit} ms`);
  const { over, clear } = deadline(limit, late, request.signal);
  try {
    return checkedToken(await until(over, given));
  } finally {
    clear();
  }
}

/** An `auth` of the caller's own may return anything. */
function checkedToken(token: unknown): string {
  if (typeof token === 'string' && token !== '') return token;
  throw new ConfigurationError('auth: token() gave no token; it must return a non-empty string');
}

function noToken({ operation }: ApiRequest): ConfigurationError {
  return new ConfigurationError(
    `${operation.id} needs a token: set accessToken, or clientId and clientSecret (in the environment: EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET)`,
  );
}

function otherServer({ operation, url }: ApiRequest, origin: string): ConfigurationError {
  const other = URL.canParse(url) ? new URL(url).origin : 'an invalid URL';
  return new ConfigurationError(
    `${operation.id}: a request to ${other} was refused, since the client's token only goes to ${origin}; make another client for that server`,
  );
}
