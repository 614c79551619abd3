import { isObject, properties } from '../../document/index.js';
import { Problem } from '../problems.js';
import type { Answer, Call } from '../world.js';

/** Changes the fields that the body names, if the document lets them be changed; null clears one. */
export function update(call: Call): Answer {
  const { item, collection } = call.world.behaviours.find(call);
  const content = call.operation.requestBody?.content ?? [];
  for (const { schema, schemaPointer } of content) {
    if (schema === undefined || !isObject(call.body)) continue;
    for (const field of properties(call.world.document, schema, schemaPointer).keys()) {
      if (Object.hasOwn(call.body, field)) item[field] = call.body[field];
    }
  }
  return { status: 200, body: item, table: collection.table };
}

/** Removes an item, and with it everything below and its URL in the lists of other resources. */
export function remove(call: Call): Answer {
  call.world.store.remove(call.world.behaviours.find(call));
  return { status: 204 };
}

/** Adds an item to a collection. */
export function create(call: Call): Answer {
  const { collection } = call.world.behaviours.collect(call);
  const { table, parent } = collection;
  if (!table.create || !isObject(call.body)) {
    throw new Problem(403, 'Forbidden', 'Nothing can be added to this collection.');
  }
  const item = table.create(call.body, parent?.item);
  collection.insert(item);
  return { status: 201, body: item, table };
}
