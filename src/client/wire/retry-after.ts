/** The date formats of RFC 9110, 5.6.7; `Date.parse` alone accepts nearly any text with a number in it. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/;

/** Seconds to wait, from `Retry-After` (RFC 9110, 10.2.3); undefined if it is absent or unreadable. */
export function retryAfter(headers: Pick<Headers, 'get'>): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const until = httpDate(value);
  if (until === undefined) return undefined;
  // Compared with the server's clock if it sends one: ours may be wrong.
  const now = httpDate(headers.get('date') ?? '') ?? Date.now();
  return Math.max(0, (until - now) / 1000);
}

function httpDate(value: string): number | undefined {
  if (!HTTP_DATE.test(value)) return undefined;
  const time = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
