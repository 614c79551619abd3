import type { Arbitrary } from 'fast-check';
import {
  CURSORS,
  hasType,
  isObject,
  isVersionHeader,
  type Operation,
  type Parameter,
  resolve,
  type Schema,
} from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Ask } from '../model/probe.js';
import type { FuzzCase } from '../model/run.js';
import type { Session } from '../model/session.js';
import { brokenBodies } from '../probe/broken-bodies.js';
import { refusals } from '../probe/refusal.js';
import { jsonBody } from '../probe/request-body.js';
import { accepts, queryPairs } from '../probe/values.js';
import type { FieldAddresses } from './addresses.js';
import type { FastCheck } from './load.js';
import { valuesOf } from './values.js';

type Values = Record<string, unknown>;

/** Texts that a lenient reader takes for a number, a flag or nothing. */
const LENIENT = /^\s*$|^(?:true|false|yes|no|on|off|null|none|undefined)$/i;

/** A case; undefined if the generated values don't make one. */
export type Made = Arbitrary<FuzzCase | undefined>;

/** What cases are made with. */
export interface CaseMeans {
  fc: FastCheck;
  session: Session;
  /** Addresses that fields of a body can hold. */
  addresses: FieldAddresses;
}

/** No parameter is an address of the API. */
const NONE: FieldAddresses = new Map();

/** Cases in which everything is as the document says; each parameter may be present or not. */
export function validCases(operation: Operation, { fc, session, addresses }: CaseMeans): Made {
  const values = validValues(fc, operation, session);
  const media = jsonBody(operation);
  if (media?.schemaPointer === undefined) return values.map((given) => given && caseOf(operation, given));
  const { schema, schemaPointer } = media;
  const body = valuesOf({ fc, contract: session.contract, addresses }, schema ?? true, schemaPointer);
  return fc
    .tuple(values, body)
    .map(([given, sent]) =>
      given && session.contract.acceptsSent(schemaPointer, sent)
        ? { ...caseOf(operation, given), ...jsonOf(sent) }
        : undefined,
    );
}

/**
 * Cases in which one thing clearly contradicts the document.
 *
 * @throws NotApplicable where nothing is.
 */
export function invalidCases(operation: Operation, means: CaseMeans): Made {
  const { fc, session } = means;
  refusals(operation, '400', '422');
  const strict = generated(operation).filter((parameter) => isClear(parameter, session));
  const ways = [
    ...strict.map((parameter) => withWrongText(fc, operation, session, parameter)),
    ...withWrongBody(operation, means),
  ];
  if (ways.length === 0)
    throw new NotApplicable('none of its parameters, nor its body, is clearly described');
  return fc.oneof(...ways);
}

function withWrongText(fc: FastCheck, operation: Operation, session: Session, parameter: Parameter): Made {
  const numbers = fc.constantFrom('-1', '0', '1.5', '1e3', '99999999999999999999', 'NaN', '0x10', 'ten', '!');
  const wrong = fc.oneof(numbers, fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }));
  return fc.tuple(validValues(fc, operation, session), wrong).map(([values, text]) => {
    if (!values || !isRefused(parameter, text, session)) return undefined;
    const { [parameter.name]: _, ...others } = values;
    const { query, headers, ...rest } = caseOf(operation, others);
    return {
      ...rest,
      kind: 'invalid',
      breaks: parameter.name,
      query: parameter.in === 'query' ? [...query, ...queryPairs(parameter, text)] : query,
      headers: parameter.in === 'header' ? { ...headers, [parameter.name]: text } : headers,
    };
  });
}

function withWrongBody(operation: Operation, { fc, session, addresses }: CaseMeans): Made[] {
  const media = jsonBody(operation);
  if (media?.schemaPointer === undefined || media.schema === undefined) return [];
  const { schema, schemaPointer } = media;
  const { contract } = session;
  const right = valuesOf({ fc, contract, addresses }, schema, schemaPointer);
  return [
    fc.tuple(right, fc.nat({ max: 1000 })).map(([value, which]) => {
      if (!isObject(value) || !contract.acceptsSent(schemaPointer, value)) return undefined;
      const all = brokenBodies(contract, value, schema, schemaPointer);
      const broken = all[which % all.length];
      return broken && { ...caseOf(operation, {}), kind: 'invalid', breaks: 'body', ...jsonOf(broken.value) };
    }),
  ];
}

/**
 * Cases with any text where the document says little: ids, cursors, free texts. The server may find it or refuse it,
 * but has to cope.
 *
 * @throws NotApplicable where everything is described.
 */
export function undescribedCases(operation: Operation, { fc, session }: CaseMeans): Made {
  const loose = operation.parameters.filter(
    (parameter) =>
      ['path', 'query', 'header'].includes(parameter.in) && isLoose(operation, parameter, session),
  );
  if (loose.length === 0) throw new NotApplicable('all of its parameters are clearly described');
  // Without control characters, slashes and percent signs: gateways refuse these with messages of their own.
  const plain = fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(...'abzAZ019-_.~') });
  const quoting = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'a0\'"`;()*é漢😀') });
  return fc.tuple(fc.constantFrom(...loose), fc.oneof(plain, quoting)).map(([parameter, text]) => {
    const { name, in: place } = parameter;
    if ((place === 'header' && !/^[!-~]+$/.test(text)) || /^\.+$/.test(text)) return undefined;
    return {
      ...caseOf(operation, {}),
      kind: 'undescribed',
      breaks: name,
      ...(place === 'path' ? { path: { [name]: text } } : {}),
      query: place === 'query' ? queryPairs(parameter, text) : [],
      headers: place === 'header' ? { [name]: text } : {},
    };
  });
}

