import { networkError } from './network-errors.js';

/** Answers a request in process. */
export type Respond = (request: Request) => Promise<Response>;

/** The part of the standard `fetch` that a client needs. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The number of redirects that browsers and Node follow (Fetch standard, "HTTP-redirect fetch"). */
const MAX_REDIRECTS = 20;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const WITH_THE_BODY: ReadonlySet<string> = new Set(['content-type', 'content-length', 'content-encoding']);

/**
 * A `fetch` that reaches one origin, without a socket. It rejects as over a network: with the signal's reason if the
 * caller aborts the request, and with `TypeError: fetch failed` if no answer comes, or if a request or a followed
 * redirect goes to another origin.
 */
export function fetchOf(origin: string, respond: Respond): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const again = request.body && request.redirect === 'follow' ? request.clone() : undefined;
    const answer = await once(request, origin, respond);
    return follow(answer, again ?? request, origin, respond);
  };
}

async function follow(first: Response, sent: Request, origin: string, respond: Respond): Promise<Response> {
  let response = first;
  let request = sent;
  for (let count = 0; REDIRECTS.has(response.status); count += 1) {
    const location = response.headers.get('location');
    if (location === null || request.redirect === 'manual') break;
    if (request.redirect === 'error') throw networkError('ERR_REDIRECT', `Redirected to ${location}`);
    if (count === MAX_REDIRECTS) throw networkError('ERR_REDIRECT', 'Redirected more than 20 times');
    request = redirected(request, new URL(location, request.url), response.status);
    const again = request.body ? request.clone() : request;
    response = located(await once(request, origin, respond), request.url, true);
    request = again;
  }
  return response;
}

/** The request that follows a redirect. As in browsers, a POST may become a GET. */
function redirected(request: Request, target: URL, status: number): Request {
  const { method, signal } = request;
  const asGet = status === 303 ? method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST';
  if (!asGet) return new Request(target, request);
  const headers = [...request.headers].filter(([name]) => !WITH_THE_BODY.has(name));
  return new Request(target, { headers, signal, redirect: request.redirect });
}

async function once(request: Request, origin: string, respond: Respond): Promise<Response> {
  const { signal, url } = request;
  signal.throwIfAborted();
  if (new URL(url).origin !== origin) {
    const other = new URL(url).origin;
    throw networkError('ENOTFOUND', `The fake's fetch only reaches ${origin} (fake.url), not ${other}`);
  }
  return located(await untilAborted(respond(request), signal), url, false);
}

function untilAborted(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** A Response made by a program has no URL; one from `fetch` has one. */
function located(response: Response, url: string, redirected: boolean): Response {
  return Object.defineProperties(response, {
    url: { value: url, configurable: true },
    redirected: { value: redirected, configurable: true },
  });
}
