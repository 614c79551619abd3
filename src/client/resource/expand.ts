import type { EXPAND } from '../../text/conventions.js';

declare const references: unique symbol;

/**
 * A schema as the client returns it: `Wire` with each reference field (URL or object on the wire) as its URL.
 *
 * A field that can be expanded is always present, as URL or as object, so it isn't optional here; it may be null.
 * `References` says what each becomes when expanded; `Nested` says which other fields hold such models.
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
 * `T` as returned to a call with these `Params`; `Asked` are the paths that they may contain.
 * It is `T` itself if no path is asked for, so that an editor shows its plain name.
 */
export type Inlined<T, Asked extends readonly string[], Params = Asking<Asked>> = Chosen<
  T,
  Asked[number],
  [Params] extends [Asking<readonly string[]>] ? Sure<Asked> : never
>;

/** Parameters that certainly ask for these paths. */
export type Asking<Paths> = { readonly [Name in typeof EXPAND]: Paths };

/**
 * Type of a method's parameters. It makes TypeScript infer the argument's own type as a whole as well. From `expand`
 * alone it couldn't see that an argument such as `full ? { expand: ['evse'] } : {}` may lack it. In a union with
 * `undefined`, as for an optional parameter, TypeScript would infer the members one by one.
 */
export type Given<Params, Own> = [Own] extends [never] ? Own : Params;

/**
 * `T` if only the run time knows which of `Paths` are asked for. A field that is on no path of `Certain` is a URL or an
 * object.
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

/** The paths that every list in a union of lists is known to hold. */
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

/** The members of a tuple that are known. Of an array of unknown length, none is. */
type Members<List> = List extends readonly [infer First, ...infer Rest]
  ? Single<First> | Members<Rest>
  : never;

type Single<Path, All = Path> = Path extends Path ? ([All] extends [Path] ? Path : never) : never;

type Whole<T, Paths extends string> = [Paths] extends [never] ? T : Expanded<T, Paths>;

type ReferencesOf<T> = T extends { readonly [references]?: infer R } ? NonNullable<R> : object;

type Head<Path extends string> = Path extends `${infer First}.${string}` ? First : Path;

type Tail<Path extends string, First> = Path extends `${First & string}.${infer Rest}` ? Rest : never;
