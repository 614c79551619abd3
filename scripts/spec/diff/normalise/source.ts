import {
  isObject,
  type JsonObject,
  join,
  lookup,
  type OpenApiDocument,
  resolve,
} from '../../../../src/document/index.js';
import type { Direction, Side } from '../types.js';

/** A schema object of a document, without its `$ref` and `allOf`, which are separate pieces. */
export interface Piece {
  pointer: string;
  value: JsonObject | boolean;
  /** From a union of this and `null`: null is allowed, whatever the piece says. */
  nullable: boolean;
}

export type ObjectPiece = Piece & { value: JsonObject };

/**
 * What must hold at a place: one piece, or several at once. `allOf`, `$ref` and unions with one branch are different
 * ways to write the same, so none of them remains here.
 */
export class Schema {
  readonly source: Source;
  readonly pieces: readonly Piece[];
  readonly key: string;

  constructor(source: Source, pieces: readonly Piece[], key: string) {
    this.source = source;
    this.pieces = pieces;
    this.key = key;
  }

  /** Where it is written: the first piece that constrains anything. */
  get pointer(): string {
    return this.pointers[0] ?? '#';
  }

  /** Where each piece that constrains anything is written. */
  get pointers(): string[] {
    const constraining = this.pieces.filter(constrains);
    return (constraining.length > 0 ? constraining : this.pieces).map(({ pointer }) => pointer);
  }

  /** The keyword's value in the first piece that has it: a description, a default, a mark. */
  note(keyword: string): unknown {
    for (const { value } of this.pieces) {
      if (isObject(value) && value[keyword] !== undefined) return value[keyword];
    }
    return undefined;
  }
}

/** A document, read for one direction: members that only exist in the other direction are left out. */
export class Source {
  readonly side: Side;
  readonly direction: Direction;
  readonly document: OpenApiDocument;
  readonly #schemas = new Map<string, Schema>();
  readonly #branches = new Map<Schema, Map<Schema, Schema>>();
  #anything: Schema | undefined;

  constructor(side: Side, direction: Direction, document: OpenApiDocument) {
    this.side = side;
    this.direction = direction;
    this.document = document;
  }

  /** The schema at a pointer. */
  at(pointer: string, value: unknown = lookup(this.document, pointer)): Schema {
    const pieces = new Map<string, Piece>();
    this.#collect(value, pointer, false, pieces);
    return this.#intern([...pieces.values()]);
  }

  /** A schema for values that fit all these schemas. */
  all(schemas: readonly Schema[]): Schema {
    return this.#intern(schemas.flatMap((schema) => schema.pieces));
  }

  /** The schema with one of its unions narrowed to one branch. */
  branch(schema: Schema, keyword: string, branch: Schema): Schema {
    const known = this.#branches.get(schema)?.get(branch);
    if (known) return known;
    const rest = schema.pieces.flatMap((piece) => {
      if (!isObject(piece.value) || piece.value[keyword] === undefined) return [piece];
      const { [keyword]: _, ...others } = piece.value;
      return Object.keys(others).length === 0 ? [] : [{ ...piece, value: others }];
    });
    const narrowed = this.#intern([...rest, ...branch.pieces], `-${keyword}`);
    this.#branches.set(schema, (this.#branches.get(schema) ?? new Map()).set(branch, narrowed));
    return narrowed;
  }

  /** A schema that allows everything. */
  get anything(): Schema {
    this.#anything ??= this.#intern([{ pointer: '#', value: true, nullable: false }]);
    return this.#anything;
  }

