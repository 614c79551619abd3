import { hasChoices, isObject, properties } from '../../document/index.js';
import type { Rule } from '../model/rule.js';
import { shownSchema } from '../operation/success.js';

export default {
  id: 'answered-as-asked',
  on: 'answer',
  group: 'queries',
  notOnMock: 'the mock answers with fixed examples',
  title: 'A field with the name of a query parameter shows the value that was sent',
  explain:
    'Some query parameters choose from a list of values, such as the resolution of statistics. Where the ' +
    'object in the answer has a field of the same name, the field has to show the value that was sent: ' +
    'another one means that the server answered another question.',
  source: 'the query parameters in the document',
  check({ operation, probe, response, json }, contract) {
    const answered = json?.value;
    if (operation.method !== 'GET' || response.status !== 200 || probe.breaks !== undefined) return undefined;
    const shown = shownSchema(contract, operation);
    if (!shown || !isObject(answered)) return undefined;
    const { document } = contract;
    const known = properties(document, shown.value, shown.pointer);
    const asked = probe.query.filter(([name, value]) => {
      const field = known.get(name);
      const parameter = operation.parameters.find((one) => one.in === 'query' && one.name === name);
      if (!field || !parameter || typeof answered[name] !== 'string') return false;
      const choose = hasChoices(document, parameter.schema ?? true, parameter.schemaPointer);
      return (
        choose && hasChoices(document, field.value, field.pointer) && contract.accepts(field.pointer, value)
      );
    });
    if (asked.length === 0) return undefined;
    return asked.flatMap(([name, value]) =>
      answered[name] === value
        ? []
        : [{ where: `body /${name}`, expected: `${value}, as asked for`, found: String(answered[name]) }],
    );
  },
} satisfies Rule;
