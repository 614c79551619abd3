import {
  isObject,
  isVersionHeader,
  NOT_FILTERS,
  type Parameter,
  resolve,
  type Schema,
} from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import type { ProbeMaker } from '../model/session.js';
import { parametersOf, wrongValues } from '../probe/refusal.js';
import { acceptsText } from '../probe/values.js';

const TEXTS = ['not-a-value', '!'];

export default {
  id: 'malformed-parameter',
  on: 'probe',
  group: 'errors',
  priority: 3,
  title: 'Parameters of another form than described are refused',
  explain:
    'Sends a text that the schema of a query or header parameter does not accept, and numbers just below and ' +
    'above its bounds. A server that ignores a filter with a typing mistake shows everything. It is a violation ' +
    'where the schema gives a type, a bound, a format or a list of values. Where the schema only describes how ' +
    'texts look, it is a note: a server may take other texts, or know nobody of that name. An order that a ' +
    'server cannot sort by is a note too, as it selects nothing.',
  source: 'the parameters in the document',
  async probes(operation, session) {
    const bounds = new Set(operation.ranges.flatMap(({ gte, lte }) => [gte, lte]));
    const values = parametersOf(
      operation,
      (parameter) =>
        ['query', 'header'].includes(parameter.in) &&
        !isVersionHeader(parameter, operation.responses) &&
        // Other rules check these, and ranges.
        !NOT_FILTERS.includes(parameter.name) &&
        !bounds.has(parameter.name),
    ).map((parameter) => {
      const isWrong = (text: string) => !acceptsText(session.contract, parameter, text);
      const texts = [
        ...TEXTS.filter(isWrong).slice(0, 1),
        ...outOfBounds(session, parameter).filter(isWrong),
      ];
      return [parameter, texts] as const;
    });
    if (values.every(([, texts]) => texts.length === 0)) {
      throw new NotApplicable('no other parameter has a described form');
    }
    const probes = await wrongValues(session, operation, 'malformed-parameter', ['400', '422'], values);
    const open = new Set(
      values
        .map(([parameter]) => parameter)
        .filter(
          ({ name, schema, schemaPointer }) =>
            isOpen(session, schema, schemaPointer) || name === operation.ordering?.parameter,
        )
        .map(({ name }) => name),
    );
    return probes.map((probe) =>
      open.has(probe.breaks ?? '') ? { ...probe, noted: ['2XX', '403', '404'] } : probe,
    );
  },
} satisfies Rule;

/** The whole numbers next to the bounds of a number. */
function outOfBounds({ contract }: ProbeMaker, { schema, schemaPointer }: Parameter): string[] {
  const { value } = resolve<Schema>(contract.document, schema ?? true, schemaPointer);
  if (!isObject(value)) return [];
  const { minimum, maximum } = value;
  return [
    ...(typeof minimum === 'number' ? [String(Math.ceil(minimum) - 1)] : []),
    ...(typeof maximum === 'number' ? [String(Math.floor(maximum) + 1)] : []),
  ];
}

/**
 * Whether a schema, or one of its alternatives, only describes the form of a text: the form of ids may change over the
 * years.
 */
function isOpen(maker: ProbeMaker, schema: Schema, at: string): boolean {
  const { value, pointer } = resolve<Schema>(maker.contract.document, schema, at);
  if (!isObject(value)) return false;
  for (const name of ['anyOf', 'oneOf'] as const) {
    const alternatives = value[name];
    if (!Array.isArray(alternatives)) continue;
    return alternatives.some((one: Schema, index) => isOpen(maker, one, `${pointer}/${name}/${index}`));
  }
  return value.pattern !== undefined && value.enum === undefined && value.format === undefined;
}
