import type { Exchange, WireRequest } from '../model/exchange.js';

/** Headers that curl sets itself, and those that a browser adds to every request. */
const OWN =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|accept-language|user-agent|origin|referer|dnt|te|priority|pragma|cache-control|upgrade-insecure-requests|sec-.*)$/;

/** What the line is made of: the request alone. */
interface Requested {
  readonly request: WireRequest;
}

/**
 * The arguments of a `curl` command that sends a request again, quoted for a POSIX shell. Secrets become shell
 * variables: `$EV_ENERGY_ACCESS_TOKEN`.
 *
 * @param shown the same request, as reports may show it.
 */
export function curlArguments(sent: Requested, { request }: Requested): string[] {
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

export function curlOf(sent: Requested, shown: Requested): string {
  return curlArguments(sent, shown).join(' ');
}

/** Characters of a command beyond which only the JSON and the HTML report have all of it. */
const LONGEST = 2_000;

/** A command as a comment that shows how it begins, where it is too long to be read; undefined where it isn't. */
export function shortened(curl: string): string[] | undefined {
  if (curl.length <= LONGEST) return undefined;
  return [
    `# ${curl.length} characters of a command, all of them with --report json=FILE:`,
    `# ${curl.slice(0, LONGEST / 4).replace(/\s+/g, ' ')}…`,
  ];
}

/** `shown` is redacted if the value is secret. */
function header(name: string, shown: string, sent: Requested): string {
  const value = sent.request.headers[name] ?? '';
  if (name.toLowerCase() === 'authorization') return authorization(value, sent);
  if (shown.includes('[redacted]')) return `-H ${variable(`${name}: `, name)}`;
  return `-H ${quote(shown === '' ? `${name};` : `${name}: ${shown}`)}`;
}

function authorization(value: string, sent: Requested): string {
  if (/^basic /i.test(value)) return '-u "$EV_ENERGY_CLIENT_ID:$EV_ENERGY_CLIENT_SECRET"';
  if (!/^bearer /i.test(value)) return `-H ${variable('Authorization: ', 'AUTHORIZATION')}`;
  const { probe } = sent as Partial<Exchange>;
  if (probe?.credential === 'wrong') return `-H ${quote('Authorization: Bearer never-issued')}`;
  const expired = probe?.credential === 'expired';
  const [scheme = ''] = value.split(' ', 1);
  return `-H ${variable(`Authorization: ${scheme} `, expired ? 'EV_ENERGY_EXPIRED_TOKEN' : 'EV_ENERGY_ACCESS_TOKEN')}`;
}

/** Text that ends with a variable, in quotes that let the shell expand it. */
function variable(text: string, name: string): string {
  return `"${text.replace(/["\\$`]/g, '\\$&')}$${name.toUpperCase().replace(/\W/g, '_')}"`;
}

/** Inside single quotes the shell changes nothing. */
function quote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** JSON is shown indented, but sent on one line. */
function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}
