import { ConfigurationError } from '../errors/configuration-error.js';
import { wireValue } from '../url/wire-value.js';
import { jsonText } from './json-text.js';
import { isPlainObject } from './plain-object.js';

/** A request body as it is sent in the operation's media type. */
export function serializeBody(body: unknown, mediaType: string): BodyInit {
  if (mediaType.endsWith('json')) return jsonText(body);
  if (isPlainObject(body)) {
    if (mediaType === 'application/x-www-form-urlencoded')
      return new URLSearchParams(fields(body).map(([name, value]) => [name, fieldText(name, value)]));
    if (mediaType === 'multipart/form-data') {
      const form = new FormData();
      for (const [name, value] of fields(body))
        form.append(
          name,
          value instanceof Blob ? value : isPlainObject(value) ? jsonText(value) : fieldText(name, value),
        );
      return form;
    }
    throw new ConfigurationError(
      `body: an object can't be sent as ${mediaType}; pass a string, a Blob or bytes`,
    );
  }
  if (typeof body === 'object' && !isRaw(body))
    throw new ConfigurationError(
      `body: a ${body?.constructor.name} can't be sent as ${mediaType}; pass a plain object, a string, a Blob or bytes`,
    );
  return body as BodyInit;
}

const RAW = ['ArrayBuffer', 'Blob', 'File', 'FormData', 'URLSearchParams'];

/** What `fetch` sends as it is, in its own media type; of another realm or library too. */
export function isRaw(body: unknown): boolean {
  return ArrayBuffer.isView(body) || RAW.includes(Object.prototype.toString.call(body).slice(8, -1));
}

/** Fields with their values, a list's one by one. */
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
