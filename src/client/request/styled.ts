import type { Call } from '../send/core.js';
import { styledQuery } from '../url/styled-query.js';
import { serializeBody } from './body.js';

/** A call with its query and its body written as its operation asks for. */
export function styled(call: Call): Call {
  const { row, query, body, verbatim } = call;
  return {
    ...call,
    query: row.styles && typeof query === 'object' ? styledQuery(query, row.styles) : query,
    body: body === undefined || verbatim ? body : serializeBody(body, row.body ?? 'application/json'),
    verbatim: true,
  };
}
