import { isObject } from '../../document/index.js';
import { either } from '../../text/words.js';
import type { Contract } from '../model/contract.js';
import type { Rule } from '../model/rule.js';
import { shownReferences } from '../operation/references.js';
import { basesOf, plainPath, routeOf, servers } from '../operation/route.js';
import { fillPath } from '../probe/values.js';

export default {
  id: 'references-here',
  on: 'answer',
  group: 'agree',
  notOnMock: "the mock's URLs are those of the examples",
  title: 'References lead to a server of the API',
  explain:
    "The object's own URL, and the URLs by which it refers to others or to lists, are on a server of the document or the " +
    'one that answered, below its base path unless the document shows that very URL, and are https where that is. A ' +
    'caller that follows them elsewhere, or unencrypted, hands its token to a stranger.',
  source: 'servers in the document; RFC 3986, section 3.2',
  check(exchange, contract) {
    const { operation, probe, request, response, json } = exchange;
    if (response.status !== 200 || json === undefined) return undefined;
    const references = [...shownReferences(contract, operation).keys()];
    const key = operation.collection?.key ?? 'id';
    const known = [request.url, ...servers(contract)].map((url) => new URL(url));
    const hosts = new Set(known.map(({ host }) => host));
    const objects = [json.value].flat().filter(isObject);
    const urls = objects.flatMap((object, index) =>
      // Without an id, an object's `url` belongs to something else.
      [...(object[key] === undefined ? [] : ['url']), ...references, ...addresses(object, contract)].flatMap(
        (field) => {
          const url = object[field];
          const at = Array.isArray(json.value) ? `/${index}/${field}` : `/${field}`;
          return typeof url === 'string' && URL.canParse(url) ? [{ at, url: new URL(url) }] : [];
        },
      ),
    );
    if (urls.length === 0) return undefined;
    const secure = new Set(known.filter(({ protocol }) => protocol === 'https:').map(({ host }) => host));
    const stray = urls.find(
      ({ url: { protocol, host } }) =>
        protocol.startsWith('http') && (!hosts.has(host) || (protocol === 'http:' && secure.has(host))),
    );
    const bases = basesOf(contract, exchange, fillPath(operation, probe.path));
    const beside =
      bases &&
      urls.find(
        ({ url }) => hosts.has(url.host) && isBeside(url, bases, contract) && !isExample(url, contract),
      );
    if (!stray && beside)
      return [
        {
          where: `body ${beside.at}`,
          expected: `a URL below ${either([...new Set(bases)])}`,
          found: beside.url.href,
        },
      ];
    if (!stray) return [];
    return [
      {
        where: `body ${stray.at}`,
        expected: `a URL on ${either([...hosts])}${hosts.has(stray.url.host) ? ', by https' : ''}`,
        found: stray.url.href,
      },
    ];
  },
} satisfies Rule;

/**
 * The fields that lead to the API, as those of a start page do, or one that names a list: their URLs have the base path
 * of a server and the path of one of its operations.
 */
function addresses(object: Record<string, unknown>, contract: Contract): string[] {
  const bases = servers(contract).map((server) => new URL(server).pathname.replace(/\/+$/, ''));
  return Object.keys(object).filter((field) => {
    const text = object[field];
    const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
    const isBelow = url && bases.some((base) => base !== '' && url.pathname.startsWith(`${base}/`));
    return field !== 'url' && isBelow && routeOf(contract, 'GET', url) !== undefined;
  });
}

/** Whether a URL has the path of an operation, but without the base path of any server. */
function isBeside(url: URL, bases: readonly string[], contract: Contract): boolean {
  const path = plainPath(url.pathname);
  return !bases.some((base) => path.startsWith(`${base}/`)) && routeOf(contract, 'GET', url) !== undefined;
}

const known = new WeakMap<Contract, string>();

/** Whether the document shows the very URL: then servers answer with it, or keep it, since bodies are sent as shown. */
function isExample({ href }: URL, contract: Contract): boolean {
  const text = known.get(contract) ?? JSON.stringify(contract.document);
  known.set(contract, text);
  return text.includes(JSON.stringify(href));
}
