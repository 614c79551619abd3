/** Sample text for each format that a request may need. */
const FORMATS: Readonly<Record<string, string>> = {
  date: '2024-04-18',
  'date-time': '2024-04-18T09:00:00Z',
  time: '09:00:00Z',
  duration: 'PT1H',
  email: 'someone@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  'uri-reference': '/',
  url: 'https://example.com/',
  uuid: '01234567-89ab-4cde-8f01-23456789abcd',
};

/** Makes text for a string schema: by its pattern if it has one, else by its format, else by its length. */
export function sampleText(schema: Record<string, unknown>): string | undefined {
  if (typeof schema.pattern === 'string') return matching(schema.pattern);
  const formatted = FORMATS[String(schema.format)];
  if (formatted !== undefined) return formatted;
  return 'x'.repeat(Math.max(1, Number(schema.minLength ?? 1)));
}

/**
 * Makes text for a simple pattern of letters, classes and counts, as ids have them. Undefined for groups and
 * alternatives; the caller has to check that the text matches.
 */
export function matching(pattern: string): string | undefined {
  let text = '';
  let rest = pattern.replace(/^\^/, '').replace(/\$$/, '');
  while (rest !== '') {
    const part = /^(\[(?:\\.|[^\]\\])+\]|\\.|[^\\()[\]{}|*+?^$])(\{(\d+)(?:,\d*)?\}|[*+?])?/.exec(rest);
    const [whole, atom, count, least] = part ?? [];
    if (whole === undefined || atom === undefined) return undefined;
    const times = least !== undefined ? Number(least) : count === '*' || count === '?' ? 0 : 1;
    text += first(atom).repeat(times);
    rest = rest.slice(whole.length);
  }
  return text;
}

/** The first character that an atom of a pattern matches. */
function first(atom: string): string {
  const inner = atom.startsWith('[') ? atom.slice(1) : atom;
  if (inner.startsWith('\\d')) return '0';
  if (inner.startsWith('\\w')) return 'a';
  if (inner.startsWith('\\s')) return ' ';
  if (inner === '.') return 'x';
  return inner.startsWith('\\') ? inner.charAt(1) : inner.charAt(0);
}
