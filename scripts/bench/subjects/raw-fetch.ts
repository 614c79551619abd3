import { parseLinks } from '../../../src/client/pages/link.js';
import { EVSE, HEADERS, MAKE } from './request.js';
import type { Subject } from './subject.js';

export const rawFetch: Subject = {
  retrieve: (base) => async () => (await get(`${base}/evse_makes/${MAKE}`)).json(),
  walk: (base) => () => pages(`${base}/evses/${EVSE}/status_logs?page_size=100`),
};

async function get(url: string): Promise<Response> {
  const response = await fetch(url, { headers: HEADERS });
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
