import type { Fetched } from '../api/fetcher.js';
import { apiError, unreadableBody } from '../errors/failure.js';
import { ReadResponse } from '../send/response.js';
import type { Answer } from './call.js';

/**
 * What a resource's call comes to.
 * @throws ApiError for a status other than success, UnreadableBodyError for a success that isn't what was promised
 */
export async function answerOf(fetched: Fetched): Promise<Answer> {
  const { request, response } = fetched;
  if (!response.ok) return redirected(fetched) ?? fail(fetched);
  const { operation, reading } = request;
  if (reading === 'nothing') return { data: undefined, response };
  if (reading === 'blob') return { data: await response.blob(), response };
  // Middleware may have put the standard's `Response` in its place, whose body can be read once.
  const text = await response.text();
  if (operation.answer !== undefined) return { data: text, response };
  // Anywhere else the caller is promised an object.
  if (text === '' && (response.status === 204 || response.status === 205 || operation.empty))
    return { data: undefined, response };
  try {
    return { data: response instanceof ReadResponse ? await response.json() : JSON.parse(text), response };
  } catch {
    throw unreadableBody({ request, response, text });
  }
}

/** The place that an operation redirects to, where that is what it is there for. */
function redirected({ request, response }: Fetched): Answer | undefined {
  const { status } = response;
  const location = response.headers.get('location');
  const declared = request.operation.redirect && status >= 300 && status < 400;
  if (!declared || !location || !URL.canParse(location, request.url)) return undefined;
  return { data: { status, location: new URL(location, request.url).href }, response };
}

function fail({ error, request, response }: Fetched): never {
  const text = typeof error === 'string' ? error : error === undefined ? '' : JSON.stringify(error);
  throw apiError({ request, response, text });
}
