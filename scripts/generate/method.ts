import {
  camelCase,
  isObject,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  pathParameters,
  resolve,
  type Schema,
} from '../../src/document/index.js';
import { errorClass } from './error-classes.js';
import { jsdoc } from './jsdoc.js';
import { KEYWORDS, Names, quote } from './names.js';
import type { MethodTypes } from './params.js';

const REDIRECT =
  'A redirect is given as `Redirect`, never followed. A browser hides where one leads, and the call throws `ApiError` ' +
  'there: set the parameter that has the answer sent in the body, where there is one.';

/** One method of a resource class, with its documentation. */
export function renderMethod(document: OpenApiDocument, operation: Operation, types: MethodTypes): string {
  const names = new Names([...KEYWORDS, 'params', 'body', 'options']);
  const path = pathParameters(operation.path).map((name) => ({
    parameter: operation.parameters.find((p) => p.in === 'path' && p.name === name) as Parameter,
    argument: names.claim(camelCase(name)),
  }));
  const { result } = types;
  const generic = types.expand ? `<const E extends readonly ${types.expand}[] = [], const P = object>` : '';
  const item = types.expand ? `Inlined<${result.type}, E, P>` : result.type;
  const promise = result.isList
    ? `PagePromise<${item}>`
    : `ApiPromise<${result.redirect ? `Redirect | ${item}` : item}>`;
  const required = operation.parameters.some((p) => p.required && (p.in === 'query' || p.in === 'header'));
  const params = types.expand ? `${types.params}<E> & Inferred<P, E>` : (types.params ?? 'NoParams');
  // With `?` an argument's own `undefined` would not be inferred, and the answer be typed as if it never was.
  const given = required
    ? `params: ${params}`
    : types.expand
      ? `params: (${params}) | void`
      : `params?: ${params}`;
  const passed = types.expand && !required ? 'params as object | undefined' : 'params';
  const signature = [
    ...path.map(({ parameter, argument }) => `${argument}: ${pathType(document, parameter)}`),
    // An optional body before required parameters must still be passed.
    ...(types.body
      ? [
          `body${operation.requestBody?.required ? '' : required ? '' : '?'}: ${bodyType(operation, types, required)}`,
        ]
      : []),
    given,
    `options?: ${result.isList ? 'ListOptions' : 'RequestOptions'}`,
  ];
  const values = `[${path.map(({ argument }) => argument).join(', ')}]`;
  const call = result.isList
    ? `this._list(${types.row}, ${values}, ${passed}, options)`
    : `this._call(${types.row}, ${values}, ${passed}, ${types.body ? 'body' : 'undefined'}, options)`;
  return `${documentation(operation, path, result.redirect)}  ${operation.methodName}${generic}(${signature.join(', ')}): ${promise} {
    return ${call};
  }
`;
}

function bodyType(operation: Operation, types: MethodTypes, paramsRequired: boolean): string {
  return !operation.requestBody?.required && paramsRequired
    ? `${types.body?.name} | undefined`
    : `${types.body?.name}`;
}

function pathType(document: OpenApiDocument, parameter: Parameter): string {
  const schema = resolve<Schema>(document, parameter.schema, parameter.schemaPointer).value;
  if (!isObject(schema)) return 'string';
  if (Array.isArray(schema.enum)) {
    return schema.enum.map((value) => (typeof value === 'string' ? quote(value) : String(value))).join(' | ');
  }
  return schema.type === 'integer' || schema.type === 'number' ? 'number' : 'string';
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
