import type { Operation, Parameter } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { itemsOfAnswer, keyField, keyOf } from '../exchange/items.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import { isList } from '../operation/success.js';
import { spread } from '../probe/ids.js';
import { wholePage } from '../probe/make-probe.js';
import { unknownLike } from '../probe/unknown-like.js';
import { acceptsText } from '../probe/values.js';

/** Number of objects besides the first below which to call an operation. */
const MOST = { own: 3, remote: 1 };

/** What is below an object that is not there; the rules on answers look at what is below the others. */
export interface Parents {
  /** Undefined where the path names the object: another rule asks for that. */
  unknown: Exchange | undefined;
}

/** Calls an operation below several objects of a list, not only the first: the data of a single one may be at fault. */
export const parents: Scenario<Parents> = {
  name: 'parents',
  priority: 3,
  requests: (operation, { own }) => (parentOf(operation) ? (own ? MOST.own : MOST.remote) : 0),
  notOnMock: 'the mock answers any id with the same example',
  async play(operation, session) {
    const parent = parentOf(operation);
    const list = parent && session.ids.collectionOf(operation, parent.name);
    if (!parent || !list) throw new NotApplicable('nothing lists the objects that it is below');
    if (session.ids.given(parent) !== undefined)
      throw new NotApplicable('the object that it is below is given');
    const isOfList = isList(session.contract, operation);
    if (parent.in === 'query' && !isOfList) throw new NotApplicable('it lists nothing that would be below');
    const listed = await session.get(await session.probe(list, wholePage(list)));
    const items = itemsOfAnswer(listed) ?? [];
    const key = keyField(list, items);
    const ids = items.map((item) => keyOf(item, key));
    const usual = await session.probe(operation, wholePage(operation));
    const first = usual.path[parent.name] ?? usual.query.find(([name]) => name === parent.name)?.[1];
    const others = ids.filter((id) => id !== first);
    if (key === undefined || first === undefined || others.length === 0)
      throw new NotCovered('there is one object at most');
    const below = async (id: string, name: string, expect: readonly string[]) => {
      const { query = [] } = wholePage(operation);
      const path = parent.in === 'path' ? { [parent.name]: id } : {};
      const ask = { name: `${parent.name}=${id}, ${name}`, path, expect, rule: 'each-parent' };
      const named = parent.in === 'path' ? query : [...query, [parent.name, id] as const];
      return session.get(await session.probe(operation, { ...ask, query: named }));
    };
    for (const id of spread(others, session.target.own ? MOST.own : MOST.remote)) {
      // A single resource may be missing below an object; a list always exists, even if empty.
      await below(id, 'another one', isOfList ? ['2XX'] : ['2XX', '404']);
    }
    const nothing = unknownLike(first).find((id) => acceptsText(session.contract, parent, id));
    const statuses = ['2XX', '400', '403', '404', '422'];
    const unknown =
      parent.in === 'query' && nothing !== undefined
        ? await below(nothing, 'which names nothing', statuses)
        : undefined;
    return { unknown };
  },
};

/**
 * The parameter that names the single object above an operation: `evse_id` of `/evses/{evse_id}/status_logs`, or one
 * that its query requires.
 */
function parentOf({ method, path, parameters }: Operation): Parameter | undefined {
  if (method !== 'GET') return undefined;
  const above = /^[^{}]*\/\{([^{}]+)\}\/[^{}]+$/.exec(path)?.[1];
  return parameters.find((one) =>
    path.includes('{')
      ? one.in === 'path' && one.name === above
      : one.in === 'query' && one.required && one.name.endsWith('_id'),
  );
}
