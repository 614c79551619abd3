import { ConfigurationError } from './errors/configuration-error.js';
import { jsonText } from './json-text.js';
import { isPlainObject } from './plain-object.js';

/** A request body as it is sent in the operation's media type. */
export function serializeBody(body: unknown, mediaType: string): BodyInit {
  if (mediaType.endsWith('json')) return jsonText(body);
  if (isPlainObject(body)) {
    if (mediaType === 'application/x-www-form-urlencoded')
      return new URLSearchParams(fields(body).map(([name, value]) => [name, String(value)]));
    if (mediaType === 'multipart/form-data') {
      const form = new FormData();
      for (const [name, value] of fields(body))
        form.append(
          name,
          value instanceof Blob ? value : typeof value === 'object' ? jsonText(value) : String(value),
        );
      return form;
    }
    throw new ConfigurationError(
      `body: an object can't be sent as ${mediaType}; pass a string, a Blob or bytes`,
    );
  }
  return body as BodyInit;
}

/** Fields with their values, a list's one by one. */
function fields(body: object): [string, unknown][] {
  return Object.entries(body)
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]))
    .filter(([, value]) => value !== undefined) as [string, unknown][];
}
