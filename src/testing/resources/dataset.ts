import type { Answer, Call, Resource } from '../world.js';

/** The resources of one collection of the API. */
export interface Table {
  /** Path template of the collection, as in the document: `/evses/{evse_id}/status_logs`. */
  readonly path: string;
  /** The field that items are sorted by and unique in. */
  readonly key: string;
  /** Path template of an item's own `url` where it isn't `<path>/{key}`. */
  readonly url?: string;
  /** All items in any order; for a nested collection those of the parent. Called once for each parent. */
  readonly items: (parent: Resource | undefined) => Resource[];
  /**
   * Query parameters that select items by something else than a field of the same name. Gives undefined for a
   * value that names nothing.
   */
  readonly filters?: Readonly<Record<string, (value: string) => ((item: Resource) => boolean) | undefined>>;
  /** Fields whose value depends on the user in whose context a call is made. */
  readonly personal?: Readonly<Record<string, (value: unknown, userId: string) => unknown>>;
  /** The field with the URL of the user to whom an item belongs; in the context of another user it isn't visible. */
  readonly owner?: string;
  /** Makes a new item of a POST body. Without it the collection can't be added to. */
  readonly create?: (body: Resource, parent: Resource | undefined) => Resource;
}

/** What a fake serves: sample data for a document. */
export interface Dataset {
  readonly tables: readonly Table[];
  /**
   * Operations that aren't reading or writing the items of a table, by method and path template:
   * `POST /evses/{evse_id}/reconnect`. The item that the path is below of exists when they are called.
   */
  readonly answers?: Readonly<Record<string, (call: Call, parent: Resource | undefined) => Answer>>;
  /** The users in whose context calls can be made. */
  readonly users?: {
    /** Path of the table of users. */
    readonly path: string;
    /** Request header that names a user, as id or URL. */
    readonly header: string;
    /** The user who consents at the authorization endpoint. */
    readonly consenting: string;
  };
}

/** Makes a dataset whose URLs begin with `base`. */
export type DatasetSource = (base: string) => Dataset;
