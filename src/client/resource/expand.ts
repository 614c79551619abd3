import type { EXPAND } from '../conventions.js';

declare const references: unique symbol;

/**
 * A schema as the client returns it: `Wire` with each reference field (URL or object on the wire) as its URL.
 *
 * A field that can be expanded is there in one form or the other, so it isn't optional here; it may be null.
 * `References` says what each becomes when it is expanded, `Nested` which other fields hold such models.
 */
export type Model<Wire, References extends object, Nested extends object = object> = {
  [K in keyof Wire as K extends keyof References | keyof Nested ? never : K]: Wire[K];
} & {
  [K in keyof Wire as K extends keyof References ? K : never]-?: Exclude<Wire[K], object | undefined>;
} & {
  [K in keyof Wire as K extends keyof Nested ? K : never]: K extends keyof Nested ? Nested[K] : never;
} & { readonly [references]?: References };

/**
 * `T` with the references that `Paths` names inlined as objects; dots nest.
 *
 * @example Expanded<EVSEStatusLog, 'evse' | 'evse.model'>
 */
export type Expanded<T, Paths extends string> = {
  [K in keyof T]: K extends Head<Paths> & keyof ReferencesOf<T>
    ? Whole<ReferencesOf<T>[K], Tail<Paths, K>> | Extract<T[K], null>
    : T[K];
};

/**
 * `T` as a call with these `Params` gets it, where `Asked` is what they may ask for.
 * `T` itself where no path is asked for, so that an editor shows its plain name.
 */
export type Inlined<T, Asked extends readonly string[], Params = Asking<Asked>> = Chosen<
  T,
  Asked[number],
  [Params] extends [Asking<readonly string[]>] ? Sure<Asked> : never
>;

/** Parameters that surely ask for these paths. */
export type Asking<Paths> = { readonly [Name in typeof EXPAND]: Paths };

/**
 * The type of a method's parameters, that has the argument's own type inferred too, as a whole. What `expand` alone is
 * inferred from doesn't show that an argument such as `full ? { expand: ['evse'] } : {}` may lack it. A union with
 * `undefined`, as an optional parameter's is, would have its members inferred one by one.
 */
export type Given<Params, Own> = [Own] extends [never] ? Own : Params;

/**
 * `T` where it is only known at run time which of `Paths` are asked for: what is on no path of `Certain` is a URL or
 * an object.
 */
export type PerhapsExpanded<T, Paths extends string, Certain extends string> = {
  [K in keyof T]: K extends Head<Paths> & keyof ReferencesOf<T>
    ?
        | Chosen<ReferencesOf<T>[K], Tail<Paths, K>, Tail<Certain, K>>
        | (K extends Head<Certain> ? Extract<T[K], null> : T[K])
    : T[K];
};

type Chosen<T, Paths extends string, Certain extends string> = [Paths] extends [never]
  ? T
  : [Paths] extends [Certain]
    ? Expanded<T, Paths>
    : PerhapsExpanded<T, Paths, Certain>;

/** The paths that each of the lists in a union of lists is known to hold. */
type Sure<Asked extends readonly string[], Path extends string = Asked[number]> = Path extends Path
  ? [Without<Asked, Path>] extends [never]
    ? Path
    : never
  : never;

type Without<Asked, Path extends string> = Asked extends Asked
  ? // A dotted path expands each field that it passes through.
    [Extract<Members<Asked>, Path | `${Path}.${string}`>] extends [never]
    ? Asked
    : never
  : never;

/** The members of a tuple whose value is known; there is none to know of an array of any length. */
type Members<List> = List extends readonly [infer First, ...infer Rest]
  ? Single<First> | Members<Rest>
  : never;

type Single<Path, All = Path> = Path extends Path ? ([All] extends [Path] ? Path : never) : never;

type Whole<T, Paths extends string> = [Paths] extends [never] ? T : Expanded<T, Paths>;

type ReferencesOf<T> = T extends { readonly [references]?: infer R } ? NonNullable<R> : object;

type Head<Path extends string> = Path extends `${infer First}.${string}` ? First : Path;

type Tail<Path extends string, First> = Path extends `${First & string}.${infer Rest}` ? Rest : never;
