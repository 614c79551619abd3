import {
  EXPAND,
  isObject,
  NOT_FILTERS,
  type Operation,
  PAGE_AFTER,
  PAGE_BEFORE,
  type Parameter,
  resolve,
  type Schema,
} from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import type { Rule } from '../model/rule.js';
import type { Known, ProbeMaker } from '../model/session.js';
import { wholePage } from '../probe/make-probe.js';
import { accepts, queryPairs } from '../probe/values.js';

export default {
  id: 'parameters-accepted',
  on: 'probe',
  group: 'answers',
  priority: 3,
  title: 'Each optional parameter is accepted',
  explain:
    'Sends one request for each example of an optional parameter and for the minimum of a number, or one with ' +
    'the value given by --id. On a server with state, other rules check cursors, ranges and expansions.',
  source: 'the parameters and their examples in the document',
  async probes(operation, session) {
    if (operation.method === 'DELETE') throw new NotApplicable('what is deleted once is gone');
    const fixed = session.target.fixed(operation) !== undefined;
    const others = [
      PAGE_AFTER,
      PAGE_BEFORE,
      EXPAND,
      ...operation.ranges.flatMap(({ gte, lte }) => [gte, lte]),
    ];
    const values = operation.parameters
      .filter((parameter) => !parameter.required && (fixed || !others.includes(parameter.name)))
      .flatMap((parameter): { parameter: Parameter; value: unknown; guessed: boolean }[] => {
        const given = session.ids.given(parameter);
        if (given !== undefined) return [{ parameter, value: given, guessed: false }];
        const examples = parameter.examples.map(({ value }) => value);
        return [...new Set([...examples, ...smallest(session, parameter)])]
          .filter((value) => accepts(session.contract, parameter, value))
          .map((value) => ({ parameter, value, guessed: true }));
      });
    if (values.length === 0)
      throw new NotApplicable('the operation has no optional parameter with an example');
    return Promise.all(
      values.map(async ({ parameter, value, guessed }) => {
        const companion = companionOf(operation, parameter, session);
        const probe = await session.probe(operation, ask(operation, parameter, value, companion));
        const own = guessed ? [parameter.name] : [];
        const others = companion?.known.guessed ? [companion.parameter.name] : [];
        return { ...probe, guessed: [...probe.guessed, ...own, ...others] };
      }),
    );
  },
} satisfies Rule;

/** The minimum of a number is a value as good as any other. */
function smallest({ contract }: ProbeMaker, { schema, schemaPointer }: Parameter): number[] {
  if (schema === undefined) return [];
  const { value } = resolve<Schema>(contract.document, schema, schemaPointer ?? '#');
  return isObject(value) && typeof value.minimum === 'number' ? [value.minimum] : [];
}

interface Companion {
  parameter: Parameter;
  known: Known;
}

/** A parameter that must be sent too (`x-requires-one-of`): the first one with a known value. */
function companionOf(operation: Operation, parameter: Parameter, session: ProbeMaker): Companion | undefined {
  if (!parameter.requiresOneOf) return undefined;
  for (const name of parameter.requiresOneOf) {
    const other = operation.parameters.find(
      (candidate) => candidate.name === name && candidate.in === 'query',
    );
    const known = other && session.ids.of(other);
    if (known) return { parameter: other, known };
  }
  throw new NotCovered(`no value is known for ${parameter.requiresOneOf.join(' or ')}`);
}

function ask(operation: Operation, parameter: Parameter, value: unknown, companion: Companion | undefined) {
  const shown = Array.isArray(value) ? value.join(',') : String(value);
  const along = companion ? queryPairs(companion.parameter, companion.known.value) : [];
  // With the page size of the scenarios, which send some of these requests as well: each is sent once.
  const isPaging = parameter.in === 'query' && NOT_FILTERS.includes(parameter.name);
  const { query: page = [] } = isPaging ? {} : wholePage(operation);
  return {
    name: `${parameter.name}=${shown}`,
    rule: 'parameters-accepted',
    ...(parameter.in === 'query'
      ? { query: [...page, ...queryPairs(parameter, value), ...along] }
      : { headers: { [parameter.name]: String(value) }, query: [...page, ...along] }),
  };
}
