import type { FakeRequest } from '../http/exchange.js';
import { Problem } from '../problems.js';
import type { Call, Versioning, World } from '../world.js';

/** @throws Problem 406 when the Accept header excludes what the operation answers with. */
export function negotiate({ operation, request }: Call): void {
  const { accept } = request.headers;
  const offered = operation.responses
    .filter((response) => response.status.startsWith('2'))
    .flatMap((response) => response.content.map((content) => content.mediaType));
  if (accept === undefined || offered.length === 0 || offered.some((type) => accepts(accept, type))) return;
  throw new Problem(406, 'Not acceptable', `The Accept header excludes ${offered.join(', ')}.`);
}

/** The most specific range decides, and a weight of 0 excludes (RFC 9110, section 12.5.1). */
export function accepts(accept: string, mediaType: string): boolean {
  const type = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  const main = `${type.split('/')[0]}/*`;
  const weights = new Map(
    accept.split(',').map((range) => {
      const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [name, q === undefined ? 1 : Number(q)];
    }),
  );
  return (weights.get(type) ?? weights.get(main) ?? weights.get('*/*') ?? 0) > 0;
}

/**
 * The version that answers, undefined when the document knows no version header.
 *
 * @throws Problem 400 for a version that isn't supported.
 */
export function chooseVersion(request: FakeRequest, { versioning }: World): string | undefined {
  if (!versioning) return undefined;
  const asked = request.headers[versioning.header.toLowerCase()];
  if (asked === undefined) return versioning.supported[0];
  const version = versioning.supported.find((known) => Number(known) === Number(asked));
  if (version !== undefined) return version;
  throw unsupportedVersion(versioning, String(asked));
}

function unsupportedVersion(versioning: Versioning, asked: string): Problem {
  const supported = versioning.supported.join(', ');
  return new Problem(400, 'Unsupported version', `Version '${asked}' isn't supported, only ${supported}.`, {
    kind: 'validation-failed-version',
    fieldErrors: { [versioning.header]: [`must be ${supported}`] },
    instead: [406, 422],
  });
}
