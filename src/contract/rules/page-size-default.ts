import { isObject, resolve, type Schema } from '../../document/index.js';
import { count } from '../../text/words.js';
import { ruleOn } from '../model/rule.js';
import { limitOf } from '../scenarios/lists/pages.js';
import { walk } from '../scenarios/lists/walk.js';

export default ruleOn(walk, {
  id: 'page-size-default',
  group: 'pages',
  title: 'Pages have the default size where none is asked for',
  explain:
    "Callers that don't choose a size rely on the default that the document gives. Where the longest pages are no longer " +
    'than the one without a size, the server has a limit of its own: that is a note.',
  source: 'the default of page_size in the document',
  check({ operation, whole, plain, complete }, contract) {
    const parameter = operation.parameters.find(({ name }) => name === operation.paging?.sizeParameter);
    const schema = resolve<Schema>(contract.document, parameter?.schema ?? true, '#').value;
    const normal = isObject(schema) ? schema.default : undefined;
    const total = whole.flatMap((page) => page.items).length;
    if (typeof normal !== 'number' || !plain || !(complete || total >= normal)) return undefined;
    const expected = Math.min(normal, total);
    if (plain.items.length === expected) return [];
    const limited = plain.items.length < expected && plain.items.length === limitOf(whole);
    return [
      {
        where: 'body',
        expected: `${count(expected, 'item')}, the default`,
        found: count(plain.items.length, 'item'),
        pointer: parameter?.schemaPointer,
        exchange: plain.exchange,
        ...(limited ? { note: true as const } : {}),
      },
    ];
  },
});
