import type { Readable, Writable } from 'openapi-typescript-helpers';

/**
 * A schema as an answer holds it: without what only requests carry, and with enums open. A value that the document
 * doesn't know yet is no type error of the caller's: the validators note it.
 */
export type Answered<T> = Open<Readable<T>>;

/**
 * A schema as a request holds it: without what only answers carry. Enums are closed. What `Dates` leads to may be a
 * `Date`; dots nest, lists are seen through, and `*` is any member of a map.
 */
export type Sent<T, Dates extends string = never> = Dated<Writable<T>, Dates>;

/** Text that is a moment or a day, or the `Date` that is written as one. */
export type OrDate<T> = T extends string
  ? T | Date
  : T extends readonly (infer Item)[]
    ? readonly OrDate<Item>[]
    : T;

type Open<T> = OpenText<Extract<T, string>> | OpenMembers<Exclude<T, string>>;

/** A single text is a constant, which tells the members of a union apart. */
type OpenText<T extends string> = string extends T
  ? T
  : IsUnion<T> extends true
    ? // Not `string`, in which the known values would be lost to an editor's completion.
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

/** How a path names a member: that of a map is `*`. */
type Step<K> = string extends K ? '*' : K;

/** The paths that lead on from a member. */
type Below<Paths extends string, K> = K extends string
  ? Paths extends `${K}.${infer Rest}`
    ? Rest
    : never
  : never;
