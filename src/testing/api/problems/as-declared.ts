import {
  declaredResponse,
  isObject,
  type MediaType,
  type Operation,
  type ResponseSpec,
} from '../../../document/index.js';
import type { FakeResponse } from '../../http/exchange.js';
import type { Surroundings } from '../../world.js';

/** Words for a request that isn't valid, in place of one that the document doesn't know. */
const INSTEAD: Readonly<Record<number, readonly number[]>> = { 400: [422], 415: [422, 400] };

/**
 * A refusal as the document describes it: with its word for a request that isn't valid (422 where it knows no 400), the
 * media type and the schema of its errors, and the problem type that all examples of the error have.
 *
 * @param instead other statuses that say the same, if not the usual ones.
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

/** Problem details where the document has them, else what JSON it has. */
function errorMedia(declared: ResponseSpec | undefined): MediaType | undefined {
  const json = declared?.content.filter(({ mediaType }) => /^[^;]*[/+]json\b/.test(mediaType)) ?? [];
  return json.find(({ mediaType }) => mediaType.startsWith('application/problem+json')) ?? json[0];
}

function typeOf(declared: ResponseSpec | undefined): string | undefined {
  const examples = declared?.content.flatMap((media) => media.examples.map(({ value }) => value)) ?? [];
  const [type, ...others] = new Set(examples.filter(isObject).map((example) => example.type));
  return typeof type === 'string' && others.length === 0 ? type : undefined;
}
