import type { ExportPlan } from '../../export/index.js';

/** A plan, in a line. */
export function planText({ collection, parents, windows, items, requests, left, hours }: ExportPlan): string {
  const quota =
    left === undefined || hours === undefined
      ? ''
      : `; ${left} requests are left of this hour, so it takes about ${hoursText(hours)}`;
  return `${collection} of ${parents} parents: about ${items} items in ${windows} windows, ${requests} requests${quota}\n`;
}

export function hoursText(hours: number): string {
  if (hours < 1 / 60) return 'a minute';
  if (hours < 2) return `${Math.ceil(hours * 60)} minutes`;
  return hours < 48 ? `${Math.ceil(hours)} hours` : `${Math.ceil(hours / 24)} days`;
}
