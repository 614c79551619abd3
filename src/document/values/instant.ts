const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt\s](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;

/**
 * Parses an RFC 3339 date-time to microseconds since 1970 (UTC); undefined if the text isn't one. `Date` only has
 * milliseconds, and the API's times are only unique in microseconds.
 */
export function parseInstant(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours = '0', minutes = '0'] = match;
  // Date.UTC takes the years 0 to 99 for those of the twentieth century, and the 30th of February for the 2nd of March.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  // A minute may have a leap second.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const utc = date.getTime() + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return (utc - offset) * 1000 + Number(`0.${fraction || '0'}`) * 1e6;
}

/** Writes microseconds since 1970 as the API does: UTC with six decimals. */
export function formatInstant(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}
