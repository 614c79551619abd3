import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The API's answers as fast as node:http gives them, in a process of its own, so that what is measured is the client.
 * `latency` (milliseconds), `count` (logs in all) and `logs` (items a page) are query parameters or part of the path:
 * `/{latency}/{count}/evses/…/status_logs`.
 */
const PAGE = 100;
const NEWEST = Date.UTC(2026, 5, 1);
const STEP = 60_000;

const make = JSON.stringify({
  id: 'emak01HN2NJ9NMRZBXT1H6FT9N7735',
  url: 'https://api.ev.energy/v2/evse_makes/emak01HN2NJ9NMRZBXT1H6FT9N7735',
  name: 'Example',
  icon: null,
  onboarding_url: 'https://api.ev.energy/v2/evse_onboarding?make_id=emak01HN2NJ9NMRZBXT1H6FT9N7735',
  models: 'https://api.ev.energy/v2/evse_models/?make_id=emak01HN2NJ9NMRZBXT1H6FT9N7735',
});

function log(index: number): object {
  const sampled_at = timeOf(index);
  return {
    url: `https://api.ev.energy/v2/evse/evse01HSH04KDEWF6Z4DB2J77J74K5/status_logs/${sampled_at}/`,
    sampled_at,
    logged_at: sampled_at,
    evse: 'https://api.ev.energy/v2/evses/evse01HSH04KDEWF6Z4DB2J77J74K5/',
    is_plugged_in: index % 3 === 0,
    is_charging: index % 6 === 0,
    charge_rate_watts: index % 6 === 0 ? 7_200 : 0,
    export_power_watts: null,
    meter_reading_watt_hours: 1_500_000 - index,
    voltage_millivolts: 240_000,
    state_of_charge_percentage: index % 100,
    mode: 'Charge',
  };
}

function timeOf(index: number): string {
  return new Date(NEWEST - index * STEP).toISOString();
}

/** The first log at or before the time, in the API's order: the newest has index 0. */
function indexOf(time: string): number {
  return Math.ceil((NEWEST - Date.parse(time)) / STEP);
}

function page(url: URL, count: number): { body: string; link: string } {
  const query = url.searchParams;
  const [lte, gte, after] = ['sampled_at__lte', 'sampled_at__gte', 'page_after'].map((name) =>
    query.get(name),
  );
  const start = Math.max(0, lte ? indexOf(lte) : 0, after ? indexOf(after) + 1 : 0);
  const last = Math.min(count - 1, gte ? Math.floor((NEWEST - Date.parse(gte)) / STEP) : Infinity);
  const size = Number(query.get('page_size') ?? query.get('per_page') ?? PAGE);
  const end = Math.min(last + 1, start + size);
  const items = Array.from({ length: Math.max(0, end - start) }, (_, offset) => log(start + offset));
  if (end > last) return { body: JSON.stringify(items), link: '<about:blank>; rel="next"' };
  const next = new URL(url);
  next.searchParams.set('page_after', timeOf(end - 1));
  return { body: JSON.stringify(items), link: `<${next}>; rel="next"` };
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const [, latency, count] = url.pathname.split('/');
  const { body, link } = url.pathname.endsWith('/status_logs')
    ? page(url, Number(count))
    : { body: make, link: '' };
  const answer = () => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-ratelimit-limit': '1000000',
      'x-ratelimit-remaining': '999999',
      'evenergy-version': '2',
      ...(link ? { link } : {}),
    });
    response.end(body);
  };
  request.resume();
  if (Number(latency) > 0) setTimeout(answer, Number(latency));
  else answer();
});

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
