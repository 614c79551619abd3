/** All items of one parent in one stretch of time. */
export interface Batch<T = unknown> {
  /** The collection's place in the client, such as `evses.statusLogs`. */
  readonly collection: string;
  /** The values of the collection's path, from the outermost on. */
  readonly parent: readonly string[];
  /** Beginning of the stretch, inclusive, in the API's time format. */
  readonly from: string;
  /** End of the stretch, exclusive, in the API's time format. */
  readonly until: string;
  /** The field with an item's time. */
  readonly by: string;
  /** In the API's order. */
  readonly items: readonly T[];
}

/** Where an export writes its items. */
export interface Sink<T = unknown> {
  /**
   * Called with the collection's name before any request to the API, and for a plan. It leaves nothing behind.
   *
   * @returns the sink's name, as `open` gives it, if it can tell
   * @throws ConfigurationError if nothing can be written
   */
  check?(collection: string): Promise<string | undefined> | Promise<void>;
  /**
   * Called before the first batch, once we know that the API answers this export.
   *
   * @returns a name that distinguishes this sink from others: an export into another sink doesn't skip what this one
   * has
   */
  open?(collection: string): Promise<string | undefined> | Promise<void>;
  /**
   * Writes the items of a stretch, replacing those that the sink already has of it. The same stretch, or a part of it,
   * may come again, after a kill or with items that came late: the result must be the same however often it comes.
   */
  write(batch: Batch<T>): Promise<void>;
  /** Called at the end of the export. */
  close?(): Promise<void>;
}
