import type { Exchange, Sent } from '../model/exchange.js';
import type { Shown } from '../model/result.js';

/** What curl sets by itself, and what a browser adds to each request of its own. */
const OWN =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|accept-language|user-agent|origin|referer|dnt|te|priority|pragma|cache-control|upgrade-insecure-requests|sec-.*)$/;

/**
 * The arguments of a `curl` that sends a request again, each quoted for a POSIX shell. Secrets are variables of the
 * shell: `$EV_ENERGY_ACCESS_TOKEN`.
 *
 * @param shown the same request, as reports may show it.
 */
export function curlArguments(sent: Sent, { request }: Shown): string[] {
  const { method, url, headers, body } = request;
  const bare = /[[\]{}]/.test(url) ? '-gi' : '-i';
  return [
    `curl ${bare} ${method === 'HEAD' ? '--head' : `-X ${quote(method)}`} ${quote(url)}`,
    ...Object.entries(headers)
      .filter(([name]) => !OWN.test(name.toLowerCase()))
      .map(([name, value]) => header(name, value, sent)),
    ...(body === undefined ? [] : [`--data-raw ${quote(compact(body))}`]),
  ];
}

export function curlOf(sent: Sent, shown: Shown): string {
  return curlArguments(sent, shown).join(' ');
}

/** `shown` is redacted where the value is a secret. */
function header(name: string, shown: string, sent: Sent): string {
  const value = sent.request.headers[name] ?? '';
  if (name.toLowerCase() === 'authorization') return authorization(value, sent);
  if (shown.includes('[redacted]')) return `-H ${variable(`${name}: `, name)}`;
  return `-H ${quote(shown === '' ? `${name};` : `${name}: ${shown}`)}`;
}

function authorization(value: string, sent: Sent): string {
  if (/^basic /i.test(value)) return '-u "$EV_ENERGY_CLIENT_ID:$EV_ENERGY_CLIENT_SECRET"';
  if (!/^bearer /i.test(value)) return `-H ${variable('Authorization: ', 'AUTHORIZATION')}`;
  const { probe } = sent as Partial<Exchange>;
  if (probe?.credential === 'wrong') return `-H ${quote('Authorization: Bearer never-issued')}`;
  const expired = probe?.credential === 'expired';
  return `-H ${variable('Authorization: Bearer ', expired ? 'EV_ENERGY_EXPIRED_TOKEN' : 'EV_ENERGY_ACCESS_TOKEN')}`;
}

/** Text with a variable at its end, in quotes that let the shell fill it in. */
function variable(text: string, name: string): string {
  return `"${text.replace(/["\\$`]/g, '\\$&')}$${name.toUpperCase().replace(/\W/g, '_')}"`;
}

/** Within single quotes the shell leaves everything as it is. */
function quote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** JSON is shown indented, and sent in one line. */
function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}
