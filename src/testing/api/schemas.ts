import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument } from '../../document/index.js';
import type { SchemaErrors, Schemas } from '../world.js';

const ID = 'document';

/** Each schema is compiled when it is first asked for. */
export class DocumentSchemas implements Schemas {
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, ID, false, false);
  }

  check(pointer: string, value: unknown): SchemaErrors | undefined {
    let validate = this.#compiled.get(pointer);
    if (!validate) {
      validate = this.#ajv.compile({ $ref: `${ID}${encodeURI(pointer)}` });
      this.#compiled.set(pointer, validate);
    }
    return validate(value) ? undefined : group(validate.errors ?? []);
  }
}

const cache = new WeakMap<OpenApiDocument, Schemas>();

/** Compiling is slow, and many fakes may serve one document. */
export function schemasOf(document: OpenApiDocument): Schemas {
  let schemas = cache.get(document);
  if (!schemas) {
    schemas = new DocumentSchemas(document);
    cache.set(document, schemas);
  }
  return schemas;
}

function group(errors: readonly ErrorObject[]): SchemaErrors {
  const found: SchemaErrors = {};
  for (const error of errors) {
    const missing = error.keyword === 'required' ? [String(error.params.missingProperty)] : [];
    const place = [...error.instancePath.split('/').slice(1), ...missing].join('.');
    const message = missing.length > 0 ? 'is required' : messageOf(error);
    const messages = found[place] ?? [];
    if (!messages.includes(message)) found[place] = [...messages, message];
  }
  return found;
}

function messageOf(error: ErrorObject): string {
  const allowed = error.params.allowedValues;
  if (!Array.isArray(allowed)) return error.message ?? 'is not valid';
  return `must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`;
}
