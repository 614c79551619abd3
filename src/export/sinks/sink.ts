/** The items of one parent and one stretch of time, all of them. */
export interface Batch<T = unknown> {
  /** The collection's place in the client, such as `evses.statusLogs`. */
  readonly collection: string;
  /** The values of the collection's path, from the outermost on. */
  readonly parent: readonly string[];
  /** The stretch: the beginning included, the end not, as the API writes times. */
  readonly from: string;
  readonly until: string;
  /** The field with the time of an item. */
  readonly by: string;
  /** In the order of the API. */
  readonly items: readonly T[];
}

/** Where an export goes. */
export interface Sink<T = unknown> {
  /** Called before anything is asked of the API. @throws ConfigurationError where nothing can be written */
  check?(): Promise<void>;
  /**
   * Takes the items of a stretch in the place of those that it has of it. The same stretch may come again, after a kill or
   * with items that came late, and parts of it too: what is written has to be the same however often it comes.
   */
  write(batch: Batch<T>): Promise<void>;
  /** Called at the end. */
  close?(): Promise<void>;
}
