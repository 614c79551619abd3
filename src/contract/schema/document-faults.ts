import {
  contradictionsOf,
  isHeaderName,
  isJson,
  isObject,
  join,
  lookup,
  type MediaType,
  type OpenApiDocument,
  type Parameter,
  securityOf,
} from '../../document/index.js';
import type { Contract, DocumentFault } from '../model/contract.js';
import { headerValue } from './header-value.js';

/** Cached, since several targets or recordings may be checked against one document. */
const known = new WeakMap<Contract, readonly DocumentFault[]>();

/**
 * What is wrong with the document itself, whichever server answers: examples and defaults that their schemas refuse,
 * schemas that can't be compiled or that nothing fits, headers that can't be sent, and security schemes that aren't
 * declared.
 */
export function documentFaults(contract: Contract): readonly DocumentFault[] {
  let faults = known.get(contract);
  if (!faults) {
    faults = findFaults(contract);
    known.set(contract, faults);
  }
  return faults;
}

function findFaults(contract: Contract): DocumentFault[] {
  const faults = new Map<string, DocumentFault>();
  const schemas = new Set<string>();
  const add = (pointer: string, message: string) => {
    faults.set(`${pointer} ${message}`, { pointer, message });
  };
  const check = (
    schemaPointer: string | undefined,
    value: unknown,
    pointer: string,
    errors = contract.errors,
  ) => {
    if (schemaPointer === undefined) return;
    for (const { path, expected, found } of errors(schemaPointer, value)) {
      add(pointer, `${path || 'the example'}: expected ${expected}, found ${found}`);
    }
  };
  const checkPart = (
    { schemaPointer, mediaType, examples }: MediaType | Parameter,
    errors?: Contract['errors'],
  ) => {
    if (schemaPointer !== undefined) schemas.add(schemaPointer);
    for (const { value, pointer } of examples) {
      if (!isWritten(mediaType, value)) check(schemaPointer, value, pointer, errors);
    }
  };
  for (const operation of contract.operations) {
    const media = operation.responses.flatMap((response) => response.content);
    for (const part of [...media, ...operation.parameters]) checkPart(part);
    for (const part of operation.requestBody?.content ?? []) checkPart(part, contract.errorsSent);
    for (const response of operation.responses) {
      const headers = join(response.pointer, 'headers');
      for (const name of Object.keys(lookup(contract.document, headers) ?? {}))
        if (!isHeaderName(name)) add(join(headers, name), 'no header can have this name');
      for (const header of response.headers) {
        if (header.schemaPointer !== undefined) schemas.add(header.schemaPointer);
        for (const example of header.examples) {
          // Examples may be written as text, as sent on the wire.
          const { value } = example;
          const read = typeof value === 'string' ? headerValue(contract.document, header, value) : value;
          check(header.schemaPointer, read, example.pointer);
        }
      }
    }
  }
  for (const pointer of defaults(contract.document)) {
    check(pointer.schema, pointer.value, join(pointer.schema, 'default'));
  }
  const others = [...undeclaredSchemes(contract), ...contradictionsOf(contract.document)];
  for (const { pointer, message } of others) add(pointer, message);
  for (const { pointer, message } of contract.brokenSchemas(schemas)) {
    add(pointer, `the schema can't be compiled: ${message}`);
  }
  return [...faults.values()];
}

function undeclaredSchemes({ document, operations }: Contract): DocumentFault[] {
  return operations.flatMap((operation) =>
    securityOf(document, operation)
      .flat()
      .filter(({ declared }) => !declared)
      .map(({ name }) => ({
        pointer: join(operation.pointer, 'security'),
        message: `the security scheme '${name}' is not declared in components/securitySchemes`,
      })),
  );
}

/** Whether an example is what is on the wire: the lines of NDJSON, a form. Its schema says what they stand for. */
function isWritten(mediaType: string | undefined, value: unknown): boolean {
  return mediaType !== undefined && typeof value === 'string' && !isJson(mediaType);
}

/** The default values of parameter and component schemas. */
function defaults(document: OpenApiDocument): { schema: string; value: unknown }[] {
  const found: { schema: string; value: unknown }[] = [];
  const visit = (value: unknown, pointer: string) => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, join(pointer, index));
    } else if (isObject(value)) {
      if ('default' in value && isTyped(value)) found.push({ schema: pointer, value: value.default });
      for (const [name, member] of Object.entries(value)) {
        if (!['example', 'examples', 'default', 'enum', 'const'].includes(name))
          visit(member, join(pointer, name));
      }
    }
  };
  visit(document, '#');
  return found;
}

/** A property may have one of these names too. */
function isTyped({ type, enum: values }: Record<string, unknown>): boolean {
  return typeof type === 'string' || Array.isArray(type) || Array.isArray(values);
}