/** The request of a case. */
export function askOf(made: FuzzCase, operation: Operation): Ask {
  const { kind, breaks, path, query, headers, body } = made;
  const rest = {
    name: nameOf(made),
    ...(path ? { path } : {}),
    query,
    headers,
    ...(body === undefined ? {} : { body }),
  };
  if (kind === 'undescribed')
    return {
      ...rest,
      breaks: breaks ?? 'parameter',
      expect: ['2XX', '3XX', '4XX'],
      rule: 'parameters-accepted',
    };
  if (kind === 'invalid')
    return {
      ...rest,
      breaks: breaks ?? 'parameter',
      expect: refusals(operation, '400', '422'),
      rule: breaks === 'body' ? 'body-bounds' : 'malformed-parameter',
    };
  // The requested item, or one that a body refers to, may not exist; that says nothing about the values.
  const absent = operation.paging ? [] : ['404', '409', '410'];
  const refused = body === undefined ? absent : ['400', '403', '404', '409', '422'];
  return { ...rest, expect: ['2XX', '3XX', ...refused], rule: 'parameters-accepted' };
}

function nameOf({ path = {}, query, headers, body }: FuzzCase): string {
  const parts = [
    ...Object.entries(path).map((pair) => pair.join('=')),
    ...query.map((pair) => pair.join('=')),
    ...Object.entries(headers).map((pair) => pair.join(': ')),
    ...(body === undefined ? [] : [body]),
  ];
  return parts.length > 0 ? `generated: ${parts.join(', ')}` : 'generated';
}

/** Values of parameters, each there or not; undefined where one of them doesn't fit its schema after all. */
function validValues(fc: FastCheck, operation: Operation, session: Session): Arbitrary<Values | undefined> {
  const { contract } = session;
  const means = { fc, contract, addresses: NONE };
  const values = generated(operation).flatMap((parameter): [string, Arbitrary<unknown>][] => {
    if (isClear(parameter, session))
      return [[parameter.name, valuesOf(means, parameter.schema, parameter.schemaPointer)]];
    // For ids, only those that exist.
    const given = session.ids.given(parameter);
    return given === undefined ? [] : [[parameter.name, fc.constant(given)]];
  });
  const fits = (given: Values) =>
    operation.parameters.every(
      (parameter) =>
        !(parameter.name in given) ||
        (accepts(contract, parameter, given[parameter.name]) &&
          !parameter.excludes?.some((other) => other in given)),
    );
  return fc
    .record(Object.fromEntries(values), { requiredKeys: [] })
    .map((given) => (fits(given) ? given : undefined));
}

/** Parameters for which we generate valid values. For ids in the path we use those that the server lists. */
function generated(operation: Operation): Parameter[] {
  return operation.parameters.filter(
    (parameter) =>
      ['query', 'header'].includes(parameter.in) &&
      !isVersionHeader(parameter, operation.responses) &&
      !parameter.requiresOneOf &&
      // Only the server can give a cursor: a made-up one would be refused.
      !CURSORS.includes(parameter.name),
  );
}

/** Whether the schema allows any text. */
function isLoose({ responses }: Operation, parameter: Parameter, session: Session): boolean {
  const { value } = resolve<Schema>(session.contract.document, parameter.schema, parameter.schemaPointer);
  if (!isObject(value) || hasType(value, 'object') || isVersionHeader(parameter, responses)) return false;
  return !isClear(parameter, session);
}

/** Whether a schema says exactly what is allowed: numbers, flags, lists of values, moments. */
function isClear(parameter: Parameter, { contract }: Session): boolean {
  const { value } = resolve<Schema>(contract.document, parameter.schema, parameter.schemaPointer);
  if (!isObject(value)) return false;
  const items = hasType(value, 'array')
    ? resolve<Schema>(contract.document, value.items ?? true, '#').value
    : value;
  if (!isObject(items)) return false;
  const exact = ['integer', 'number', 'boolean'].some((type) => hasType(items, type));
  return exact || Array.isArray(items.enum) || items.format === 'date-time' || items.format === 'date';
}

/** Whether no reading of a text, however lenient, is what the document allows. */
function isRefused(parameter: Parameter, text: string, { contract }: Session): boolean {
  if (LENIENT.test(text) || text.trim() !== text || !Number.isNaN(Date.parse(text))) return false;
  const readings = [text, text.toLowerCase(), text.toUpperCase(), Number(text), Number.parseInt(text, 10)];
  const all = [...readings, ...text.split(','), ...text.split(/\W/)];
  return !all.some((one) => accepts(contract, parameter, one) || accepts(contract, parameter, [one]));
}

function caseOf(operation: Operation, values: Values): FuzzCase {
  // Only one bound of a range: a server may refuse two that leave nothing between them.
  const both = operation.ranges
    .filter(({ gte, lte }) => gte in values && lte in values)
    .map(({ lte }) => lte);
  // An empty list can't be sent either.
  const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
  const sent = operation.parameters.filter(
    ({ name }) => name in values && !both.includes(name) && !isEmpty(values[name]),
  );
  return {
    operation: operation.id,
    kind: 'valid',
    query: sent
      .filter((parameter) => parameter.in === 'query')
      .flatMap((parameter) => queryPairs(parameter, values[parameter.name])),
    headers: Object.fromEntries(
      sent.filter((parameter) => parameter.in === 'header').map(({ name }) => [name, String(values[name])]),
    ),
  };
}

function jsonOf(value: unknown): { body: string } {
  return { body: JSON.stringify(value) };
}
