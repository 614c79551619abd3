import { exportCollection } from '../../../src/export/index.js';
import { EvEnergy } from '../../../src/index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAGE = 100;
const LATENCY = 200;

/** The expected or actual effort of an export. */
interface Effort {
  readonly requests: number;
  readonly hours: number;
}

/**
 * Simulates a fleet's export on a fake clock: an API with a rolling hour, whose EVSEs log at a steady rate. The
 * estimate is the plan's if the cadence is given, else the one that the progress reports after a tenth of the windows.
 */
export async function simulateFleet({
  evses,
  days,
  every,
  cadence,
  limit,
}: {
  evses: number;
  days: number;
  /** Seconds between two logs. */
  every: number;
  cadence: number | undefined;
  /** Requests that the API allows per rolling hour. */
  limit: number;
}): Promise<{ estimate: Effort; took: Effort & { items: number } }> {
  const until = Date.UTC(2026, 5, 1);
  const clock = { time: until };
  const ev = new EvEnergy({
    baseUrl: 'http://127.0.0.1',
    accessToken: 'simulated',
    maxRetries: 0,
    fetch: api(clock, evses, every * 1000, limit),
  });
  let estimate: Effort | undefined;
  const { requests, items } = await exportCollection(ev, {
    collection: 'evses.statusLogs',
    since: new Date(until - days * DAY),
    until: new Date(until),
    cadence,
    concurrency: 1,
    sink: () => {},
    clock: {
      now: () => clock.time,
      sleep: async (milliseconds) => {
        clock.time += milliseconds;
      },
    },
    onPlan: (plan) => {
      if (cadence !== undefined)
        estimate = { requests: plan.requests + listed(evses), hours: plan.hours ?? 0 };
    },
    onProgress: ({ windows, requests: sent, expected, hours }) => {
      if (windows.done === 0 || windows.done < windows.total / 10) return;
      estimate ??= { requests: sent + expected, hours: (clock.time - until) / HOUR + hours };
    },
  });
  if (!estimate) throw new Error('nothing was estimated');
  return { estimate, took: { requests, items, hours: (clock.time - until) / HOUR } };
}

/** Number of requests that list the EVSEs, which are sent before the plan. */
function listed(evses: number): number {
  return Math.ceil(evses / PAGE);
}

/** The simulated API: a rolling hour, EVSEs, and logs made on request, newest first. */
function api(clock: { time: number }, evses: number, every: number, limit: number) {
  const sent: number[] = [];
  let first = 0;
  return async (address: string): Promise<Response> => {
    clock.time += LATENCY;
    while ((sent[first] ?? Number.POSITIVE_INFINITY) <= clock.time - HOUR) first += 1;
    const remaining = limit - (sent.length - first);
    const counts = {
      'x-ratelimit-limit': `${limit}`,
      'x-ratelimit-remaining': `${Math.max(0, remaining - 1)}`,
    };
    if (remaining <= 0) {
      const wait = Math.ceil(((sent[first] ?? 0) + HOUR - clock.time) / 1000);
      return new Response('{}', { status: 429, headers: { ...counts, 'retry-after': `${wait}` } });
    }
    sent.push(clock.time);
    const { pathname, searchParams: query } = new URL(address);
    const { items, next } = pathname.endsWith('logs') ? logs(query, every) : parents(query, evses);
    const link = `<${next === undefined ? 'about:blank' : `http://127.0.0.1${pathname}?page_after=${next}`}>; rel="next"`;
    return new Response(JSON.stringify(items), {
      headers: { ...counts, link, 'content-type': 'application/json' },
    });
  };
}

function parents(query: URLSearchParams, evses: number) {
  const from = Number(query.get('page_after') ?? 0);
  const items = Array.from({ length: Math.min(PAGE, evses - from) }, (_, index) => ({
    id: `evse${from + index}`,
  }));
  return { items, next: from + PAGE < evses ? String(from + PAGE) : undefined };
}

function logs(query: URLSearchParams, every: number) {
  const bound = (name: string) => Date.parse(query.get(name) ?? '');
  const after = query.get('page_after');
  const newest = Math.floor((after ? Date.parse(after) - 1 : bound('sampled_at__lte')) / every) * every;
  const items: { sampled_at: string }[] = [];
  let time = newest;
  for (; items.length < PAGE && time >= bound('sampled_at__gte'); time -= every)
    items.push({ sampled_at: new Date(time).toISOString() });
  return { items, next: time >= bound('sampled_at__gte') ? items.at(-1)?.sampled_at : undefined };
}
