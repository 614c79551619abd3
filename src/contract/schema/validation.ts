import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import {
  DocumentError,
  fragmentOf,
  isObject,
  join,
  lookup,
  notAskingFor,
  type OpenApiDocument,
  schemaCompiler,
  subschemas,
} from '../../document/index.js';
import { count, cut, either, show } from '../../text/words.js';
import type { Contract, SchemaError, SchemaFault } from '../model/contract.js';
import { replaced } from './replaced.js';

const DOCUMENT = 'doc';

/** Errors of one body that are looked at: each is held against the others. */
const MOST = 300;

/** Checks values against a document's schemas. */
export function schemasOf(
  document: OpenApiDocument,
): Pick<Contract, 'errors' | 'accepts' | 'errorsSent' | 'acceptsSent' | 'brokenSchemas'> {
  const validation = new Validation(document);
  const answers = relaxed('writeOnly', document, validation);
  const requests = relaxed('readOnly', document, validation);
  const check = (relaxation: () => Validation, pointer: string, value: unknown) =>
    // Try the document's own schemas first: the relaxed ones would have to be compiled.
    validation.accepts(pointer, value) ? [] : schemaErrors(relaxation(), pointer, value);
  return {
    errors: (pointer, value) => check(answers, pointer, value),
    accepts: (pointer, value) => check(answers, pointer, value).length === 0,
    errorsSent: (pointer, value) => check(requests, pointer, value),
    acceptsSent: (pointer, value) => check(requests, pointer, value).length === 0,
    brokenSchemas(pointers) {
      for (const pointer of pointers) validation.prepare(pointer);
      return validation.faults;
    },
  };
}

/** Validates what goes one way, which need not have the fields that go the other way alone. */
function relaxed(
  keyword: 'readOnly' | 'writeOnly',
  document: OpenApiDocument,
  validation: Validation,
): () => Validation {
  let made: Validation | undefined;
  return () => {
    if (!made) {
      const asked = notAskingFor(keyword, document);
      made = asked === document ? validation : new Validation(asked);
    }
    return made;
  };
}

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

/**
 * Describes what is wrong with a value in terms of the document. If a union (`oneOf`, `anyOf`) fails, only the branch
 * closest to the value is described.
 */
export function schemaErrors(validation: Validation, pointer: string, value: unknown): SchemaError[] {
  const { errors, rest } = first(validation.errors(pointer, value));
  const unions = errors.filter((error) => error.keyword === 'oneOf' || error.keyword === 'anyOf');
  const outermost = unions.filter(
    (union) => !unions.some((other) => other !== union && inside(union, other)),
  );
  const plain = errors.filter((error) => !outermost.some((union) => error === union || inside(error, union)));
  // If the type is wrong, other errors about the same value don't help.
  const mistyped = new Set(
    plain.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath),
  );
  const telling = plain.filter((error) => error.keyword === 'type' || !mistyped.has(error.instancePath));
  return [
    ...telling.map((error) => describe(error, validation, pointer)),
    ...outermost.flatMap((union) => closestBranch(validation, pointer, union)),
    ...(rest > 0 ? [{ path: '', expected: 'no more', found: `${count(rest, 'more error')}`, pointer }] : []),
  ];
}

/** As many of them as are looked at. Those of a union stand before it: its item isn't parted. */
function first(all: readonly ErrorObject[]): { errors: readonly ErrorObject[]; rest: number } {
  if (all.length <= MOST) return { errors: all, rest: 0 };
  const item = (error: ErrorObject | undefined) => error?.instancePath.split('/', 3).join('/');
  let end = MOST;
  while (end > 0 && item(all[end - 1]) === item(all[MOST])) end--;
  const kept = end > 0 ? end : MOST;
  return { errors: all.slice(0, kept), rest: all.length - kept };
}

function inside(error: ErrorObject, union: ErrorObject): boolean {
  return error.instancePath === union.instancePath
    ? error !== union && !(isUnion(error) && error.parentSchema === union.parentSchema)
    : error.instancePath.startsWith(`${union.instancePath}/`);
}

function isUnion(error: ErrorObject): boolean {
  return error.keyword === 'oneOf' || error.keyword === 'anyOf';
}

function closestBranch(validation: Validation, root: string, union: ErrorObject): SchemaError[] {
  const own = describe(union, validation, root);
  const schema = union.parentSchema as Record<string, unknown[]> | undefined;
  const base = validation.placeOf(schema);
  const branches = schema?.[union.keyword] ?? [];
  // More than one branch of a oneOf accepts the value, so there is no closest one.
  const several = union.keyword === 'oneOf' && union.params.passingSchemas !== null;
  if (base === undefined || several) return [own];
  const candidates = branches
    .map((_, index) => schemaErrors(validation, join(base, union.keyword, index), union.data))
    .filter((errors) => !errors.some((error) => error.path === '' && error.pointer.endsWith('/type')));
  const best = candidates.sort((a, b) => a.length - b.length)[0];
  if (!best) return [{ ...own, expected: either(branches.map((branch) => name(branch))) }];
  return best.map((error) => ({ ...error, path: union.instancePath + error.path }));
}

function describe(error: ErrorObject, validation: Validation, root: string): SchemaError {
  const base = validation.placeOf(error.parentSchema) ?? root;
  const { expected, found } = wording(error);
  return { path: error.instancePath, expected, found, pointer: join(base, error.keyword) };
}

function wording(error: ErrorObject): { expected: string; found: string } {
  const { keyword, params, data } = error;
  const found = show(data);
  switch (keyword) {
    case 'type':
      return { expected: either([params.type].flat()), found };
    case 'enum':
      return {
        expected: `one of ${params.allowedValues.map((allowed: unknown) => show(allowed)).join(', ')}`,
        found,
      };
    case 'const':
      return { expected: show(params.allowedValue), found };
    case 'format':
      return { expected: `a ${params.format}`, found };
    case 'pattern':
      return { expected: `text that matches ${params.pattern}`, found };
    case 'required':
      return { expected: `a member '${params.missingProperty}'`, found: members(data) };
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = params.additionalProperty ?? params.unevaluatedProperty;
      return { expected: `no member '${name}'`, found: show((data as Record<string, unknown>)[name]) };
    }
    case 'oneOf':
      return { expected: 'exactly one of the alternatives', found };
    case 'anyOf':
      return { expected: 'one of the alternatives', found };
    case 'false schema':
      return { expected: 'nothing', found };
    default:
      return { expected: asked(error.message) ?? keyword, found };
  }
}

/** What a message of ajv asks for: `must be >= 0` gives `>= 0`, `must NOT have fewer than 2 items` `no fewer than 2 items`. */
function asked(message: string | undefined): string | undefined {
  return message
    ?.replace(/^must (be )?/, '')
    .replace(/^NOT (have|be) /, (_, verb) => (verb === 'have' ? 'no ' : 'not '));
}

function members(value: unknown): string {
  return isObject(value) ? cut(`members ${Object.keys(value).join(', ') || '(none)'}`, 80) : show(value);
}

function name(schema: unknown): string {
  if (!isObject(schema)) return 'anything';
  if (typeof schema.$ref === 'string') return String(schema.$ref.split('/').at(-1));
  if (typeof schema.format === 'string') return schema.format;
  return either([schema.type ?? 'a value'].flat().map(String));
}
