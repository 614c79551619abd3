import { InvalidArgumentError } from 'commander';
import { parseInstant } from '../document/values/instant.js';
import { spanOf } from '../text/span.js';

/** Reads `90s`, `15m`, `36h` or `7d`, in milliseconds. */
export function duration(text: string): number {
  const span = spanOf(text);
  if (span === undefined) throw new InvalidArgumentError('Write it as 90s, 15m, 36h or 7d.');
  return span;
}

/** Reads how long something may take. */
export function limit(text: string): number {
  const span = duration(text);
  if (span === 0) throw new InvalidArgumentError('It has to be longer than 0.');
  return span;
}

export function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It has to be a whole number, 0 or more.');
  return Number(text);
}

export function portNumber(text: string): number {
  const port = whole(text);
  if (port > 65_535) throw new InvalidArgumentError('It has to be a number from 0 to 65535.');
  return port;
}

export function collected(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

export function named(text: string, before: Readonly<Record<string, string | string[]>> = {}) {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write it as name=value.');
  const others = before[name];
  return { ...before, [name]: others === undefined ? value : [others, value].flat() };
}

/** Reads a time as the API takes it: `7d` is seven days ago, a day stands for its beginning in UTC. */
export function moment(text: string): string {
  const span = spanOf(text);
  if (span !== undefined) return new Date(Math.max(0, Date.now() - span)).toISOString();
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
  // `Date` would take a mere 7 for a month.
  if (parseInstant(time) === undefined)
    throw new InvalidArgumentError('Write it as 2026-11-01, 2026-11-01T08:00:00Z, or 7d for seven days ago.');
  return time;
}
