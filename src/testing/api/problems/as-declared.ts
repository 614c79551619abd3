import {
  declaredResponse,
  isJson,
  isObject,
  type MediaType,
  type Operation,
  type ResponseSpec,
} from '../../../document/index.js';
import type { FakeResponse } from '../../http/exchange.js';
import type { Surroundings } from '../../world.js';

/** Statuses that also say that a request is invalid, if the document doesn't declare the usual one. */
const INSTEAD: Readonly<Record<number, readonly number[]>> = { 400: [422], 415: [422, 400] };

/**
 * Adapts a refusal to the document: the status that it declares for an invalid request (422 if it has no 400), the
 * media type and schema of its errors, and the problem type if all examples of the error have the same.
 *
 * @param instead other statuses with the same meaning, if not the usual ones.
 */
export function asDeclared(
  response: FakeResponse,
  operation: Operation | undefined,
  { fitted }: Pick<Surroundings, 'fitted'>,
  instead: readonly number[] = INSTEAD[response.status] ?? [],
): FakeResponse {
  if (!operation || !isObject(response.body)) return response;
  const status =
    [response.status, ...instead].find((one) => declaredResponse(operation, one)) ?? response.status;
  const declared = declaredResponse(operation, status);
  const media = errorMedia(declared);
  const type = typeOf(declared);
  const body = {
    ...response.body,
    ...(status === response.status ? {} : { status }),
    ...(type === undefined ? {} : { type }),
  };
  return {
    status,
    headers: { ...response.headers, ...(media ? { 'Content-Type': media.mediaType } : {}) },
    body: media?.schemaPointer === undefined ? body : fitted(media.schemaPointer, body),
  };
}

/** Problem details if the document declares them, else any JSON that it declares. */
function errorMedia(declared: ResponseSpec | undefined): MediaType | undefined {
  const json = declared?.content.filter(({ mediaType }) => isJson(mediaType)) ?? [];
  return json.find(({ mediaType }) => mediaType.startsWith('application/problem+json')) ?? json[0];
}

function typeOf(declared: ResponseSpec | undefined): string | undefined {
  const examples = declared?.content.flatMap((media) => media.examples.map(({ value }) => value)) ?? [];
  const [type, ...others] = new Set(examples.filter(isObject).map((example) => example.type));
  return typeof type === 'string' && others.length === 0 ? type : undefined;
}
