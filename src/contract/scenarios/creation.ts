import { isObject, type Operation } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { addressField, type Item, lastSegment } from '../exchange/items.js';
import { parseJson } from '../exchange/read-answer.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import type { Session } from '../model/session.js';

/** An object that was created, and what is read of it afterwards. */
export interface Creation {
  sent: Item;
  exchange: Exchange;
  reading: Exchange;
}

/** Reads what the operation's ordinary request has created. */
export const creation: Scenario<Creation> = {
  name: 'creation',
  priority: 2,
  requests: ({ method }) => Number(method === 'POST'),
  confirmed: true,
  notOnMock: 'the mock keeps no state',
  async play(operation, session) {
    const read = operation.method === 'POST' ? readerBelow(operation, session) : undefined;
    if (!read) throw new NotApplicable('the operation creates nothing that can be read');
    const exchange = await session.get(await session.probe(operation, { name: 'as required, no more' }));
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
    return { sent, exchange, reading: await session.send(await session.probe(read, ask)) };
  },
};

function idOf(created: unknown, parameter: string): string | undefined {
  if (!isObject(created)) return undefined;
  const field = addressField(created, undefined, parameter);
  const id = field ? created[field] : typeof created.url === 'string' ? lastSegment(created.url) : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** The operation that reads one item of the collection that another one adds to. */
function readerBelow({ path }: Operation, { contract }: Session): Operation | undefined {
  return contract.operations.find(
    (other) =>
      other.method === 'GET' &&
      other.path.startsWith(`${path}/{`) &&
      /^\/\{[^{}]+\}$/.test(other.path.slice(path.length)),
  );
}
