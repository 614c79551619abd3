/**
 * The headers of a request, in the form your server has them: a `Headers`, Node's `request.headers` or
 * `request.headersDistinct`, a plain record, or pairs of name and value.
 */
export type WebhookHeaders =
  | Headers
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The values of a header, joined by spaces as a list of signatures is; undefined if there is none. */
export function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  const values = entriesOf(headers).filter(([key]) => String(key).toLowerCase() === name);
  const texts = values.flatMap(([, value]) => value ?? []).map((value) => String(value).trim());
  const text = texts.filter((value) => value !== '').join(' ');
  return text === '' ? undefined : text;
}

function entriesOf(headers: WebhookHeaders): (readonly [string, string | readonly string[] | undefined])[] {
  if (typeof headers !== 'object' || headers === null) return [];
  const pairs =
    Symbol.iterator in headers ? [...(headers as Iterable<readonly [string, string]>)] : undefined;
  return pairs ? pairs.filter((pair) => Array.isArray(pair)) : Object.entries(headers);
}
