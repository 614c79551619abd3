import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { EVSE, HEADERS, MAKE, TOKEN } from './request.js';
import type { Subject } from './subject.js';

const PluggedOctokit = Octokit.plugin(retry, throttling, paginateRest);
const nothing = () => {};

export const octokit: Subject = {
  retrieve: (base) => {
    const kit = client(base);
    return async () => (await kit.request('GET /evse_makes/{id}', { id: MAKE })).data;
  },
  walk: (base) => {
    const kit = client(base);
    const parameters = { id: EVSE, page_size: 100 };
    return () => pages(kit.paginate.iterator('GET /evses/{id}/status_logs', parameters));
  },
};

function client(baseUrl: string) {
  return new PluggedOctokit({
    baseUrl,
    auth: TOKEN,
    request: { headers: HEADERS },
    throttle: { onRateLimit: () => true, onSecondaryRateLimit: () => true },
    log: { debug: nothing, info: nothing, warn: nothing, error: console.error },
  });
}

/** Octokit doesn't know that `about:blank` ends this API's collections. */
async function* pages(
  iterator: AsyncIterable<{ data: unknown; headers: { link?: string } }>,
): AsyncGenerator<readonly unknown[]> {
  for await (const { data, headers } of iterator) {
    yield data as unknown[];
    if (headers.link?.startsWith('<about:blank>')) return;
  }
}
