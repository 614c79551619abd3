import { isObject, properties, resolve, type Schema } from '../../document/index.js';
import { textOf } from '../exchange/items.js';
import type { Rule } from '../model/rule.js';
import { shownSchema } from '../operation/success.js';

/** A zone other than UTC. A time without a zone isn't a date-time; the schema checks that. */
const OTHER_ZONE = /[+-](?!00:00$)\d\d:\d\d$/;

export default {
  id: 'times-in-utc',
  on: 'answer',
  group: 'answers',
  title: 'A time that the document says is in UTC is in UTC',
  explain:
    'A field whose description says UTC has Z or +00:00 for its zone. Callers that cut the zone off, as the ' +
    'document lets them, are wrong by hours otherwise.',
  source: 'the descriptions of date-times in the document; RFC 3339, section 4',
  check({ operation, response, json }, contract) {
    const shown = shownSchema(contract, operation);
    if (response.status >= 300 || !shown || json === undefined) return undefined;
    const { value, pointer } = resolve<Schema>(contract.document, shown.value, shown.pointer);
    if (!isObject(value)) return undefined;
    const known = properties(contract.document, value, pointer);
    const fields = [...known].filter(([, property]) => {
      const { value: schema } = resolve<Schema>(contract.document, property.value, property.pointer);
      return (
        isObject(schema) && schema.format === 'date-time' && /\bUTC\b/.test(String(schema.description ?? ''))
      );
    });
    if (fields.length === 0) return undefined;
    const objects = [json.value].flat().filter(isObject);
    for (const [index, object] of objects.entries()) {
      const stray = fields.find(([name]) => OTHER_ZONE.test(textOf(object[name])));
      if (!stray) continue;
      const [name, property] = stray;
      const where = `body ${Array.isArray(json.value) ? `/${index}` : ''}/${name}`;
      return [{ where, expected: 'a time in UTC', found: textOf(object[name]), pointer: property.pointer }];
    }
    return [];
  },
} satisfies Rule;
