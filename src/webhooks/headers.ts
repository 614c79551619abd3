/**
 * The headers of a request, in the form your server has them: a `Headers`, Node's `request.headers`,
 * `request.headersDistinct` or `request.rawHeaders`, a plain record, or pairs of name and value.
 */
export type WebhookHeaders =
  | Headers
  | readonly string[]
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
  if (!(Symbol.iterator in headers)) return Object.entries(headers);
  const listed = [...(headers as Iterable<readonly [string, string] | string>)];
  return listed.flatMap((one, index) => {
    if (Array.isArray(one)) return [one as unknown as readonly [string, string]];
    // Node's raw headers are names and values by turns.
    return index % 2 === 0 && typeof one === 'string'
      ? [[one, String(listed[index + 1] ?? '')] as const]
      : [];
  });
}
