import { type Operation, type Parameter, pathParameters } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { addressField, itemsOfAnswer, keyField, keyOf, textOf } from '../exchange/items.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import type { Session } from '../model/session.js';
import type { Server } from '../model/target.js';
import { isList } from '../operation/success.js';
import { spread } from '../probe/ids.js';
import { wholePage } from '../probe/make-probe.js';
import { GONE } from '../probe/refusal.js';
import { unknownLike } from '../probe/unknown-like.js';
import { acceptsText } from '../probe/values.js';
import type { Page } from './lists/pages.js';

/** Number of objects besides the first below which to call an operation. */
const MOST = { own: 3, remote: 1 };

/** What is below other objects than the first, which the rules on answers look at too, and below one that is not there. */
export interface Parents {
  operation: Operation;
  /** Lists below the others. */
  lists: readonly Pick<Page, 'items' | 'exchange'>[];
  /** Undefined where the path names the object: another rule asks for that. */
  unknown: Exchange | undefined;
}

/**
 * Calls an operation below several objects of a list, not only the first: the data of a single one may be at fault. An
 * item below the first one is asked for below another: if it comes, it is no item of that one. One that is listed there
 * has to come.
 */
export const parents: Scenario<Parents> = {
  name: 'parents',
  priority: 3,
  requests: (operation, server) => (parentOf(operation) ? mostOf(operation, server) : 0),
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
      const path = parent.in === 'path' ? { ...usual.path, [parent.name]: id } : {};
      const ask = { name: `${parent.name}=${id}, ${name}`, path, expect, rule: 'each-parent' };
      const named = parent.in === 'path' ? query : [...query, [parent.name, id] as const];
      return session.get(await session.probe(operation, { ...ask, query: named }));
    };
    const answers = [];
    for (const id of spread(others, mostOf(operation, session.target))) {
      // A single resource may be missing below an object; a list always exists, even if empty.
      answers.push(await below(id, 'another one', isOfList ? ['2XX'] : ['2XX', ...GONE]));
    }
    const middle = others[Math.floor((others.length - 1) / 2)];
    // Lists without items show no fault: those of what was added last, for instance.
    if (isOfList && middle !== undefined && answers.every((answer) => itemsOfAnswer(answer)?.length === 0))
      answers.push(await below(middle, 'another one', ['2XX']));
    const lists = answers.flatMap((exchange) => {
      const shown = itemsOfAnswer(exchange);
      return shown ? [{ exchange, items: shown }] : [];
    });
    if (operation.path.endsWith('}')) await itemOfAnother(operation, session, parent, others);
    const nothing = unknownLike(first).find((id) => acceptsText(session.contract, parent, id));
    const statuses = ['2XX', '400', '403', '404', '422'];
    const unknown =
      parent.in === 'query' && nothing !== undefined
        ? await below(nothing, 'which names nothing', statuses)
        : undefined;
    return { operation, lists, unknown };
  },
};

/** Retrieves an item that is listed below another object: the last one that has any, or one in the middle. */
async function itemOfAnother(
  operation: Operation,
  session: Session,
  { name }: Parameter,
  others: readonly string[],
): Promise<void> {
  const [parameter = ''] = pathParameters(operation.path).slice(-1);
  const collection = session.ids.collectionOf(operation, parameter);
  for (const id of collection ? [others.at(-1), others[Math.floor((others.length - 1) / 2)]] : []) {
    if (!collection || id === undefined) return;
    const path = { [name]: id };
    const listed = await session.get(await session.probe(collection, { ...wholePage(collection), path }));
    const [item] = itemsOfAnswer(listed) ?? [];
    const field = item && addressField(item, collection.collection?.key, parameter);
    if (!item || field === undefined) continue;
    const key = textOf(item[field]);
    const ask = { name: `${parameter}=${key}, as listed below ${id}`, rule: 'list-retrievable' };
    await session.get(await session.probe(operation, { ...ask, path: { ...path, [parameter]: key } }));
    return;
  }
}

function mostOf({ path }: Operation, { own }: Server): number {
  return own && !path.endsWith('}') ? MOST.own : MOST.remote;
}

/**
 * The parameter that names the single object above an operation: `evse_id` of `/evses/{evse_id}/status_logs` and of an
 * item in there, or one that its query requires.
 */
function parentOf({ method, path, parameters }: Operation): Parameter | undefined {
  if (method !== 'GET') return undefined;
  const above = /^[^{}]*\/\{([^{}]+)\}\/[^{}]+(?:\/\{[^{}]+\})?$/.exec(path)?.[1];
  return parameters.find((one) =>
    path.includes('{')
      ? one.in === 'path' && one.name === above
      : one.in === 'query' && one.required && one.name.endsWith('_id'),
  );
}
