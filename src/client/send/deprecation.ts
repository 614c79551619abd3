import type { Logger } from '../observe/logger.js';
import type { ApiRequest, Layer, ResponseHeaders } from './request.js';

export interface Deprecations {
  /** Ids of the operations that we have already warned of. */
  readonly warned: Set<string>;
  readonly logger: Logger;
}

/** Warns once of each operation that the document or the server calls deprecated. */
export function warnOfDeprecation({ warned, logger }: Deprecations): Layer {
  return (next) => async (request) => {
    const response = await next(request);
    const { operation } = request;
    const why = warned.has(operation.id) ? undefined : deprecationOf(request, response.headers);
    if (why !== undefined) {
      warned.add(operation.id);
      logger.warn(`${operation.id} is deprecated${why}`);
    }
    return response;
  };
}

/** What is known about an operation's deprecation, as text; undefined if it isn't deprecated. */
function deprecationOf({ operation }: ApiRequest, headers: ResponseHeaders): string | undefined {
  const deprecation = headers.get('deprecation');
  const sunset = headers.get('sunset');
  if (!operation.deprecated && deprecation === null && sunset === null) return undefined;
  // RFC 9745, 2.1: `@` and seconds. RFC 8594, 3: an HTTP date.
  const since = day(Number(deprecation?.replace(/^@/, '') || Number.NaN) * 1000);
  const until = day(Date.parse(sunset ?? ''));
  return (since && `, as of ${since}`) + (until && `, and may be gone from ${until} on`);
}

function day(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
