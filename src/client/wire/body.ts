import { ConfigurationError } from '../errors/configuration-error.js';
import { essence } from './headers.js';
import { isPlainObject, jsonText, wireValue } from './parameters.js';

/** A body, ready to be sent. */
export interface WrittenBody {
  readonly content: BodyInit;
  /** Value for `content-type`; null if fetch sets it itself: a form's boundary, a blob's own type. */
  readonly type: string | null;
}

/**
 * Writes a request's body in its media type.
 * @param asked the media type in the caller's own headers, if any
 * @param documented the document's media type for the operation, if any
 * @throws ConfigurationError for a body that can't be sent in that type
 */
export function writeBody(
  body: unknown,
  asked: string | undefined,
  documented: string | undefined,
): WrittenBody {
  if (body instanceof ReadableStream)
    throw new ConfigurationError("body: a stream can't be sent again; pass text, a Blob or bytes");
  if (isRaw(body)) {
    if (!asked && documented?.endsWith('json'))
      throw new ConfigurationError(`body: a ${body.constructor.name} can't be written as JSON`);
    // fetch knows the type of such a body best, unless the caller or the document names one.
    return { content: body, type: body instanceof FormData ? null : (asked ?? documented ?? null) };
  }
  const type = asked ?? documented ?? 'application/json';
  const content = serializeBody(body, essence(type));
  return { content, type: content instanceof FormData ? null : type };
}

/**
 * Refuses a body that is larger than the operation accepts, before all of it is sent for nothing. @throws
 * ConfigurationError
 */
export function checkSize(content: BodyInit, most = Infinity): void {
  const size = most < Infinity ? new Blob([content as BlobPart]).size : 0;
  if (size > most) throw new ConfigurationError(`body: has ${size} bytes, of at most ${most}`);
}

function serializeBody(body: unknown, mediaType: string): BodyInit {
  if (mediaType.endsWith('json')) return jsonText('body:', body);
  if (isPlainObject(body)) {
    if (mediaType === 'application/x-www-form-urlencoded')
      return new URLSearchParams(fields(body).map(([name, value]) => [name, fieldText(name, value)]));
    if (mediaType === 'multipart/form-data') return multipart(body);
    throw new ConfigurationError(
      `body: an object can't be sent as ${mediaType}; pass a string, a Blob or bytes`,
    );
  }
  if (typeof body === 'object')
    throw new ConfigurationError(
      `body: a ${body?.constructor.name} can't be sent as ${mediaType}; pass a plain object, a string, a Blob or bytes`,
    );
  return String(body);
}

function multipart(body: object): FormData {
  const form = new FormData();
  for (const [name, value] of fields(body))
    form.append(
      name,
      value instanceof Blob
        ? value
        : isPlainObject(value)
          ? jsonText('body:', value)
          : fieldText(name, value),
    );
  return form;
}

const RAW = ['ArrayBuffer', 'Blob', 'File', 'FormData', 'URLSearchParams'];

/** What `fetch` sends as it is, in its own media type; also objects of another realm or library. */
function isRaw(body: unknown): body is Blob | BufferSource | FormData | URLSearchParams {
  return ArrayBuffer.isView(body) || RAW.includes(Object.prototype.toString.call(body).slice(8, -1));
}

/** Name and value of each field; a list gives one entry per item. */
function fields(body: object): [string, unknown][] {
  return Object.entries(body)
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]))
    .filter(([, value]) => value !== undefined && value !== null) as [string, unknown][];
}

function fieldText(name: string, value: unknown): string {
  const written = wireValue(`body: ${name}`, value);
  if (typeof written === 'object')
    throw new ConfigurationError(`body: ${name} is a list or an object, which a form's field can't be`);
  return String(written);
}
