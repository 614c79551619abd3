import type { paths } from '../../../generated/schema.js';
import type { ParseAs } from '../openapi-fetch.js';
import type { OperationRow } from '../resource/operation-row.js';
import { operations } from '../resource/resources.js';
import type { Reading } from '../send/request.js';
import { realResponse } from '../send/response.js';
import type { Api } from './api.js';
import { type CheckedInit, checkApiInit } from './check-init.js';
import type { Fetched } from './fetch-init.js';
import { type Fetcher, jsonIn } from './fetcher.js';
import { splitTarget } from './target.js';

/** A result as openapi-fetch's client returns it: `data` of a success, else `error`; and the response. */
interface Result {
  data?: unknown;
  error?: unknown;
  response: Response;
}

const VERBS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/** Makes `ev.api`, the client's openapi-fetch. */
export function createApi(fetcher: Fetcher): Api<paths> {
  const request = (verb: string, target: string, given?: object) => call(fetcher, verb, target, given);
  const verbs = VERBS.map((verb) => [verb, (target: string, given?: object) => request(verb, target, given)]);
  const api = {
    ...Object.fromEntries(verbs),
    request,
    use: fetcher.use.bind(fetcher),
    eject: fetcher.eject.bind(fetcher),
  };
  // The types say of each path what the document says; there is no way to check that here.
  return api as Api<paths>;
}

async function call(
  fetcher: Fetcher,
  verb: string,
  target: string,
  given: object | undefined,
): Promise<Result> {
  const { method, init } = checkApiInit(verb, given);
  const { path, search } = splitTarget(target, fetcher.servers, init);
  const operation = documented(method, path) ?? undocumented(method, path);
  const { params, parseAs } = init;
  const fetched = await fetcher.fetch({
    operation,
    path: params.path,
    query: search ?? params.query,
    headers: params.header,
    body: init.body,
    options: init.options,
    reading: READING[parseAs],
    // We parse JSON bodies ourselves, so that a body that isn't JSON gets a clear error.
    parseAs: parseAs === 'json' ? 'stream' : parseAs,
    own: init.own,
  });
  return resultOf(fetched, init);
}

const READING: Readonly<Record<ParseAs, Reading>> = {
  json: 'text',
  text: 'text',
  blob: 'blob',
  arrayBuffer: 'blob',
  stream: 'nothing',
};

function documented(method: string, path: string): OperationRow | undefined {
  return operations.find((row) => row.path === path && row.method === method);
}

/** An operation that the document lacks. It counts as public: the server knows whether it needs a token. */
function undocumented(method: string, path: string): OperationRow {
  return { id: `${method} ${path}`, method, path, public: true };
}

async function resultOf(fetched: Fetched, { parseAs }: CheckedInit): Promise<Result> {
  const { data, error, response } = fetched;
  const handedOut = realResponse(response);
  if (!response.ok) return { error: error || emptyProblem(handedOut), response: handedOut };
  if (parseAs !== 'json') return { data, response: handedOut };
  const text = await response.text();
  return { data: text === '' ? undefined : jsonIn(fetched, text), response: handedOut };
}

/** Problem details (RFC 9457, 4.2.1) for an error without a body, so that `error` is set whenever a call fails. */
function emptyProblem({ status, statusText }: Response): object {
  return { type: 'about:blank', title: statusText || `HTTP status ${status}`, status };
}
