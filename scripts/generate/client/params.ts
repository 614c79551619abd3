import {
  isObject,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  resolve,
  type Schema,
} from '../../../src/document/index.js';
import { jsdoc } from '../jsdoc.js';
import { propertyKey, quote } from '../names.js';
import type { BodyChoice } from './bodies.js';
import { hasFormat } from './dates.js';
import type { Result } from './result.js';

/** The names and types that make up a method of the client. */
export interface MethodTypes {
  /** Name of the interface for its query and header parameters. */
  params?: string;
  /** Name of the type for its expansion paths. */
  expand?: string;
  /**
   * Its request body: name of the type, the type, whether it is required, the media types to
   * choose from, and the type in each of them where they differ.
   */
  body?: { name: string; type: string; required: boolean; choices: string[]; apart?: BodyChoice[] };
  /** Name and type of its answer, if the document has no name for it. */
  answer?: { name: string; type: string };
  result: Result;
}

/** The interface of the query and header parameters, and the type of the expansion paths. */
export function renderParams(document: OpenApiDocument, operation: Operation, types: MethodTypes): string[] {
  const declarations: string[] = [];
  if (types.expand && operation.expansion) {
    const paths = operation.expansion.paths.map(quote).join(' | ') || 'never';
    declarations.push(
      `/** References that ${methodPath(operation)} can inline. */\nexport type ${types.expand} = ${paths};\n`,
    );
  }
  if (types.body) {
    declarations.push(
      `/** Request body of ${methodPath(operation)}. */\nexport type ${types.body.name} = ${types.body.type};\n`,
    );
  }
  if (types.answer) {
    const what = types.result.isList ? 'An item of' : 'What is answered to';
    declarations.push(
      `/** ${what} ${methodPath(operation)}. */\nexport type ${types.answer.name} = ${types.answer.type};\n`,
    );
  }
  if (types.params) {
    const fields = takenByName(operation).map((parameter) => renderField(document, operation, parameter));
    const generic = types.expand ? `<E extends readonly ${types.expand}[] = readonly ${types.expand}[]>` : '';
    declarations.push(
      `/** Query and header parameters of ${methodPath(operation)}. */\nexport interface ${types.params}${generic} {\n${fields.join('')}}\n`,
    );
  }
  return declarations;
}

/**
 * The query and header parameters that a method takes by name. Of two with one name it takes that of the query; the
 * other can be sent with the headers of the call.
 */
export function takenByName({ parameters }: Operation): Parameter[] {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const isFree = (name: string) => !query.some((other) => other.name === name);
  return parameters.filter((one) => one.in === 'query' || (one.in === 'header' && isFree(one.name)));
}

export function methodPath(operation: Operation): string {
  return `\`${[...operation.resource, operation.methodName].join('.')}\``;
}

function renderField(document: OpenApiDocument, operation: Operation, parameter: Parameter): string {
  const doc = jsdoc([describe(document, parameter), parameter.deprecated ? '@deprecated' : undefined], '  ');
  const expanding = parameter.in === 'query' && parameter.name === operation.expansion?.parameter;
  const group = parameter.in === 'query' ? 'Query' : 'Header';
  const wire = `${group}<${quote(operation.id)}>[${quote(parameter.name)}]`;
  // `| undefined` lets callers with exactOptionalPropertyTypes pass a value that may be undefined.
  const isDate = parameter.in === 'query' && hasFormat(document, parameter.schema, parameter.schemaPointer);
  const type = expanding ? 'E' : isDate ? `OrDate<${wire}>` : wire;
  const optional = parameter.required ? '' : '?';
  return `${doc}  ${propertyKey(parameter.name)}${optional}: ${type}${parameter.required ? '' : ' | undefined'};\n`;
}

/** A parameter's description, with its bounds if the document has them. */
export function describe(document: OpenApiDocument, parameter: Parameter): string {
  const schema = resolve<Schema>(document, parameter.schema, parameter.schemaPointer).value;
  const facts = isObject(schema) ? bounds(schema) : '';
  return [parameter.description?.trim(), facts].filter(Boolean).join(' ');
}

function bounds(schema: Record<string, unknown>): string {
  const { minimum, maximum, format, pattern } = schema;
  const facts: string[] = [];
  if (minimum !== undefined && maximum !== undefined) facts.push(`${minimum} to ${maximum}`);
  else if (minimum !== undefined) facts.push(`at least ${minimum}`);
  else if (maximum !== undefined) facts.push(`at most ${maximum}`);
  if (schema.default !== undefined) facts.push(`default ${JSON.stringify(schema.default)}`);
  if (typeof format === 'string') facts.push(`format \`${format}\``);
  if (typeof pattern === 'string') facts.push(`pattern \`${pattern}\``);
  const text = facts.join(', ');
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
