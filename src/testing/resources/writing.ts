import { goesOneWay, isObject, properties } from '../../document/index.js';
import { statusOf } from '../made/collections.js';
import { Problem } from '../problems.js';
import type { Answer, Call } from '../world.js';
import { shown } from './reading.js';

/** Changes the fields that the body names, if the document lets them be changed; null clears one. */
export function update(call: Call): Answer {
  const { item, collection } = call.world.behaviours.find(call);
  const content = call.operation.requestBody?.content ?? [];
  for (const { schema, schemaPointer } of content) {
    if (schema === undefined || !isObject(call.body)) continue;
    for (const [field, { value, pointer }] of properties(call.world.document, schema, schemaPointer)) {
      if (goesOneWay(call.world.document, value, 'readOnly', pointer)) continue;
      if (Object.hasOwn(call.body, field)) item[field] = call.body[field];
    }
  }
  const body = shown(item, collection.table, call);
  return { status: statusOf(call.operation, 200), body, table: collection.table };
}

/** Removes an item, and with it everything below and its URL in the lists of other resources. */
export function remove(call: Call): Answer {
  call.world.store.remove(call.world.behaviours.find(call));
  return { status: statusOf(call.operation, 204) };
}

/** Adds an item to a collection. */
export function create(call: Call): Answer {
  const { collection } = call.world.behaviours.collect(call);
  const { table, parent, keys } = collection;
  if (!table.create || (call.operation.requestBody?.required && !isObject(call.body))) {
    throw new Problem(403, 'Forbidden', 'Nothing can be added to this collection.');
  }
  const body = isObject(call.body) ? call.body : {};
  const item = table.create(body, parent?.item, keys);
  collection.insert(item);
  return { status: statusOf(call.operation, 201), body: shown(item, table, call), table };
}
