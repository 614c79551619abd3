import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import {
  fragmentOf,
  notAskingFor,
  type OpenApiDocument,
  schemaCompiler,
  withoutUnreadable,
} from '../../document/index.js';
import type { SchemaErrors, Schemas } from '../world.js';

const ID = 'document';

type Direction = 'request' | 'answer';

/** Compiles each schema when it is first needed. */
export class DocumentSchemas implements Schemas {
  readonly #document: OpenApiDocument;
  readonly #compilers = new Map<Direction, Ajv2020>();
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#document = document;
  }

  check(pointer: string, value: unknown, as: Direction = 'answer'): SchemaErrors | undefined {
    const name = `${as} ${pointer}`;
    let validate = this.#compiled.get(name);
    if (!validate) {
      validate = this.#compile(pointer, as);
      this.#compiled.set(name, validate);
    }
    return validate(value) ? undefined : group(validate.errors ?? []);
  }

  /** A schema that can't be compiled accepts any value; checking the document reports it. */
  #compile(pointer: string, as: Direction): ValidateFunction {
    const compiler = this.#compiler(as);
    try {
      return compiler.compile({ $ref: `${ID}${fragmentOf(pointer)}` });
    } catch {
      return compiler.compile(true);
    }
  }

  #compiler(as: Direction): Ajv2020 {
    let ajv = this.#compilers.get(as);
    if (!ajv) {
      ajv = schemaCompiler([this.#document], { allErrors: true });
      const otherWay = as === 'request' ? 'readOnly' : 'writeOnly';
      ajv.addSchema(notAskingFor(otherWay, withoutUnreadable(this.#document).document), ID, false, false);
      this.#compilers.set(as, ajv);
    }
    return ajv;
  }
}

const cache = new WeakMap<OpenApiDocument, Schemas>();

/** Cached per document, since compiling is slow and many fakes may serve the same document. */
export function schemasOf(document: OpenApiDocument): Schemas {
  let schemas = cache.get(document);
  if (!schemas) {
    schemas = new DocumentSchemas(document);
    cache.set(document, schemas);
  }
  return schemas;
}

function group(errors: readonly ErrorObject[]): SchemaErrors {
  // A map, since a member may have the name of one that every object has.
  const found = new Map<string, string[]>();
  for (const error of errors) {
    const missing = error.keyword === 'required' ? [String(error.params.missingProperty)] : [];
    const place = [...error.instancePath.split('/').slice(1), ...missing].join('.');
    const message = missing.length > 0 ? 'is required' : messageOf(error);
    const messages = found.get(place) ?? [];
    if (!messages.includes(message)) found.set(place, [...messages, message]);
  }
  return Object.fromEntries(found);
}

function messageOf(error: ErrorObject): string {
  const allowed = error.params.allowedValues;
  if (!Array.isArray(allowed)) return error.message ?? 'is not valid';
  return `must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`;
}
