import { isObject, join } from '../json.js';
import { resolve } from '../references/resolve.js';
import { properties } from '../references/schema.js';
import type { JsonObject, MediaType, OpenApiDocument, Schema, Webhook } from '../types.js';
import { readMediaTypes, readParameter } from './parts.js';

/** The member of an event that says what happened. */
const TYPE = 'type';

/** The events that the API sends on its own (OpenAPI 3.1, `webhooks`), in the document's order. */
export function readWebhooks(document: OpenApiDocument): Webhook[] {
  if (!isObject(document.webhooks)) return [];
  return Object.entries(document.webhooks).flatMap(([name, item]) => {
    const at = resolve<JsonObject>(document, item, join('#/webhooks', name));
    const post = isObject(at.value) ? at.value.post : undefined;
    return isObject(post) ? [readWebhook(document, name, post, join(at.pointer, 'post'))] : [];
  });
}

function readWebhook(document: OpenApiDocument, name: string, post: JsonObject, pointer: string): Webhook {
  const parameters = Array.isArray(post.parameters) ? post.parameters : [];
  const body = resolve<JsonObject>(document, post.requestBody, join(pointer, 'requestBody'));
  const [content] = readMediaTypes(
    document,
    isObject(body.value) ? body.value.content : undefined,
    join(body.pointer, 'content'),
  );
  const description = [post.summary, post.description].filter((text) => typeof text === 'string');
  const type = typeIn(document, content);
  return {
    name,
    type: type ?? name,
    hasType: type !== undefined,
    description,
    headers: parameters
      .map((parameter, index) => readParameter(document, parameter, join(pointer, 'parameters', index)))
      .filter((parameter) => parameter.in === 'header'),
    ...(content ? { content } : {}),
    pointer,
  };
}

/** The type of an event, if its schema allows exactly one. */
function typeIn(document: OpenApiDocument, content: MediaType | undefined): string | undefined {
  if (content?.schema === undefined) return undefined;
  const type = properties(document, content.schema, content.schemaPointer).get(TYPE);
  const schema = type && resolve<Schema>(document, type.value, type.pointer).value;
  if (!isObject(schema)) return undefined;
  const values = Array.isArray(schema.enum) ? schema.enum : [schema.const];
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : undefined;
}
