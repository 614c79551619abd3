import type { Operation } from '../../document/index.js';
import { CutShort, NotApplicable, NotCovered } from '../errors.js';
import type { Exchange, Sent } from '../model/exchange.js';
import type { ServerScenario } from '../model/rule.js';
import type { ServerSession } from '../model/session.js';
import { whyNotCalled } from '../operation/callable.js';
import { wholePage } from '../probe/make-probe.js';

/** A reading, and the answers to the same request in ways that no document mentions. */
export interface Asides {
  plain: Exchange;
  head: Sent;
  /** Undefined if TRACE can't be sent, because there is no connection. */
  trace: Sent | undefined;
  /** With the token only in the query; undefined if that isn't tried. */
  query: Sent | undefined;
}

/** Calls an operation with HEAD and with TRACE; on our own server also with the token in the query. */
export const asides: ServerScenario<Asides> = {
  name: 'asides',
  priority: 5,
  requests: ({ own, fetch }) => 2 + Number(own) + Number(fetch === undefined),
  notOnMock: 'the mock answers this with a problem of its own',
  async play(session) {
    const { target } = session;
    const plain = await readable(session);
    const { url, headers } = plain.request;
    const head = await session.post('by HEAD', { method: 'HEAD', url, headers });
    // `fetch` refuses to send TRACE, and a server in process has no other way.
    const trace = target.fetch
      ? undefined
      : await session.post('by TRACE', { method: 'TRACE', url, headers });
    const { authorization, ...others } = headers;
    const token = target.tokens.token;
    if (!target.own || plain.operation.public || authorization === undefined || token === undefined)
      return { plain, head, trace, query: undefined };
    const asked = new URL(url);
    asked.searchParams.set('access_token', token);
    const request = { method: 'GET', url: asked.href, headers: others };
    return { plain, head, trace, query: await session.post('with the token in the query', request) };
  },
};

/** The answer of the first readable operation; those that need a token are tried before public ones. */
export async function readable(session: ServerSession): Promise<Exchange> {
  const { contract, target } = session;
  const reads = contract.operations.filter(
    (operation) => operation.method === 'GET' && whyNotCalled(operation, target) === undefined,
  );
  for (const operation of [...reads].sort((a, b) => Number(a.public) - Number(b.public))) {
    if (needsValues(operation)) continue;
    const exchange = await ask(operation, session);
    if (exchange?.response.status === 200) return exchange;
  }
  throw new NotApplicable('nothing can be read without knowing an id');
}

function needsValues({ parameters }: Operation): boolean {
  return parameters.some(({ required }) => required);
}

async function ask(operation: Operation, session: ServerSession): Promise<Exchange | undefined> {
  try {
    return await session.get(await session.probe(operation, wholePage(operation)));
  } catch (error) {
    if (error instanceof NotCovered && !(error instanceof CutShort)) return undefined;
    throw error;
  }
}
