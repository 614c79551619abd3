import { count } from '../../contract/text/words.js';
import type { ExportPlan } from '../../export/index.js';

/** A plan, in a line. */
export function planText({ collection, parents, windows, items, requests, left, hours }: ExportPlan): string {
  const quota =
    left === undefined || hours === undefined
      ? ''
      : `; ${left} ${left === 1 ? 'request is' : 'requests are'} left of this hour, so it takes about ${hoursText(hours)}`;
  return `${collection} of ${count(parents, 'parent')}: about ${count(items, 'item')} in ${count(windows, 'window')}, ${count(requests, 'request')}${quota}\n`;
}

export function hoursText(hours: number): string {
  if (hours < 1 / 60) return 'a minute';
  if (hours < 2) return `${Math.ceil(hours * 60)} minutes`;
  return hours < 48 ? `${Math.ceil(hours)} hours` : `${Math.ceil(hours / 24)} days`;
}
