import type { Readable, Writable } from 'openapi-typescript-helpers';

/**
 * A schema as answers hold it: without write-only fields, and with open enums. A value that the document doesn't know
 * yet causes no type error for the caller; the validators report it.
 */
export type Answered<T> = Open<Readable<T>>;

/**
 * A schema as requests hold it: without read-only fields, and with closed enums. The fields that `Dates` names also
 * take a `Date`: dots nest, arrays are transparent, and `*` stands for any member of a map.
 */
export type Sent<T, Dates extends string = never> = Dated<Writable<T>, Dates>;

/** A schema as the fields of a form hold it, which may be files: those with text also take a `Blob`. */
export type FormFields<T> = { [K in keyof T]: FormField<T[K]> };

type FormField<T> = T extends string
  ? T | Blob
  : T extends readonly (infer Item)[]
    ? readonly FormField<Item>[]
    : T;

/** Text that is a date or date-time, or a `Date`, which is sent as one. */
export type OrDate<T> = T extends string
  ? T | Date
  : T extends readonly (infer Item)[]
    ? readonly OrDate<Item>[]
    : T;

type Open<T> = OpenText<Extract<T, string>> | OpenMembers<Exclude<T, string>>;

/** A single literal is a constant that discriminates a union, so it stays closed. */
type OpenText<T extends string> = string extends T
  ? T
  : IsUnion<T> extends true
    ? // Plain `string` would swallow the known values, and an editor couldn't complete them.
      T | (string & {})
    : T;

type IsUnion<T, All = T> = [T] extends [never]
  ? false
  : T extends All
    ? [All] extends [T]
      ? false
      : true
    : never;

type OpenMembers<T> = T extends readonly (infer Item)[]
  ? Open<Item>[]
  : T extends object
    ? { [K in keyof T]: Open<T[K]> }
    : T;

type Dated<T, Paths extends string> = [Paths] extends [never]
  ? T
  : T extends readonly (infer Item)[]
    ? Dated<Item, Paths>[]
    : T extends object
      ? { [K in keyof T]: Dated<Step<K> extends Paths ? OrDate<T[K]> : T[K], Below<Paths, Step<K>>> }
      : T;

/** A member's name in a path; for a map it is `*`. */
type Step<K> = string extends K ? '*' : K;

/** What remains of the paths below a member. */
type Below<Paths extends string, K> = K extends string
  ? Paths extends `${K}.${infer Rest}`
    ? Rest
    : never
  : never;
