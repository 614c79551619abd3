import { parseLinks } from '../../../src/client/pages/link.js';
import { EVSE, HEADERS, MAKE } from './request.js';
import type { Subject } from './subject.js';

const PLAIN: RequestInit = { headers: HEADERS };
const STRICT: RequestInit = { ...PLAIN, redirect: 'error' };

export const rawFetch: Subject = {
  retrieve: (base) => async () => (await get(`${base}/evse_makes/${MAKE}`)).json(),
  walk: (base) => () => pages(`${base}/evses/${EVSE}/status_logs?page_size=100`),
};

/** What the client makes of a GET in Node: undici keeps no copy of a request that may not be redirected. */
export const strictFetch: Subject = {
  retrieve: (base) => async () => (await get(`${base}/evse_makes/${MAKE}`, STRICT)).json(),
};

async function get(url: string, init: RequestInit = PLAIN): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

async function* pages(first: string): AsyncGenerator<readonly unknown[]> {
  for (let url: string | undefined = first; url; ) {
    const response: Response = await get(url);
    yield (await response.json()) as unknown[];
    const next = parseLinks(response.headers.get('link') ?? '').get('next');
    url = next === 'about:blank' ? undefined : next;
  }
}
