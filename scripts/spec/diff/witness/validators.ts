import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { type JsonObject, type OpenApiDocument, schemaCompiler } from '../../../../src/document/index.js';
import { type Reading, toJsonSchema } from '../normalise/emit.js';
import { shapeOf } from '../normalise/shape.js';
import type { Schema } from '../normalise/source.js';
import type { Shape } from '../normalise/types.js';

/** Why a value is refused. */
export interface Refusal {
  /** A pointer into the value. */
  path: string;
  reason: string;
}

export type Refuser = (value: unknown) => Refusal | undefined;

/** Checks with ajv what the schemas of both documents accept. Each schema is compiled only once. */
export class Validators {
  readonly #documents: readonly [OpenApiDocument, OpenApiDocument];
  readonly #ajv: Ajv2020;
  readonly #ids = new Map<Schema, Map<Reading, string>>();
  readonly #validators = new Map<string, ValidateFunction>();
  #count = 0;
  #thorough: Validators | undefined;

  /** @param allErrors goes on after the first error, which takes longer. */
  constructor(before: OpenApiDocument, after: OpenApiDocument, allErrors = false) {
    this.#documents = [before, after];
    this.#ajv = schemaCompiler([before, after], { validateSchema: false, inlineRefs: false, allErrors });
    this.#ajv.addSchema(before, 'old-document', false, false);
    this.#ajv.addSchema(after, 'new-document', false, false);
  }

  /** Why the value is refused; undefined if it is accepted. */
  refusal(schema: Schema, reading: Reading, value: unknown): Refusal | undefined {
    const errors = this.#errorsOf(schema, reading, value);
    return errors && explain(errors);
  }

  /** Everything that the value is refused for. */
  refusals(schema: Schema, reading: Reading, value: unknown): Refusal[] {
    this.#thorough ??= new Validators(...this.#documents, true);
    return (this.#thorough.#errorsOf(schema, reading, value) ?? []).map(refusalOf);
  }

  #errorsOf(schema: Schema, reading: Reading, value: unknown): readonly ErrorObject[] | undefined {
    const id = this.#idOf(schema, reading);
    const validate = this.#validators.get(id) ?? this.#compile({ $ref: id });
    this.#validators.set(id, validate);
    return validate(value) ? undefined : (validate.errors ?? []);
  }

  accepts(schema: Schema, value: unknown): boolean {
    return this.refusal(schema, 'strict', value) === undefined;
  }

  /** A validator for a shape that isn't in a document. */
  ofShape(shape: Shape, reading: Reading, whole: (schema: Schema) => boolean): Refuser {
    const validate = this.#compile(
      toJsonSchema(shape, reading, (schema, inner) => (whole(schema) ? this.#refer(schema, inner) : true)),
    );
    return (value) => (validate(value) ? undefined : explain(validate.errors ?? []));
  }

  #refer(schema: Schema, reading: Reading): JsonObject {
    return { $ref: this.#idOf(schema, reading) };
  }

  #idOf(schema: Schema, reading: Reading): string {
    const ids = this.#ids.get(schema) ?? new Map<Reading, string>();
    this.#ids.set(schema, ids);
    const known = ids.get(reading);
    if (known !== undefined) return known;
    this.#count += 1;
    const id = `schema-${this.#count}`;
    ids.set(reading, id);
    this.#ajv.addSchema(
      asObject(toJsonSchema(shapeOf(schema), reading, (inner, as) => this.#refer(inner, as))),
      id,
    );
    return id;
  }

  #compile(schema: JsonObject | boolean): ValidateFunction {
    return this.#ajv.compile(schema);
  }
}

function asObject(schema: JsonObject | boolean): JsonObject {
  return typeof schema === 'boolean' ? { allOf: [schema] } : schema;
}

/** For a union, the branch that got furthest explains most. */
function explain(errors: readonly ErrorObject[]): Refusal {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  const [error] = [...errors].sort((a, b) => depth(b) - depth(a));
  return error ? refusalOf(error) : { path: '', reason: 'is refused' };
}

function refusalOf(error: ErrorObject): Refusal {
  const { allowedValues, allowedValue, additionalProperty } = error.params as JsonObject;
  const named = allowedValues ?? (error.keyword === 'const' ? [allowedValue] : additionalProperty);
  const more = named === undefined ? '' : `: ${JSON.stringify(named)}`;
  return { path: error.instancePath, reason: `${error.message ?? 'is refused'}${more}` };
}
