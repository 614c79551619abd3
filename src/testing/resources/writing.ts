import { isObject, properties } from '../../document/index.js';
import { invalidParameters, Problem } from '../api/problems.js';
import type { Answer, Call } from '../world.js';

/**
 * Reads the request body and checks it against its schema.
 *
 * @throws Problem 400 for a body that isn't JSON or isn't valid, 415 for another media type.
 */
export function readBody({ operation, request, world }: Call): unknown {
  const { requestBody } = operation;
  if (!requestBody) return undefined;
  if (request.tooLarge) throw new Problem(413, 'Content too large', 'The request body is too large.');
  if (request.body.length === 0) {
    if (!requestBody.required) return undefined;
    throw new Problem(400, 'Bad request', 'The request needs a body.');
  }
  const sent = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const content = requestBody.content.find(({ mediaType }) => mediaType === sent);
  if (!content) {
    const types = requestBody.content.map(({ mediaType }) => mediaType).join(', ');
    throw new Problem(415, 'Unsupported media type', `The request body must be ${types}.`);
  }
  const body = parse(request.body);
  const errors = content.schemaPointer && world.schemas.check(content.schemaPointer, body);
  if (!errors) return body;
  const { '': general, ...fields } = errors;
  throw invalidParameters(general ? { ...fields, non_field_errors: general } : fields, 'body');
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new Problem(400, 'Bad request', 'The request body is not JSON.');
  }
}

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
