import { isObject, type Operation, parseJson } from '../../../document/index.js';
import { NotApplicable, NotCovered } from '../../errors.js';
import { addressField, type Item, lastSegment } from '../../exchange/items.js';
import type { Exchange } from '../../model/exchange.js';
import type { Scenario } from '../../model/rule.js';
import type { Session } from '../../model/session.js';
import { readerBelow } from '../../operation/around.js';
import { readAnew } from '../lists/pages.js';

/** An object that was created, and what is read of it afterwards. */
export interface Creation {
  sent: Item;
  exchange: Exchange;
  reading: Exchange;
  /** How many items more the collection has afterwards, where all of it was read. */
  listed: { more: number; exchange: Exchange } | undefined;
}

/** Reads what a request has created, and the collection that it was added to, before and after. */
export const creation: Scenario<Creation> = {
  name: 'creation',
  priority: 2,
  requests: ({ method }) => (method === 'POST' ? 4 : 0),
  confirmed: true,
  notOnMock: 'the mock keeps no state',
  async play(operation, session) {
    const read = operation.method === 'POST' ? readerBelow(session.contract, operation.path) : undefined;
    if (!read) throw new NotApplicable('the operation creates nothing that can be read');
    const probe = await session.probe(operation, { name: 'as required, no more' });
    const first = await session.get(probe);
    const list = listOf(operation, session);
    const before = list && (await wholeList(list, session, probe.path));
    // Sent again, since the first may be from before the list was read. What may exist only once is refused then.
    const second = before && (await session.send({ ...probe, expect: [...probe.expect, '409', '422'] }));
    const exchange = second?.response.status === 201 ? second : first;
    if (exchange.response.status >= 300) throw new NotCovered('nothing was created');
    const [, parameter = ''] = /\{([^{}]+)\}$/.exec(read.path) ?? [];
    const id = idOf(exchange.json?.value, parameter);
    const sent = parseJson(exchange.request.body ?? '')?.value;
    if (exchange.response.status !== 201 || id === undefined || !isObject(sent))
      throw new NotApplicable('the answer does not show what was created');
    // A replica may not have it yet.
    await session.settle();
    const path = { ...exchange.probe.path, [parameter]: id };
    const ask = { name: 'what was created', path, rule: 'created-kept' };
    const reading = await session.send(await session.probe(read, ask));
    const after = exchange === second && list ? await wholeList(list, session, probe.path) : undefined;
    const more = (after?.items.length ?? 0) - (before?.items.length ?? 0);
    const listed = after && { more, exchange: after.exchange };
    return { sent, exchange, reading, listed };
  },
};

/** The operation that lists the collection that another one adds to; none that wants to be told which items. */
function listOf({ path }: Operation, { contract }: Session): Operation | undefined {
  const list = contract.operations.find((other) => other.method === 'GET' && other.path === path);
  return list?.parameters.some((parameter) => parameter.in === 'query' && parameter.required)
    ? undefined
    : list;
}

/** All items of a collection, and the last page of it; undefined if it is too long to be read whole. */
async function wholeList(list: Operation, session: Session, path: Exchange['probe']['path']) {
  const listed = await readAnew(list, session, { name: 'around what is created', path });
  return listed?.complete ? listed : undefined;
}

function idOf(created: unknown, parameter: string): string | undefined {
  if (!isObject(created)) return undefined;
  const field = addressField(created, undefined, parameter);
  const id = field ? created[field] : typeof created.url === 'string' ? lastSegment(created.url) : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
