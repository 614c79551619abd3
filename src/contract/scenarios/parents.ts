import type { Operation } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { itemsOfAnswer, keyField, keyOf } from '../exchange/items.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import { isList } from '../operation/success.js';
import { wholePage } from '../probe/make-probe.js';

/** Number of objects besides the first below which to call an operation. */
const MOST = { own: 3, remote: 1 };

/** Requests what is below an object below other listed objects too, since the data of a single one may be at fault. */
export const parents: Scenario<readonly Exchange[]> = {
  name: 'parents',
  priority: 3,
  requests: (operation, { own }) => (parentOf(operation) ? (own ? MOST.own : MOST.remote) : 0),
  notOnMock: 'the mock answers any id with the same example',
  async play(operation, session) {
    const parent = parentOf(operation);
    const list = parent && session.ids.collectionOf(operation, parent);
    if (!parent || !list) throw new NotApplicable('nothing lists the objects that it is below');
    const parameter = operation.parameters.find(({ in: place, name }) => place === 'path' && name === parent);
    if (parameter && session.ids.given(parameter) !== undefined)
      throw new NotApplicable('the object that it is below is given');
    const listed = await session.get(await session.probe(list, wholePage(list)));
    const items = itemsOfAnswer(listed) ?? [];
    const key = keyField(list, items);
    const [, ...others] = items.map((item) => keyOf(item, key));
    if (key === undefined || others.length === 0) throw new NotCovered('there is one object at most');
    const found: Exchange[] = [];
    for (const id of spread(others, session.target.own ? MOST.own : MOST.remote)) {
      const { query = [] } = wholePage(operation);
      // A single resource may be missing below an object; a list always exists, even if empty.
      const expect = isList(session.contract, operation) ? ['2XX'] : ['2XX', '404'];
      const ask = { name: `${parent}=${id}, another one`, path: { [parent]: id }, query };
      found.push(await session.get(await session.probe(operation, { ...ask, expect, rule: 'each-parent' })));
    }
    return found;
  },
};

/** The parameter of the single object above a path: `evse_id` of `/evses/{evse_id}/status_logs`. */
function parentOf({ method, path }: Operation): string | undefined {
  return method === 'GET' ? /^[^{}]*\/\{([^{}]+)\}\/[^{}]+$/.exec(path)?.[1] : undefined;
}

/** The last one, and some in between. */
function spread(ids: readonly string[], most: number): string[] {
  const step = ids.length / Math.min(most, ids.length);
  return Array.from(
    { length: Math.min(most, ids.length) },
    (_, index) => ids[Math.ceil((index + 1) * step) - 1] ?? '',
  );
}
