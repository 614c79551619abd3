import { isObject } from '../../../document/index.js';
import type { WireResponse } from '../../model/exchange.js';
import type { Lost, RecordedExchange } from '../judge-recorded.js';
import { type RecordedBody, readBody } from './read-body.js';

/** A name or value as text; objects count as absent, since their own `toString` may give anything. */
function plainText(value: unknown): string {
  return typeof value === 'object' ? '' : String(value);
}

/** The request of a HAR entry; undefined if it has no method or URL. */
export function requestOf(entry: unknown): Omit<RecordedExchange, 'response'> | undefined {
  const { request } = isObject(entry) ? entry : {};
  const { method, url, headers, postData } = isObject(request) ? request : {};
  if (typeof method !== 'string' || typeof url !== 'string') return undefined;
  const body = isObject(postData) ? (postData.text ?? formOf(postData.params)) : undefined;
  return {
    method,
    url,
    requestHeaders: Object.fromEntries(pairs(headers)),
    ...(typeof body === 'string' ? { requestBody: body } : {}),
  };
}

/** A form whose fields were recorded in place of its text. */
function formOf(params: unknown): string | undefined {
  if (!Array.isArray(params)) return undefined;
  const fields = params.filter(isObject).map(({ name, value }) => [plainText(name), plainText(value ?? '')]);
  return new URLSearchParams(fields).toString();
}

/** What the recorder stored of an answer, whether or not it can be judged. */
export function recordedAnswer(entry: unknown): WireResponse {
  const { response } = isObject(entry) ? entry : {};
  const { status, headers, content } = isObject(response) ? response : {};
  const text = isObject(content) ? content.text : undefined;
  return {
    status: Number(plainText(status)) || 0,
    headers: new Headers(pairs(headers)),
    body: typeof text === 'string' ? text : '',
  };
}

/**
 * What a recorder wrote besides the bodies, some of it twice: parsed queries, forms and cookies, and its own members.
 */
export function besideBodies(entry: unknown): unknown {
  if (!isObject(entry)) return entry;
  const { request, response, ...rest } = entry;
  return {
    ...rest,
    ...(isObject(request) ? { request: { ...request, postData: withoutText(request.postData) } } : {}),
    ...(isObject(response) ? { response: { ...response, content: undefined } } : {}),
  };
}

function withoutText(postData: unknown): unknown {
  return isObject(postData) ? { ...postData, text: undefined } : undefined;
}

/** The values of the cookies that a recorder has parsed. */
export function cookiesOf(entry: unknown): string[] {
  const { request, response } = isObject(entry) ? entry : {};
  return [request, response].flatMap((one) => {
    const cookies = isObject(one) && Array.isArray(one.cookies) ? one.cookies : [];
    return cookies.filter(isObject).map(({ value }) => plainText(value ?? ''));
  });
}

/**
 * The answer of a HAR entry, or why it has none that can be judged.
 */
export async function answerToJudge(
  entry: unknown,
  { method, folder, unpacked }: Pick<RecordedBody, 'method' | 'folder' | 'unpacked'>,
): Promise<WireResponse | Lost> {
  const { response, time } = isObject(entry) ? entry : {};
  if (!isObject(response)) return { reason: 'it has no answer' };
  const status = Number(plainText(response.status));
  if (!Number.isInteger(status) || status < 100 || status > 599)
    return { reason: `no answer came${told(response)}` };
  if (status === 304) return { reason: "the answer is in the recorder's cache (304)" };
  const recorded = pairs(response.headers);
  // No server answers without a single one; without them we can't say what it sent.
  if (recorded.length === 0) return { reason: 'the recorder kept no headers' };
  const headers = new Headers(recorded);
  const body = await readBody({ ...response, status, method, headers, folder, unpacked });
  if ('reason' in body) return body;
  return {
    status,
    headers,
    ...body,
    ...(typeof time === 'number' && time >= 0 ? { seconds: time / 1000 } : {}),
  };
}

/** Chrome, Playwright and mitmproxy each use a different member for the reason that no answer came. */
function told({ _error, _failureText, comment }: Record<string, unknown>): string {
  const words = [_error, _failureText, comment].find((one) => typeof one === 'string' && one !== '');
  return words === undefined ? '' : `: ${words}`;
}

/** Characters that a field value can't contain (RFC 9110, section 5.5). */
const NO_FIELD = /[^\t\x20-\x7e\x80-\xff]/g;

// HTTP/2 pseudo headers (`:status`) aren't fields, so they are left out.
function pairs(headers: unknown): [string, string][] {
  if (!Array.isArray(headers)) return [];
  return (
    headers
      .filter(isObject)
      // Browsers put several fields of the same name (Set-Cookie) into one value, one per line.
      .flatMap(({ name, value }) =>
        plainText(value)
          .split(/[\r\n]+/)
          .map((line): [string, string] => [plainText(name), line.replace(NO_FIELD, '')]),
      )
      .filter(([name]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))
  );
}
