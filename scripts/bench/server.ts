/**
 * Serves the API's answers as fast as node:http can, in a separate process, so that we measure the client. The path
 * determines its behaviour: `/{latency in milliseconds}/{total number of logs}/…`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const PAGE = 100;
const NEWEST = Date.UTC(2026, 5, 1);
const STEP = 60_000;

const token = JSON.stringify({ access_token: 'x'.repeat(40), token_type: 'Bearer', expires_in: 36_000 });
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

/** The newest log has index 0, as in the API's order. */
function timeOf(index: number): string {
  return new Date(NEWEST - index * STEP).toISOString();
}

function page(url: URL, count: number): { body: string; link: string } {
  const query = url.searchParams;
  const age = (name: string, otherwise: number) =>
    query.has(name) ? (NEWEST - Date.parse(query.get(name) ?? '')) / STEP : otherwise;
  const start = Math.max(0, Math.ceil(age('sampled_at__lte', 0)), Math.floor(age('page_after', -1)) + 1);
  const last = Math.min(count - 1, Math.floor(age('sampled_at__gte', Infinity)));
  const end = Math.min(last + 1, start + Number(query.get('page_size') ?? PAGE));
  const items = Array.from({ length: Math.max(0, end - start) }, (_, offset) => log(start + offset));
  if (end > last) return { body: JSON.stringify(items), link: '<about:blank>; rel="next"' };
  const next = new URL(url);
  next.searchParams.set('page_after', timeOf(end - 1));
  return { body: JSON.stringify(items), link: `<${next}>; rel="next"` };
}

function answerTo(url: URL, count: number): { body: string; link?: string } {
  if (url.pathname.endsWith('/token/')) return { body: token };
  return url.pathname.endsWith('/status_logs') ? page(url, count) : { body: make };
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const [, latency, count] = url.pathname.split('/').map(Number);
  const { body, link } = answerTo(url, count ?? 0);
  const send = () => {
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
  if (latency) setTimeout(send, latency);
  else send();
});

// Processes of the bench pause between turns, and must not find their connections closed afterwards.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
