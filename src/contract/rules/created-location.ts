import { lastSegment } from '../exchange/items.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import { ruleOn } from '../model/rule.js';
import { routeOf } from '../operation/route.js';
import { creation } from '../scenarios/writing/creation.js';

export default ruleOn(creation, {
  id: 'created-location',
  group: 'headers',
  title: 'The Location of what was created leads to it',
  explain:
    'A Location beside a 201 is the address of what was created: the path that the document has for the id in ' +
    'the answer, on whatever server. A caller that follows another address reads, or changes, the data of ' +
    'somebody else.',
  source: 'RFC 9110, sections 10.2.2 and 15.3.2; the paths in the document',
  check({ exchange, reading }, contract) {
    const location = exchange.response.headers.get('location');
    if (location === null) return undefined;
    if (leadsTo(location, reading, contract)) return [];
    const expected = `the address ${new URL(reading.request.url).pathname}`;
    return [{ where: 'header Location', expected, found: location, exchange }];
  },
});

function leadsTo(location: string, { request, operation, probe }: Exchange, contract: Contract): boolean {
  if (!URL.canParse(location, request.url)) return false;
  const url = new URL(location, request.url);
  const route = routeOf(contract, 'GET', url);
  // A gateway may have a base path of its own.
  if (!route) return lastSegment(url.href) === Object.values(probe.path).at(-1);
  return (
    route.operation === operation &&
    Object.entries(probe.path).every(([name, value]) => route.path[name] === value)
  );
}
