import { hasChoices, isObject, properties } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import type { Finding } from '../model/violation.js';
import { shownSchema } from '../operation/success.js';

export default {
  id: 'answered-as-asked',
  on: 'answer',
  group: 'queries',
  notOnMock: 'the mock answers with fixed examples',
  title: 'What has the name of a query parameter shows the value that was sent',
  explain:
    'Some query parameters choose from a list of values, such as the resolution of statistics. Where the ' +
    'object in the answer has a field of the same name, the field has to show the value that was sent: ' +
    'another one means that the server answered another question. So it does where an address that is answered ' +
    'carries another id than the one that was sent for the same parameter.',
  source: 'the query parameters in the document',
  check({ operation, probe, response, json }, contract) {
    const answered = json?.value;
    if (operation.method !== 'GET' || probe.breaks !== undefined) return undefined;
    const stray = strayAddress({ operation, probe, response, json }, contract);
    if (stray) return [stray];
    if (response.status !== 200) return undefined;
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

/** The address that an answer leads to, in its Location or as its `url`, if it carries another id than was sent. */
function strayAddress(
  { operation, probe, response, json }: Pick<Exchange, 'operation' | 'probe' | 'response' | 'json'>,
  contract: Contract,
): Finding | undefined {
  const { url } = isObject(json?.value) ? json.value : {};
  const addresses = [
    ['header Location', response.status < 400 ? response.headers.get('location') : null],
    ['body /url', response.status === 200 ? url : undefined],
  ] as const;
  for (const [where, address] of addresses) {
    if (typeof address !== 'string' || !URL.canParse(address)) continue;
    const { searchParams } = new URL(address);
    for (const [name, value] of probe.query) {
      const parameter = operation.parameters.find((one) => one.in === 'query' && one.name === name);
      const other = searchParams.get(name);
      if (!parameter || other === null || other === value) continue;
      // A word may mean something else at another place; what has the form of an id is one.
      const isId = (text: string) => contract.accepts(parameter.schemaPointer, text);
      if (isId(value) && isId(other) && !isId('x'))
        return { where, expected: `${name}=${value}, as asked for`, found: address };
    }
  }
  return undefined;
}
