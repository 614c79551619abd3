import { statusClass } from '../../../src/client/errors/status-errors.js';
import {
  camelCase,
  isObject,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  pathParameters,
  resolve,
  type Schema,
} from '../../../src/document/index.js';
import { jsdoc } from '../jsdoc.js';
import { KEYWORDS, Names, quote } from '../names.js';
import type { BodyChoice } from './bodies.js';
import type { MethodTypes } from './params.js';

const REDIRECT =
  'A redirect is returned as `Redirect`, never followed. A browser hides where it leads, so the call throws `ApiError` ' +
  'there: if there is a parameter that moves the answer into the body, set it.';

/** One method of a resource, with its documentation. */
export function renderMethod(document: OpenApiDocument, operation: Operation, types: MethodTypes): string {
  const names = new Names([...KEYWORDS, 'params', 'body', 'options']);
  const path = pathParameters(operation.path).map((name) => ({
    parameter: operation.parameters.find((p) => p.in === 'path' && p.name === name) as Parameter,
    argument: names.claim(camelCase(name)),
  }));
  const { result } = types;
  const required = operation.parameters.some((p) => p.required && (p.in === 'query' || p.in === 'header'));
  const promise = (item: string) =>
    result.isList ? `PagePromise<${item}>` : `ApiPromise<${result.redirect ? `Redirect | ${item}` : item}>`;
  const ids = path.map(({ parameter, argument }) => `${argument}: ${pathType(document, parameter)}`);
  const signature = (behind: string[], returned: string) =>
    `(${[...ids, ...behind].join(', ')}): ${promise(returned)}`;
  // One signature where the body is the same in all media types, else one for each, so that its type follows the
  // choice.
  const kinds = types.body?.apart
    ? types.body.apart.map((choice, index) => kindOf(choice, index === 0))
    : [undefined];
  const optionsOf = (kind: Kind | undefined) => kind?.options ?? `options?: ${optionsType(types)}`;
  const comment = documentation(operation, path, result.redirect);
  const name = `  ${operation.methodName}`;
  const optional = required ? '' : '?';
  if (!types.expand) {
    const signatures = kinds.map((kind) => {
      const omissible = !required && !kind?.chosen;
      const type = types.params ?? 'NoParams';
      const params = kind?.chosen && !required ? `params: ${type} | undefined` : `params${optional}: ${type}`;
      return signature([...bodyArgument(types, omissible, kind), params, optionsOf(kind)], result.type);
    });
    return signatures.map((one) => `${comment}${name}${one};\n`).join('');
  }
  const generic = `<const E extends readonly ${types.expand}[] = [], P = object>`;
  const given = `Given<${types.params}<E>${required ? '' : ' | undefined'}, P>`;
  const overloads = [
    // Calls without parameters get their own signature: TypeScript would drop the `undefined` of an optional parameter
    // when it infers its type.
    ...(required ? [] : [signature(bodyArgument(types, true, kinds[0]), result.type)]),
    ...kinds.map((kind) => {
      const behind = [...bodyArgument(types, false, kind), `params: ${given}`, optionsOf(kind)];
      return `${generic}${signature(behind, `Inlined<${result.type}, E, P>`)}`;
    }),
  ];
  return overloads.map((overload) => `${comment}${name}${overload};\n`).join('');
}

/** One of several media types: its body, its options, and whether a caller has to name it. */
interface Kind {
  body: string;
  options: string;
  chosen: boolean;
}

function kindOf({ mediaType, type }: BodyChoice, isDefault: boolean): Kind {
  const options = `BodyOptions<${quote(mediaType)}>`;
  return isDefault
    ? { body: type, options: `options?: ${options}`, chosen: false }
    : { body: type, options: `options: ${options} & { contentType: ${quote(mediaType)} }`, chosen: true };
}

/** @param omissible whether nothing required follows the body, so that an optional one can be left out. */
function bodyArgument({ body }: MethodTypes, omissible: boolean, kind?: Kind): string[] {
  if (!body) return [];
  const type = kind?.body ?? body.name;
  if (body.required) return [`body: ${type}`];
  return [omissible ? `body?: ${type}` : `body: ${type} | undefined`];
}

function optionsType({ body, result }: MethodTypes): string {
  if (body && body.choices.length > 1) return `BodyOptions<${body.choices.map(quote).join(' | ')}>`;
  return result.isList ? 'ListOptions' : 'RequestOptions';
}

function pathType(document: OpenApiDocument, parameter: Parameter): string {
  const schema = resolve<Schema>(document, parameter.schema, parameter.schemaPointer).value;
  if (!isObject(schema)) return 'string';
  if (Array.isArray(schema.enum)) {
    return schema.enum.map((value) => (typeof value === 'string' ? quote(value) : String(value))).join(' | ');
  }
  return schema.type === 'integer' || schema.type === 'number' ? 'number' : 'string';
}

/** The name of the class of error that the client throws for a status of the document: `404`, `4XX`. */
function errorClass(status: string): string {
  return statusClass(Number(status.replace('XX', '99'))).name;
}

function documentation(
  operation: Operation,
  path: readonly { parameter: Parameter; argument: string }[],
  redirect: boolean,
): string {
  const access = operation.public
    ? 'Public: works without a token.'
    : operation.scopes.length > 0
      ? `Scope: ${operation.scopes.map((scope) => `\`${scope}\``).join(', ')}.`
      : 'Needs a token.';
  const errors = operation.responses.filter(({ status }) => /^[45]/.test(status));
  return jsdoc(
    [
      sentence(operation.summary ?? operation.id),
      operation.description,
      `\`${operation.method} ${operation.path}\`. ${access}`,
      redirect ? REDIRECT : undefined,
      ...path.map(({ parameter, argument }) => `@param ${argument} ${pathDescription(parameter)}`),
      ...(operation.requestBody?.description ? [`@param body ${operation.requestBody.description}`] : []),
      ...errors.map(({ status, description }) => `@throws {${errorClass(status)}} ${status}: ${description}`),
      operation.deprecated ? '@deprecated' : undefined,
    ],
    '  ',
  );
}

function pathDescription(parameter: Parameter): string {
  const pattern = isObject(parameter.schema) ? parameter.schema.pattern : undefined;
  const bound = typeof pattern === 'string' ? ` Pattern \`${pattern}\`.` : '';
  return `${parameter.description?.trim() ?? parameter.name}${bound}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
