import type { Random } from '../made/random.js';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id like the API's: four letters for the collection and a ULID, so that ids sort by time. */
export function id(prefix: string, milliseconds: number, random: Random): string {
  let time = '';
  for (let rest = milliseconds, digit = 0; digit < 10; digit += 1) {
    time = `${CROCKFORD[rest % 32]}${time}`;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (let digit = 0; digit < 16; digit += 1) tail += CROCKFORD[random.integer(0, 31)];
  return `${prefix}${time}${tail}`;
}

export function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16)).join('');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ];
  return parts.join('-');
}
