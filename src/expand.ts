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
    ? Inlined<ReferencesOf<T>[K], Tail<Paths, K>> | Extract<T[K], null>
    : T[K];
};

/** `T` itself where no path is asked for, so that an editor shows its plain name. */
export type Inlined<T, Paths extends string> = [Paths] extends [never] ? T : Expanded<T, Paths>;

type ReferencesOf<T> = T extends { readonly [references]?: infer R } ? NonNullable<R> : object;

type Head<Path extends string> = Path extends `${infer First}.${string}` ? First : Path;

type Tail<Path extends string, First> = Path extends `${First & string}.${infer Rest}` ? Rest : never;
