/**
 * The formats that a regular expression alone can't check. No imports: the generated validators include this module.
 */

// RFC 3339, 5.6 and 5.7: only real days, with the leap years of the Gregorian calendar.
const LEAP_YEAR = String.raw`(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)`;
export const DATE = String.raw`(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|${LEAP_YEAR}-02-29)`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;

const FULL_TIME = new RegExp(`^${TIME}$`, 'i');
// The RFC lets applications separate date and time by a space, for readability.
const DATE_TIME = new RegExp(`^${DATE}[T ]${TIME}$`, 'i');

const MINUTES_OF_DAY = 24 * 60;

export const checks = {
  'date-time': (text: string) =>
    DATE_TIME.test(text) && (text.slice(17, 19) !== '60' || endsHalfYear(text.slice(0, 10), text.slice(11))),
  time: (text: string) =>
    FULL_TIME.test(text) && (text.slice(6, 8) !== '60' || minuteInUtc(text).ofDay === MINUTES_OF_DAY - 1),
  regex: (text: string) => {
    try {
      new RegExp(text, 'u');
      return true;
    } catch {
      return false;
    }
  },
  byte: (text: string) => /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text),
  int32: { type: 'number', validate: (value: number) => (value | 0) === value },
  int64: { type: 'number', validate: Number.isInteger },
} as const;

/** A leap second is the last second of June or December in UTC, whatever the offset (RFC 3339, 5.7). */
function endsHalfYear(date: string, time: string): boolean {
  const minute = minuteInUtc(time);
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + minute.day);
  return minute.ofDay === MINUTES_OF_DAY - 1 && /-(?:06-30|12-31)T/.test(day.toISOString());
}

/** A time with an offset, as minute of the day in UTC, and by how many days that is off. */
function minuteInUtc(time: string): { day: number; ofDay: number } {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(time) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) - offset;
  const day = Math.floor(minute / MINUTES_OF_DAY);
  return { day, ofDay: minute - day * MINUTES_OF_DAY };
}
