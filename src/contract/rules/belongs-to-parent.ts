import { isObject } from '../../document/index.js';
import { referredId } from '../exchange/items.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'belongs-to-parent',
  on: 'answer',
  group: 'agree',
  notOnMock: 'the mock answers any id with the same example',
  title: 'What is below an object, or asked for by its id, refers to that object',
  explain:
    'A path parameter such as evse_id names the EVSE whose items are shown: where they have a field evse, it refers to that ' +
    'one. Items of another are the data of somebody else. So with a parameter of a query such as make_id.',
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
    if (response.status !== 200 || shown.length === 0 || operation.method !== 'GET') return undefined;
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
