import type { ExportPlan } from '../../export/index.js';
import { count } from '../../text/words.js';

/** Describes a plan in one line. If it continues an earlier export, a line about that comes first. */
export function planText(plan: ExportPlan): string {
  const { collection, parents, windows, items, requests, left, hours, continues } = plan;
  const before = continues
    ? `Continues the export begun at ${continues.begun.toISOString()}, of ${continues.since} to ${continues.until}\n`
    : '';
  const quota =
    left === undefined || hours === undefined
      ? ''
      : `; ${count(left, 'request')} ${left === 1 ? 'is' : 'are'} left of this hour, so it takes about ${hoursText(hours)}`;
  const counts = `about ${count(items, 'item')} in ${count(windows, 'window')}, ${count(requests, 'request')}`;
  return `${before}${collection} of ${count(parents, 'parent')}: ${counts}${quota}\n`;
}

export function hoursText(hours: number): string {
  if (hours < 1 / 60) return 'a minute';
  if (hours < 2) return count(Math.ceil(hours * 60), 'minute');
  return hours < 48 ? `${Math.ceil(hours)} hours` : `${Math.ceil(hours / 24)} days`;
}
