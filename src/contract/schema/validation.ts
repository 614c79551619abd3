import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import {
  DocumentError,
  fragmentOf,
  join,
  lookup,
  type OpenApiDocument,
  schemaCompiler,
  subschemas,
} from '../../document/index.js';
import type { SchemaFault } from '../model/contract.js';
import { replaced } from './replaced.js';

const DOCUMENT = 'doc';

/**
 * Validates values against the schemas of a document, addressed by JSON pointer. A schema that can't be compiled
 * accepts any value: that is a fault of the document, and the schemas around it still work.
 */
export class Validation {
  /** The schemas used so far that can't be compiled. */
  readonly faults: SchemaFault[] = [];
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #places: Places;
  #document: OpenApiDocument;
  #ajv: Ajv2020;

  constructor(document: OpenApiDocument) {
    this.#document = document;
    this.#places = new Places(document);
    this.#ajv = compiler(document);
  }

  /**
   * What is wrong with the value; empty if it conforms.
   *
   * @throws DocumentError if there is no schema at the pointer.
   */
  errors(pointer: string, value: unknown): readonly ErrorObject[] {
    const validate = this.#validator(pointer);
    return validate(value) ? [] : (validate.errors ?? []);
  }

  accepts(pointer: string, value: unknown): boolean {
    return this.errors(pointer, value).length === 0;
  }

  /** Pointer to a schema object in the document. */
  placeOf(schema: unknown): string | undefined {
    return this.#places.of(schema);
  }

  /** Compiles a schema, so that its faults become known. */
  prepare(pointer: string): void {
    this.#validator(pointer);
  }

  #validator(pointer: string): ValidateFunction {
    let validate = this.#compiled.get(pointer);
    while (!validate) {
      const compiled = this.#compile(pointer);
      if (typeof compiled === 'function') validate = compiled;
      else this.#setAside(pointer, compiled.message);
    }
    this.#compiled.set(pointer, validate);
    return validate;
  }

  #compile(pointer: string): ValidateFunction | Error {
    try {
      return this.#ajv.compile({ $ref: `${DOCUMENT}${fragmentOf(pointer)}` });
    } catch (cause) {
      return cause as Error;
    }
  }

  /** Replaces the innermost faulty schema by `true`. */
  #setAside(pointer: string, message: string): void {
    const fault = this.#innermost({ pointer, message });
    const schema = lookup(this.#document, fault.pointer);
    if (schema === undefined || schema === true) {
      throw new DocumentError(`No validator can be made: ${message}`, pointer);
    }
    this.faults.push(fault);
    this.#document = replaced(this.#document, fault.pointer, true, (copy, at) => this.#places.add(copy, at));
    this.#ajv = compiler(this.#document);
  }

  #innermost(fault: SchemaFault, seen = new Set<string>()): SchemaFault {
    seen.add(fault.pointer);
    for (const pointer of subschemas(lookup(this.#document, fault.pointer), fault.pointer)) {
      if (seen.has(pointer)) continue;
      const compiled = this.#compile(pointer);
      if (typeof compiled !== 'function')
        return this.#innermost({ pointer, message: compiled.message }, seen);
    }
    return fault;
  }
}

function compiler(document: OpenApiDocument): Ajv2020 {
  // JSON.parse reads 1e400 as Infinity, which no JSON number is.
  const ajv = schemaCompiler([document], {
    allErrors: true,
    strictNumbers: true,
    verbose: true,
    code: { optimize: false },
  });
  // Added as a whole and unchecked: an OpenAPI document isn't a schema, but its parts can be referred to.
  ajv.addSchema(document, DOCUMENT, false, false);
  return ajv;
}

/** Maps each object of a document to its place, so that a schema object can be traced back. */
class Places {
  readonly #pointers = new Map<object, string>();

  constructor(document: OpenApiDocument) {
    this.#visit(document, '#');
  }

  of(value: unknown): string | undefined {
    return typeof value === 'object' && value !== null ? this.#pointers.get(value) : undefined;
  }

  /** Records the place of an object that replaces one of the document's. */
  add(value: object, pointer: string): void {
    this.#pointers.set(value, pointer);
  }

  #visit(value: unknown, pointer: string): void {
    // A YAML alias puts one object in two places; keep the first.
    if (typeof value !== 'object' || value === null || this.#pointers.has(value)) return;
    this.#pointers.set(value, pointer);
    for (const [key, member] of Object.entries(value)) this.#visit(member, join(pointer, key));
  }
}
