import { isObject, type Parameter } from '../../document/index.js';
import { compare, referredId, textOf } from '../exchange/items.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import { idAbove, routeOf } from '../operation/route.js';

/** A name that stands for an object in an address, such as `me`. */
const ALIAS = /^[a-z_-]+$/i;

export default {
  id: 'belongs-to-parent',
  on: 'answer',
  group: 'agree',
  notOnMock: 'the mock answers any id with the same example',
  title: 'What is below an object, or asked for by its id, refers to that object',
  explain:
    'A path parameter such as evse_id names the EVSE whose items are shown: where they have a field evse, it ' +
    'refers to that one, and their own URLs lie below it. The same holds for a query parameter such as make_id. ' +
    'Items of another object may be the data of somebody else.',
  source: 'the path parameters in the document',
  check({ operation, probe, response, json }, contract) {
    const idIn = (name: string, value: unknown) => {
      const id = referredId(value);
      const schema = operation.parameters.find(
        (one) => one.in !== 'header' && one.name === name,
      )?.schemaPointer;
      // Plain text in a field of the same name, such as the message of a message, isn't an id.
      const isText = typeof value === 'string' && !URL.canParse(value);
      return isText && schema !== undefined && !contract.accepts(schema, value) ? undefined : id;
    };
    // A filter such as make_id names the make of what is listed, with whatever else is asked for.
    const filters = probe.breaks === undefined ? probe.query.filter(([name]) => name.endsWith('_id')) : [];
    const parents = [...Object.entries(probe.path), ...filters].map(([name, id]) => ({
      field: name.replace(/_id$/, ''),
      name,
      id,
    }));
    const objects = [json?.value].flat().filter(isObject);
    const shown = parents.filter(
      ({ field, name }) => field !== name && objects.some((object) => idIn(name, object[field])),
    );
    if (response.status !== 200 || operation.method !== 'GET') return undefined;
    const stray = outside(objects, { operation, probe, json }, contract);
    if (stray.length > 0) return stray;
    if (shown.length === 0) return undefined;
    return shown.flatMap(({ field, name, id }) => {
      const index = objects.findIndex((object) => (idIn(name, object[field]) ?? id) !== id);
      if (index < 0) return [];
      const at = Array.isArray(json?.value) ? `/${index}` : '';
      return [
        { where: `body ${at}/${field}`, expected: id, found: String(referredId(objects[index]?.[field])) },
      ];
    });
  },
} satisfies Rule;

/** The first object whose own URL lies below another object than the one that was asked for. */
function outside(
  objects: readonly Record<string, unknown>[],
  { operation, probe, json }: Pick<Exchange, 'operation' | 'probe' | 'json'>,
  contract: Contract,
): Finding[] {
  if (Object.keys(probe.path).length === 0) return [];
  for (const [index, { url }] of objects.entries()) {
    if (typeof url !== 'string' || !URL.canParse(url)) continue;
    const route = routeOf(contract, 'GET', new URL(url));
    if (route && !route.operation.path.startsWith(operation.path)) continue;
    const named = (parameter: Parameter) =>
      route ? route.path[parameter.name] : idAbove(url, parameter, operation, contract);
    // Its own id is for other rules.
    const above = operation.parameters.filter(({ name }) => !operation.path.endsWith(`{${name}}`));
    const stray = above.find((parameter) => {
      const { in: place, name, schemaPointer } = parameter;
      const [asked, own] = [probe.path[name], named(parameter)];
      if (place !== 'path' || asked === undefined || own === undefined || ALIAS.test(asked)) return false;
      return compare(asked, own) !== 0 && contract.accepts(schemaPointer, own);
    });
    if (!stray) continue;
    const at = Array.isArray(json?.value) ? `/${index}` : '';
    const expected = `a URL with ${stray.name} ${probe.path[stray.name]}`;
    return [{ where: `body ${at}/url`, expected, found: textOf(url) }];
  }
  return [];
}
