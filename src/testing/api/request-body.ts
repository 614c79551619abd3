import { declaredMedia, isJson, type MediaType } from '../../document/index.js';
import { invalidParameters, Problem } from '../problems.js';
import type { Call } from '../world.js';
import { objectOf, parsed } from './parameters.js';

/**
 * Reads the request body. JSON is checked against its schema; of a form, the fields that its schema allows are taken.
 *
 * @throws Problem 400 for a body that isn't JSON or isn't valid, 413 for one that is too long, 415 for another media
 * type.
 */
export function readBody({ operation, request, world }: Call): unknown {
  const { requestBody } = operation;
  if (!requestBody) return undefined;
  if (request.tooLarge) throw new Problem(413, 'Content too large', 'The request body is too large.');
  if (request.body.length === 0) {
    if (!requestBody.required) return undefined;
    throw new Problem(400, 'Bad request', 'The request needs a body.');
  }
  // A body without a content type may be anything (RFC 9110, 8.3).
  const sent = request.headers['content-type'] || 'application/octet-stream';
  const content = declaredMedia(requestBody.content, sent);
  if (!content) {
    const types = requestBody.content.map(({ mediaType }) => mediaType).join(', ');
    throw new Problem(415, 'Unsupported media type', `The request body must be ${types}.`);
  }
  // Files and forms are accepted as they are: only a real implementation of the API could judge their content.
  if (!isJson(sent)) return formOf({ request, world }, content);
  const body = parse(request.body);
  const errors = content.schemaPointer && world.schemas.check(content.schemaPointer, body, 'request');
  if (!errors) return body;
  const { '': general, ...fields } = errors;
  throw invalidParameters(general ? { ...fields, non_field_errors: general } : fields, 'body');
}

/** The part of a form that its schema allows; undefined for a file. */
function formOf({ request, world }: Pick<Call, 'request' | 'world'>, content: MediaType): unknown {
  const fields = request.form;
  const { schema, schemaPointer: pointer } = content;
  if (!fields || schema === undefined || pointer === undefined) return undefined;
  const refused = (form: object) => {
    const places = Object.keys(world.schemas.check(pointer, form, 'request') ?? {});
    return new Set(places.map((place) => place.split('.')[0] ?? ''));
  };
  const text = objectOf(world, schema, pointer, fields);
  const other = refused(text);
  // Objects and lists are written as JSON in a form.
  const form = Object.fromEntries(
    Object.entries(text).map(([name, value]) => [name, other.has(name) ? parsed(String(value)) : value]),
  );
  const wrong = refused(form);
  return Object.fromEntries(Object.entries(form).filter(([name]) => !wrong.has(name)));
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new Problem(400, 'Bad request', 'The request body is not JSON.');
  }
}
