import { CURSORS, type Operation, type Parameter } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Ask } from '../model/probe.js';
import type { Rule } from '../model/rule.js';
import type { ProbeMaker } from '../model/session.js';
import { kindOfReading } from '../operation/kinds.js';
import { refusals } from '../probe/refusal.js';
import { acceptsText } from '../probe/values.js';

type Pairs = readonly (readonly [string, string])[];

/** Bounds of which the lower one is above the upper one, for moments, days and numbers. */
const CROSSED = [
  ['2999-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
  ['2999-01-01', '1970-01-01'],
  ['2', '1'],
] as const;

export default {
  id: 'odd-query',
  on: 'probe',
  group: 'answers',
  priority: 3,
  notOnMock: 'the mock reads a query in a way of its own',
  title: 'An odd query is never an error of the server',
  explain:
    'Sends a page size or filter without a value, one parameter twice, and a range that ends before it begins. ' +
    'It is answered, or refused as a mistake of the request. Where a page size without a value counts as left ' +
    'out, that is a note, as is a 403 or 404. One operation of each kind is asked.',
  source: 'the parameters and the 400 in the document; RFC 9110, section 15.6',
  kindOf(operation) {
    const kind = kindOfReading(operation);
    const { size, filter, range } = partsOf(operation);
    const parts = [size && 'pages', filter && 'a filter', range && 'a range'].filter(Boolean);
    return kind === undefined || parts.length === 0 ? undefined : parts.join(', ');
  },
  async probes(operation, session) {
    const refused = refusals(operation, '400', '422');
    const answered = { expect: ['2XX', '3XX', ...refused], noted: ['403', '404'] };
    const { size, filter, range } = partsOf(operation);
    const asks: Ask[] = [];
    const add = (name: string, breaks: string, query: Pairs, statuses: Pick<Ask, 'expect' | 'noted'>) =>
      asks.push({ name, breaks, query, rule: 'odd-query', ...statuses });
    if (size) {
      const statuses = { expect: refused, noted: ['2XX', '3XX', '403', '404'] };
      add(`${size.name} without a value`, size.name, [[size.name, '']], statuses);
      const five = [size.name, '5'] as const;
      add(`${size.name} twice`, size.name, [five, five], answered);
    }
    if (filter) add(`${filter.name} without a value`, filter.name, [[filter.name, '']], answered);
    const crossed = range && crossedIn(session, range);
    // A problem may name either bound.
    if (crossed) add('a range that ends before it begins', 'both bounds', crossed, answered);
    if (asks.length === 0) throw new NotApplicable('no value is known that would be odd');
    return Promise.all(asks.map((ask) => session.probe(operation, ask)));
  },
} satisfies Rule;

interface Parts {
  size: Parameter | undefined;
  filter: Parameter | undefined;
  range: { gte: Parameter; lte: Parameter } | undefined;
}

/** The first parameter of each kind that an odd query can be made of. */
function partsOf(operation: Operation): Parts {
  const { parameters, paging, expansion, ranges } = operation;
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const named = (name: string | undefined) => inQuery.find((parameter) => parameter.name === name);
  const size = named(paging?.sizeParameter);
  const [first] = ranges;
  const [gte, lte] = [named(first?.gte), named(first?.lte)];
  const others = new Set([
    ...CURSORS,
    size?.name,
    expansion?.parameter,
    ...ranges.flatMap((range) => [range.gte, range.lte]),
  ]);
  const filter = inQuery.find(({ name, required }) => !required && !others.has(name));
  return { size, filter, range: gte && lte ? { gte, lte } : undefined };
}

function crossedIn({ contract }: ProbeMaker, { gte, lte }: NonNullable<Parts['range']>): Pairs | undefined {
  const bounds = CROSSED.find(
    ([from, to]) => acceptsText(contract, gte, from) && acceptsText(contract, lte, to),
  );
  return (
    bounds && [
      [gte.name, bounds[0]],
      [lte.name, bounds[1]],
    ]
  );
}