  #intern(pieces: readonly Piece[], mark = ''): Schema {
    const byPointer = new Map(pieces.map((piece) => [keyOf(piece), piece]));
    const key = `${[...byPointer.keys()].sort().join(' & ')}${mark}`;
    const known = this.#schemas.get(key);
    if (known) return known;
    const schema = new Schema(this, [...byPointer.values()], key);
    this.#schemas.set(key, schema);
    return schema;
  }

  #collect(value: unknown, pointer: string, nullable: boolean, into: Map<string, Piece>): void {
    const add = (piece: Piece) => into.set(keyOf(piece), piece);
    if (!isObject(value)) {
      add({ pointer, value: value !== false, nullable });
      return;
    }
    if (into.has(keyOf({ pointer, value, nullable }))) return;
    const { $ref, allOf, ...own } = value;
    const union = this.#simpleUnion(own, pointer);
    for (const keyword of union ? ['anyOf', 'oneOf'] : []) delete own[keyword];
    const isWrapper = $ref !== undefined || Array.isArray(allOf) || union !== undefined;
    if (!isWrapper || Object.keys(own).length > 0) add({ pointer, value: own, nullable });
    if (typeof $ref === 'string') {
      const target = resolve<unknown>(this.document, { $ref }, pointer);
      this.#collect(target.value, target.pointer, nullable, into);
    }
    if (Array.isArray(allOf)) {
      allOf.forEach((member, index) => {
        this.#collect(member, join(pointer, 'allOf', index), nullable, into);
      });
    }
    if (union) this.#collect(union.value, union.pointer, nullable || union.nullable, into);
  }

  /** A union of one branch, or of one branch and `null`, which is another way to write that branch. */
  #simpleUnion(
    schema: JsonObject,
    pointer: string,
  ): { value: unknown; pointer: string; nullable: boolean } | undefined {
    const lists = ['anyOf', 'oneOf'].filter((keyword) => Array.isArray(schema[keyword]));
    const [keyword] = lists;
    if (keyword === undefined || lists.length > 1) return undefined;
    const branches = (schema[keyword] as unknown[]).map((value, index) => ({
      value,
      pointer: join(pointer, keyword, index),
    }));
    const others = branches.filter(({ value }) => !isNull(value));
    const [only] = others;
    if (only === undefined || others.length > 1) return undefined;
    const nullable = branches.length > 1;
    // If null would have to fit more than a type, the union stays as it is.
    if (nullable && !isPlain(this.document, only.value, only.pointer)) return undefined;
    return { ...only, nullable };
  }
}

const ANNOTATIONS = new Set(
  'title description summary example examples deprecated default readOnly writeOnly externalDocs $comment xml'.split(
    ' ',
  ),
);

function constrains({ value }: Piece): boolean {
  return !isObject(value) || !Object.keys(value).every(isAnnotation);
}

function isAnnotation(keyword: string): boolean {
  return ANNOTATIONS.has(keyword) || keyword.startsWith('x-');
}

/** Whether a schema allows null alone, and nothing in it forbids that. */
function isNull(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { type = 'null', const: only = null, ...others } = schema;
  const isSaid = 'type' in schema || 'const' in schema;
  return isSaid && type === 'null' && only === null && Object.keys(others).every(isAnnotation);
}

/** Whether null is refused by a schema's type alone, and so by each part of it that has one. */
function isPlain(document: OpenApiDocument, schema: unknown, pointer: string): boolean {
  const parts = partsOf(document, schema, pointer, new Set());
  const beyond = ['anyOf', 'oneOf', 'not', 'if', 'const'];
  return (
    parts.some(({ type }) => typeof type === 'string') &&
    parts.every((part) => !Array.isArray(part.type) && !beyond.some((keyword) => keyword in part))
  );
}

/** A schema and all that it takes over by `$ref` and `allOf`. */
function partsOf(
  document: OpenApiDocument,
  schema: unknown,
  pointer: string,
  seen: Set<string>,
): JsonObject[] {
  const located = resolve<unknown>(document, schema, pointer);
  if (seen.has(located.pointer)) return [];
  seen.add(located.pointer);
  const { $ref: _, ...beside } = isObject(schema) && typeof schema.$ref === 'string' ? schema : {};
  const { value } = located;
  if (!isObject(value)) return value === true ? [] : [{ not: {} }];
  const members = Array.isArray(value.allOf) ? value.allOf : [];
  return [
    beside,
    value,
    ...members.flatMap((member, index) =>
      partsOf(document, member, join(located.pointer, 'allOf', index), seen),
    ),
  ];
}

function keyOf({ pointer, value, nullable }: Piece): string {
  const without = isObject(value) ? '' : `=${value}`;
  return `${pointer}${without}${nullable ? '?' : ''}`;
}
