import { isObject } from '../../document/index.js';
import type { Rule } from '../model/rule.js';
import { basesOf, plainPath, routeOf, servers } from '../operation/route.js';
import { fillPath } from '../probe/values.js';

export default {
  id: 'problem-instance',
  on: 'answer',
  group: 'errors',
  notOnMock: "the mock's problems are the document's examples",
  title: "The instance of a problem is the request's",
  explain:
    'Where the instance is an address of the API, or that of all of it, it is the one that was asked: support looks ' +
    'problems up by it. ' +
    'On another host it shows how the server is reached from inside. An instance of another form, such as a number ' +
    'of the occurrence, is left alone.',
  source: 'RFC 9457, section 3.1.5; the examples in the document',
  check(exchange, contract) {
    const { operation, probe, request, response, json } = exchange;
    const instance = response.status >= 400 && isObject(json?.value) ? json.value.instance : undefined;
    if (typeof instance !== 'string' || !URL.canParse(instance, request.url)) return undefined;
    const url = new URL(instance, request.url);
    const asked = new URL(request.url);
    const [shown, own] = [plainPath(url.pathname), plainPath(asked.pathname)];
    const bases = basesOf(contract, exchange, fillPath(operation, probe.path)) ?? [];
    const wrong = [{ where: 'body /instance', expected: asked.pathname, found: instance }];
    // The root may be that of a server that keeps its problems elsewhere.
    if (shown.length > 1 && shown !== own && bases.includes(shown)) return wrong;
    if (!routeOf(contract, operation.method, url)) return [];
    // Base paths differ between servers.
    const isHere = [asked.href, ...servers(contract)].some((server) => new URL(server).host === url.host);
    if (isHere && (own.endsWith(shown) || shown.endsWith(own))) return [];
    return wrong;
  },
} satisfies Rule;
