import { isObject } from '../../../document/index.js';
import type { Lost, RecordedExchange } from '../judge-recorded.js';
import { readBody } from './read-body.js';

/** Method and URL of a recorded request; undefined where an entry has none. */
export function requestOf(entry: unknown): { method: string; url: string } | undefined {
  const { request } = isObject(entry) ? entry : {};
  const { method, url } = isObject(request) ? request : {};
  return typeof method === 'string' && typeof url === 'string' ? { method, url } : undefined;
}

/**
 * An entry of a HAR file as an exchange, or why it is none that can be judged.
 *
 * @param folder where the HAR file stands, and the bodies that it keeps in files of their own.
 */
export async function readEntry(entry: unknown, folder: string): Promise<RecordedExchange | Lost> {
  const asked = requestOf(entry);
  const { request, response, time } = isObject(entry) ? entry : {};
  if (!asked || !isObject(request)) return { reason: 'it has no request with method and URL' };
  if (!isObject(response)) return { reason: 'it has no answer' };
  const status = Number(response.status);
  if (!Number.isInteger(status) || status < 100 || status > 599)
    return { reason: `no answer came${told(response)}` };
  if (status === 304) return { reason: "the answer is in the recorder's cache (304)" };
  const headers = new Headers(pairs(response.headers));
  const { method } = asked;
  const body = await readBody({ ...response, status, method, headers, folder });
  if ('reason' in body) return body;
  const post = isObject(request.postData) ? request.postData.text : undefined;
  return {
    ...asked,
    requestHeaders: Object.fromEntries(pairs(request.headers)),
    ...(typeof post === 'string' ? { requestBody: post } : {}),
    response: {
      status,
      headers,
      ...body,
      ...(typeof time === 'number' && time >= 0 ? { seconds: time / 1000 } : {}),
    },
  };
}

/** Chrome, Playwright and mitmproxy each have a member of their own for why no answer came. */
function told({ _error, _failureText, comment }: Record<string, unknown>): string {
  const words = [_error, _failureText, comment].find((one) => typeof one === 'string' && one !== '');
  return words === undefined ? '' : `: ${words}`;
}

/** What no field value may hold (RFC 9110, section 5.5). */
const NO_FIELD = /[^\t\x20-\x7e\x80-\xff]/g;

// HTTP/2 pseudo headers (`:status`) are no fields.
function pairs(headers: unknown): [string, string][] {
  if (!Array.isArray(headers)) return [];
  return (
    headers
      .filter(isObject)
      // Browsers put several fields of one name (Set-Cookie) into one value, a line each.
      .flatMap(({ name, value }) =>
        String(value)
          .split(/[\r\n]+/)
          .map((line): [string, string] => [String(name), line.replace(NO_FIELD, '')]),
      )
      .filter(([name]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))
  );
}
